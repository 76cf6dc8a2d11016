"""Blur: a picture must be sharp somewhere at the size at which readers see it.

The steepest edges decide, so a sharp face before a soft background passes. Two limits: an
edge that is soft in every direction (out of focus, enlarged) and edges that are soft in most
directions (the camera or the subject moved).
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Image, Role
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import blur, changed, draft, photo
from qc.media._pixels import pixels_of

BLURRED = Rule(
    id="image-blurred",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh bị mờ", en="Blurred image"),
    message=Text(
        vi="Ảnh mờ: độ nét {sharpness} (cần từ {limit}, đo ở cạnh dài 1280 px)",
        en="The image is blurred: sharpness {sharpness} (at least {limit}, at 1280 px)",
    ),
    why=Text(
        vi="Không chỗ nào trong ảnh rõ nét: máy lấy nét sai, rung tay, hoặc ảnh nhỏ bị phóng to.",
        en="No part is sharp: out of focus, shaken, or enlarged from a small picture.",
    ),
    fix=Text(
        vi="Chọn ảnh khác trong cùng loạt chụp, hoặc xin lại ảnh gốc.",
        en="Choose another shot, or ask for the original.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(changed(blur(2.2))), draft(changed(blur(6)))), good=(draft(photo(1000, 667)),)
    ),
)
SHAKEN = Rule(
    id="image-motion-blurred",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh bị nhòe do rung hoặc chuyển động", en="Image blurred by motion"),
    message=Text(
        vi="Ảnh nhòe theo một hướng: độ nét {sharpness} (cần từ {limit})",
        en="The image is smeared in one direction: sharpness {sharpness} (at least {limit})",
    ),
    why=Text(
        vi="Máy rung hoặc người chuyển động khi chụp thiếu sáng.",
        en="The camera shook or people moved in poor light.",
    ),
    fix=Text(vi="Chọn ảnh khác trong cùng loạt chụp.", en="Choose another shot."),
    basis=("house-image",),
)


class BlurOptions(Options):
    """Limits of sharpness, measured on real photos; see bench/images."""

    blurred: float = Field(0.69, gt=0, le=1, description="All edges: warning below")
    very_blurred: float = Field(0.5, gt=0, le=1, description="All edges: error below")
    motion: float = Field(0.62, gt=0, le=1, description="Middle of eight directions: warning below")
    min_side_px: int = Field(200, ge=32, description="Smaller pictures are not measured")


@check(BLURRED, SHAKEN, subject=Image, options=BlurOptions, requires=("module:cv2",))
def blurred(image: Image, options: BlurOptions) -> Iterator[Finding]:
    """Compare the sharpest edges of a picture with the limits."""
    if image.role in {Role.LOGO, Role.THUMBNAIL}:
        return
    pixels = pixels_of(image)
    if pixels is None or min(pixels.width, pixels.height) < options.min_side_px:
        return
    from qc.media._measures.sharpness import sharpness

    found = sharpness(pixels)
    if found is None:
        return
    if found.overall < options.blurred:
        bad = found.overall < options.very_blurred
        yield BLURRED.at(
            image,
            severity=Severity.ERROR if bad else Severity.WARNING,
            confidence=Confidence.HIGH if bad else Confidence.MEDIUM,
            sharpness=round(found.overall, 2),
            limit=options.very_blurred if bad else options.blurred,
        )
    elif found.median < options.motion:
        yield SHAKEN.at(
            image,
            confidence=Confidence.MEDIUM,
            sharpness=round(found.median, 2),
            limit=options.motion,
        )
