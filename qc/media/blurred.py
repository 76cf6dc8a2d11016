"""Blur: a picture must be sharp somewhere at the size at which readers see it.

The sharpest parts decide, so a sharp face before a soft background passes. Three limits: the
steepest edges are soft (out of focus, enlarged), the parts with most detail have no fine detail
(softer than one pixel), and edges are soft in most directions (the camera or the subject moved).
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
        vi="Ảnh mờ: {measure} {value}, giới hạn {limit} (đo ở cạnh dài 1280 px)",
        en="The image is blurred: {measure_en} {value}, limit {limit} (at 1280 px)",
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

EDGES = ("độ nét của các cạnh", "sharpness of the edges")
FINE = ("mức mất chi tiết nhỏ", "loss of fine detail")


class BlurOptions(Options):
    """Limits of sharpness, measured on real photos; see bench/images."""

    blurred: float = Field(0.63, gt=0, le=1, description="All edges: warning below")
    very_blurred: float = Field(0.5, gt=0, le=1, description="All edges: error below")
    softness: float = Field(
        3.1, gt=0, description="Fine detail lost (powers of ten) + 3.5 × reblur: warning above"
    )
    motion: float = Field(0.62, gt=0, le=1, description="Middle of eight directions: warning below")
    min_side_px: int = Field(200, ge=32, description="Smaller pictures are not measured")


@check(BLURRED, SHAKEN, subject=Image, options=BlurOptions, requires=("module:cv2",))
def blurred(image: Image, options: BlurOptions) -> Iterator[Finding]:
    """Compare the sharpest edges and the finest detail of a picture with the limits."""
    if image.role in {Role.LOGO, Role.THUMBNAIL}:
        return
    pixels = pixels_of(image)
    if pixels is None or min(pixels.width, pixels.height) < options.min_side_px:
        return
    from qc.media._measures.detail import detail
    from qc.media._measures.sharpness import sharpness

    edges, fine = sharpness(pixels), detail(pixels)
    if edges is not None and edges.overall < options.blurred:
        bad = edges.overall < options.very_blurred
        limit = options.very_blurred if bad else options.blurred
        yield _blurred(image, EDGES, edges.overall, limit, bad=bad)
    elif fine is not None and fine.softness > options.softness:
        yield _blurred(image, FINE, fine.softness, options.softness)
    elif edges is not None and edges.median < options.motion:
        yield SHAKEN.at(
            image,
            confidence=Confidence.MEDIUM,
            sharpness=round(edges.median, 2),
            limit=options.motion,
        )


def _blurred(
    image: Image, measure: tuple[str, str], value: float, limit: float, *, bad: bool = False
) -> Finding:
    return BLURRED.at(
        image,
        severity=Severity.ERROR if bad else Severity.WARNING,
        confidence=Confidence.HIGH if bad else Confidence.MEDIUM,
        measure=measure[0],
        measure_en=measure[1],
        value=round(value, 2),
        limit=limit,
    )
