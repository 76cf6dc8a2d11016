"""Enlargement: a picture with many pixels but the detail of a small one.

A photo has detail down to its last pixel; enlarging adds pixels but none of it. What is lost is
added up: of the file itself, of the picture at 1280 px, and of the steepness of its edges. A
slightly defocused photo loses the same detail, and the message says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Image, Role
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import changed, draft, enlarge, photo
from qc.media._pixels import pixels_of

UPSCALED = Rule(
    id="image-upscaled",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh có thể đã bị phóng to", en="Image probably enlarged"),
    message=Text(
        vi="Ảnh {width}×{height} px nhưng thiếu chi tiết mịn (mức hụt {loss}, giới hạn {limit}): "
        "có thể phóng to từ ảnh nhỏ hoặc lấy nét chưa chuẩn",
        en="{width}×{height} px but no fine detail (loss {loss}, limit {limit}): probably "
        "enlarged from a small picture, or slightly out of focus",
    ),
    why=Text(
        vi="Phóng to chỉ thêm điểm ảnh chứ không thêm chi tiết; ảnh nặng hơn mà vẫn mờ.",
        en="Enlarging adds pixels but no detail: a heavier file that still looks soft.",
    ),
    fix=Text(
        vi="Xin lại ảnh gốc, hoặc dùng ảnh nhỏ ban đầu ở đúng kích thước của nó.",
        en="Ask for the original, or use the small picture at its own size.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(changed(enlarge(3))), draft(changed(enlarge(4)))),
        good=(draft(photo(1000, 667)), draft(photo(1000, 667, quality=75))),
    ),
)


class UpscaledOptions(Options):
    """Limits measured on real photos and their enlargements; see bench/images."""

    loss: float = Field(
        3.6,
        gt=0,
        description="Loss of the file (powers of ten) + half of that at 1280 px + 2.5 × "
        "(1 - sharpness of the edges): above",
    )


@check(UPSCALED, subject=Image, options=UpscaledOptions, requires=("module:cv2",))
def upscaled(image: Image, options: UpscaledOptions) -> Iterator[Finding]:
    """Compare the loss of detail with the limit."""
    if image.role in {Role.LOGO, Role.THUMBNAIL}:
        return
    pixels = pixels_of(image)
    if pixels is None:
        return
    from qc.media._measures.detail import detail
    from qc.media._measures.sharpness import sharpness
    from qc.media._measures.structure import detail_loss

    of_file, shown, edges = detail_loss(pixels), detail(pixels), sharpness(pixels)
    if of_file is None or shown is None or edges is None:
        return
    loss = of_file + shown.loss / 2 + 2.5 * (1 - edges.overall)
    if loss > options.loss:
        yield UPSCALED.at(
            image,
            confidence=Confidence.MEDIUM,
            width=round(pixels.width * pixels.scale),
            height=round(pixels.height * pixels.scale),
            loss=round(loss, 2),
            limit=options.loss,
        )
