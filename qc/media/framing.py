"""Framing: bars around a picture, and pictures of screens where a photo should be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from qc.core.article import Image, Role
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.core.tables import read_table
from qc.media._examples import bars, changed, draft, photo
from qc.media._picture import Picture, picture_of
from qc.media._pixels import Pixels, pixels_of

if TYPE_CHECKING:
    from qc.media._measures.borders import Border

BARS = Rule(
    id="image-bars",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh có dải viền thừa", en="Bars around the image"),
    message=Text(
        vi="Ảnh có dải một màu ở {sides}, chiếm {percent}% (giới hạn {limit}%)",
        en="The image has bars of one colour ({sides_en}), {percent}% (limit {limit}%)",
    ),
    why=Text(
        vi="Dải đen hoặc trắng là dấu của ảnh chụp màn hình hoặc cắt từ video, làm ảnh đại diện "
        "xấu.",
        en="Black or white bars come from screenshots and video frames and spoil previews.",
    ),
    fix=Text(vi="Cắt bỏ dải viền.", en="Crop the bars."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(changed(bars(80))), draft(changed(bars(60, 255)))),
        good=(draft(photo(1000, 667)),),
    ),
)
CUT_SHORT = Rule(
    id="image-partly-gray",
    severity=Severity.ERROR,
    title=Text(vi="Phần dưới của ảnh bị mất", en="Lower part of the image lost"),
    message=Text(
        vi="{percent}% phía dưới ảnh là một màu xám: dữ liệu ảnh bị mất",
        en="The lower {percent}% is one gray: data of the picture is lost",
    ),
    why=Text(
        vi="Tệp bị hỏng khi sao chép; trình duyệt hiện phần mất bằng màu xám.",
        en="The file was damaged in copying; browsers show the lost part in gray.",
    ),
    fix=Text(vi="Sao chép lại ảnh gốc.", en="Copy the original again."),
    basis=("house-image",),
)
SCREENSHOT = Rule(
    id="image-screenshot",
    severity=Severity.INFO,
    title=Text(vi="Ảnh chụp màn hình", en="Screenshot"),
    message=Text(
        vi="Ảnh {width}×{height} px giống ảnh chụp màn hình ({clues})",
        en="The {width}×{height} px image looks like a screenshot ({clues_en})",
    ),
    why=Text(
        vi="Ảnh chụp màn hình hay lộ tên, tin nhắn, thông báo và thường là ảnh của người khác.",
        en="Screenshots show names, messages and notices, and often someone else's picture.",
    ),
    fix=Text(
        vi="Dùng ảnh gốc; nếu cần hướng dẫn thao tác thì cắt bỏ phần thông tin riêng.",
        en="Use the original; for a how-to, crop whatever is private.",
    ),
    basis=("house-image",),
)
SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


class FramingOptions(Options):
    """Limits of bars and screens."""

    bar_share: float = Field(0.03, gt=0, lt=1, description="Depth of one bar against the side")
    straight: float = Field(0.6, gt=0, le=1, description="Share of the straight line behind a bar")
    flatness: float = Field(0.6, gt=0, le=1, description="Equal neighbours: a drawn screen above")


@check(
    *(BARS, CUT_SHORT, SCREENSHOT),
    subject=Image,
    options=FramingOptions,
    requires=("module:cv2",),
)
def framing(image: Image, options: FramingOptions) -> Iterator[Finding]:
    """Look for bars on the sides and for the marks of a screen."""
    picture, pixels = picture_of(image), pixels_of(image)
    if picture is None or pixels is None or image.role in {Role.LOGO, Role.THUMBNAIL}:
        return
    from qc.media._measures.borders import borders

    found = borders(pixels)
    lost = next((bar for bar in found if _lost(bar, picture)), None)
    if lost is not None:
        yield CUT_SHORT.at(image, box=_box(lost, pixels), percent=round(100 * lost.share))
    bars_found = [
        bar
        for bar in found
        if bar is not lost and bar.share > options.bar_share and bar.straight > options.straight
    ]
    if bars_found:
        yield _bars(image, pixels, bars_found, options)
    yield from _screenshot(image, picture, pixels, options)


def _bars(image: Image, pixels: Pixels, found: list[Border], options: FramingOptions) -> Finding:
    deepest = max(found, key=lambda bar: bar.share)
    return BARS.at(
        image,
        box=_box(deepest, pixels),
        sides=", ".join(f"cạnh {SIDES[bar.side]}" for bar in found),
        sides_en=", ".join(bar.side for bar in found),
        percent=round(100 * sum(bar.share for bar in found)),
        limit=round(100 * options.bar_share),
    )


def _lost(bar: Border, picture: Picture) -> bool:
    """A decoder fills what is missing with middle gray, below the last good block."""
    gray = abs(bar.level - 128) <= 1
    return bar.side == "bottom" and gray and bar.share > 0.04 and picture.header.format == "jpeg"


def _box(bar: Border, pixels: Pixels) -> tuple[int, int, int, int]:
    width, height, depth = pixels.width, pixels.height, bar.depth
    return {
        "top": pixels.box(0, 0, width, depth),
        "bottom": pixels.box(0, height - depth, width, depth),
        "left": pixels.box(0, 0, depth, height),
        "right": pixels.box(width - depth, 0, depth, height),
    }[bar.side]


def _screenshot(
    image: Image, picture: Picture, pixels: Pixels, options: FramingOptions
) -> Iterator[Finding]:
    """Two clues of three: the size of a screen, flat areas, a screen's file name."""
    if picture.metadata.exif.camera:
        return
    from qc.media._measures.structure import flatness

    size = (picture.width, picture.height)
    name = image.path.lower()
    clues = [
        text
        for text, there in (
            (("đúng cỡ màn hình", "the size of a screen"), size in _screens()),
            (("mảng phẳng", "flat areas"), flatness(pixels) > options.flatness),
            (
                ("tên tệp", "file name"),
                any(word in name for word in ("screenshot", "screen shot", "ảnh chụp màn hình")),
            ),
        )
        if there
    ]
    if len(clues) >= 2:
        yield SCREENSHOT.at(
            image,
            confidence=Confidence.MEDIUM,
            width=picture.width,
            height=picture.height,
            clues=", ".join(vi for vi, _ in clues),
            clues_en=", ".join(en for _, en in clues),
        )


@cache
def _screens() -> frozenset[tuple[int, int]]:
    """Sizes of screens, both ways round."""
    rows = read_table("media/screens.tsv", ("width", "height", "device"))
    sizes = {(int(width), int(height)) for width, height, _ in rows}
    return frozenset(sizes | {(height, width) for width, height in sizes})
