"""Seen before: a picture that the portal has published already, by its archive index.

Silent until a policy names an index; `qc images index` writes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qc.core.article import Image, Role
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.media._pixels import pixels_of

SEEN_BEFORE = Rule(
    id="image-seen-before",
    severity=Severity.INFO,
    title=Text(vi="Ảnh đã đăng trước đây", en="Picture published before"),
    message=Text(
        vi="Ảnh này giống ảnh đã đăng “{other}” (khác {bits}/64 bit, giới hạn {limit})",
        en="The same as the published picture “{other}” ({bits} of 64 bits differ, limit {limit})",
    ),
    why=Text(
        vi="Ảnh cũ đăng lại cho sự kiện mới làm người đọc hiểu sai thời gian, địa điểm.",
        en="An old picture under new news misleads readers about when and where.",
    ),
    fix=Text(
        vi="Dùng ảnh của chính sự kiện, hoặc ghi “Ảnh tư liệu” kèm ngày chụp.",
        en="Use a picture of the event, or mark it as an archive picture with its date.",
    ),
    basis=("house-image",),
)


class SeenBeforeOptions(Options):
    """Where the index lies and how alike pictures may be."""

    archive: str = Field("", description="Index written by `qc images index`; empty: none")
    max_bits: int = Field(6, ge=0, le=6, description="Differing bits of 64 that still mean equal")


@check(SEEN_BEFORE, subject=Image, options=SeenBeforeOptions, requires=("module:cv2",))
def seen_before(image: Image, options: SeenBeforeOptions) -> Iterator[Finding]:
    """Look a picture up in the archive index; the nearest published one is named."""
    if not options.archive or image.role in {Role.LOGO, Role.BANNER}:
        return
    archive = Path(options.archive)
    if not archive.is_file():
        raise Unavailable(
            "there is no archive index",
            where=options.archive,
            remedy="Write it with `qc images index`.",
            vi="không có chỉ mục ảnh đã đăng; hãy tạo bằng lệnh qc images index",
        )
    pixels = pixels_of(image)
    if pixels is None:
        return
    from qc.media.archive import matches

    for match in matches(archive, pixels, options.max_bits)[:1]:
        yield SEEN_BEFORE.at(
            image,
            confidence=Confidence.HIGH if match.bits <= 2 else Confidence.MEDIUM,
            other=match.path,
            bits=match.bits,
            limit=options.max_bits,
        )
