"""Embedded thumbnails: the small picture inside a file may show what was cut away or covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.media._picture import picture_of
from qc.media._pixels import libraries, pixels_of

DIFFERS = Rule(
    id="privacy-photo-thumbnail-differs",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh nhỏ ẩn trong tệp khác với ảnh", en="Embedded thumbnail differs"),
    message=Text(
        vi="Ảnh nhỏ ẩn trong tệp khác ảnh đăng ({bits}/64 bit, giới hạn {limit})",
        en="The thumbnail inside the file differs from the picture ({bits} of 64, limit {limit})",
    ),
    why=Text(
        vi="Ảnh nhỏ giữ nguyên bản gốc: phần đã cắt hoặc khuôn mặt đã che vẫn xem lại được.",
        en="It keeps the original: what was cropped or covered can still be seen.",
    ),
    fix=Text(vi="Chạy lệnh qc fix để xóa ảnh nhỏ ẩn.", en="Run qc fix to remove it."),
    basis=("56-33", "house-image"),
)


class ThumbnailOptions(Options):
    """How far a thumbnail may differ."""

    max_bits: int = Field(14, ge=0, le=64, description="Differing bits of 64 that are let pass")


@check(DIFFERS, subject=Image, options=ThumbnailOptions, requires=("module:cv2",))
def photo_thumbnail(image: Image, options: ThumbnailOptions) -> Iterator[Finding]:
    """Compare the thumbnail inside the file with the picture, without the bars of either."""
    picture = picture_of(image)
    if picture is None or not picture.metadata.exif.thumbnail:
        return
    pixels = pixels_of(image)
    if pixels is None:
        return
    from qc.media._measures.hashes import contrast_of, difference_hash
    from qc.media._pixels import turn_upright

    cv2, np = libraries()
    raw = np.frombuffer(picture.metadata.exif.thumbnail, np.uint8)
    small = cv2.imdecode(raw, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
    if small is None or min(small.shape) < 24 or contrast_of(pixels.gray) < 6:
        return
    small = _inner(turn_upright(small, picture.orientation), pixels.width / pixels.height)
    bits = (difference_hash(small) ^ difference_hash(pixels.gray)).bit_count()
    if bits > options.max_bits:
        yield DIFFERS.at(image, confidence=Confidence.MEDIUM, bits=bits, limit=options.max_bits)


def _inner(small: Any, ratio: float) -> Any:
    """Cameras pad thumbnails to 4:3 with black: only the part of the picture's shape counts."""
    height, width = small.shape[:2]
    if abs(width / height / ratio - 1) < 0.03:
        return small
    if width / height > ratio:
        wide = max(round(height * ratio), 8)
        left = (width - wide) // 2
        return small[:, left : left + wide]
    high = max(round(width / ratio), 8)
    top = (height - high) // 2
    return small[top : top + high]
