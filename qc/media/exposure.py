"""Exposure: a picture too dark, burnt out, without contrast, or empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qc.core.article import Image, Role
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import changed, draft, photo, tone
from qc.media._pixels import Pixels, libraries, pixels_of

if TYPE_CHECKING:
    from qc.media._measures.tone import Tone

DARK = Rule(
    id="image-too-dark",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh quá tối", en="Image too dark"),
    message=Text(
        vi="99% điểm ảnh tối hơn mức {level} trên 255 (giới hạn {limit})",
        en="99% of the pixels are darker than {level} of 255 (limit {limit})",
    ),
    why=Text(
        vi="Người xem không nhận ra mặt người, nhất là trên điện thoại ngoài trời.",
        en="Faces cannot be made out, least of all on a phone outdoors.",
    ),
    fix=Text(
        vi="Tăng sáng ảnh hoặc chọn ảnh khác.", en="Brighten the picture or choose another one."
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(changed(tone(0.25))),), good=(draft(photo(1000, 667)), draft(changed(tone(0.6))))
    ),
)
BRIGHT = Rule(
    id="image-too-bright",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh cháy sáng", en="Image burnt out"),
    message=Text(
        vi="{percent}% diện tích ảnh cháy trắng, mất chi tiết (giới hạn {limit}%)",
        en="{percent}% of the picture is burnt to white (limit {limit}%)",
    ),
    why=Text(
        vi="Vùng cháy trắng không còn chi tiết và không cứu được bằng chỉnh sửa.",
        en="Burnt areas hold no detail and cannot be repaired.",
    ),
    fix=Text(
        vi="Chọn ảnh khác, chụp thuận sáng.", en="Choose another shot, with the light behind."
    ),
    basis=("house-image",),
    examples=Examples(bad=(draft(changed(tone(2.4, 60))),), good=(draft(photo(1000, 667)),)),
)
FLAT = Rule(
    id="image-low-contrast",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh nhạt, thiếu tương phản", en="Image without contrast"),
    message=Text(
        vi="Ảnh chỉ dùng {contrast} trên 255 mức sáng (cần từ {limit})",
        en="The picture uses only {contrast} of 255 levels (at least {limit})",
    ),
    why=Text(
        vi="Ảnh như phủ sương, khó nhìn chi tiết.", en="It looks hazy and details are hard to see."
    ),
    fix=Text(vi="Tăng tương phản hoặc chọn ảnh khác.", en="Raise the contrast or choose another."),
    basis=("house-image",),
    examples=Examples(bad=(draft(changed(tone(0.12, 110))),), good=(draft(photo(1000, 667)),)),
)
BLANK = Rule(
    id="image-blank",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh trống", en="Empty image"),
    message=Text(
        vi="Ảnh gần như một màu: {percent}% điểm ảnh cùng một mức sáng",
        en="The picture is nearly one colour: {percent}% of its pixels share one level",
    ),
    why=Text(
        vi="Ảnh không có nội dung: chụp nhầm, xuất lỗi hoặc trang quét trắng.",
        en="It shows nothing: a slip, a failed export, or an empty scan.",
    ),
    fix=Text(vi="Bỏ ảnh hoặc thay ảnh đúng.", en="Remove it or put the right one."),
    basis=("house-image",),
    examples=Examples(bad=(draft(changed(tone(0, 200))),), good=(draft(photo(1000, 667)),)),
)

WHITE = 250


class ExposureOptions(Options):
    """Limits of tone in gray levels (0-255) and shares, measured on real photos."""

    dark_level: int = Field(110, ge=0, le=255, description="99 % of pixels darker: too dark")
    white_share: float = Field(0.045, ge=0, le=1, description="Burnt-out share: too bright above")
    light_mean: int = Field(160, ge=0, le=255, description="… where the mean is above this")
    large_white_share: float = Field(0.21, ge=0, le=1, description="… or above this, at any mean")
    pile_share: float = Field(0.3, ge=0, le=1, description="… or this share at one light level")
    pile_level: int = Field(215, ge=0, le=255, description="… which is above this")
    no_black_level: int = Field(36, ge=0, le=255, description="… and 99 % are brighter than this")
    solid_share: float = Field(0.15, ge=0, le=1, description="… and this much is no thin stroke")
    pale_solid_share: float = Field(0.05, ge=0, le=1, description="… or this much without any ink")
    ink_level: int = Field(120, ge=0, le=255, description="Ink: a twentieth of the rest is darker")
    ink_steps: int = Field(
        60, ge=0, le=255, description="So far below the paper is ink: a sheet is not empty or hazy"
    )
    min_contrast: int = Field(50, ge=0, le=255, description="Levels between p1 and p99, at least")
    blank_contrast: int = Field(
        8, ge=0, le=255, description="Levels between p1 and p99: empty below"
    )
    blank_share: float = Field(0.995, ge=0, le=1, description="Share of one level: empty above")


@check(DARK, BRIGHT, FLAT, BLANK, subject=Image, options=ExposureOptions, requires=("module:cv2",))
def exposure(image: Image, options: ExposureOptions) -> Iterator[Finding]:
    """Compare the tone of a picture with the limits; the worst thing is said, once."""
    if image.role in {Role.LOGO, Role.THUMBNAIL}:
        return
    pixels = pixels_of(image)
    if pixels is None:
        return
    from qc.media._measures.tone import tone

    found = tone(pixels)
    written = found.common - found.ink > options.ink_steps
    if found.contrast < options.blank_contrast and found.single > 0.6 and not written:
        yield BLANK.at(image, percent=_percent(found.single))
    elif found.single > options.blank_share:
        yield BLANK.at(image, percent=_percent(found.single), severity=Severity.WARNING)
    elif found.p99 < options.dark_level:
        yield DARK.at(image, level=round(found.p99), limit=options.dark_level)
    elif (bright := _bright(image, pixels, found, options)) is not None:
        yield bright
    elif found.contrast < options.min_contrast and not written:
        yield FLAT.at(image, contrast=round(found.contrast), limit=options.min_contrast)


def _bright(image: Image, pixels: Pixels, found: Tone, options: ExposureOptions) -> Finding | None:
    burnt = _burnt(found, options)
    if burnt is None:
        return None
    share, level, limit = burnt
    if not _shows_something(found, pixels, level, options):
        return None
    return BRIGHT.at(
        image,
        box=_largest_above(pixels, level),
        confidence=Confidence.MEDIUM,
        percent=_percent(share),
        limit=_percent(limit),
    )


def _burnt(found: Tone, options: ExposureOptions) -> tuple[float, int, float] | None:
    """Burnt-out share, the level from which it counts, and its limit; None where not burnt out.

    White burns out in gray; where one colour burns out, a large part has one light level.
    """
    if found.p1 <= options.no_black_level:
        return None
    if found.white > options.white_share and found.mean > options.light_mean:
        return found.white, WHITE, options.white_share
    if found.white > options.large_white_share:
        return found.white, WHITE, options.large_white_share
    if found.single > options.pile_share and found.common > options.pile_level:
        return found.single, found.common - 6, options.pile_share
    return None


def _shows_something(found: Tone, pixels: Pixels, level: int, options: ExposureOptions) -> bool:
    """Whether what is not burnt out is more than the words of a sheet."""
    from qc.media._measures.tone import solid

    share = solid(pixels, level)
    pale = found.ink > options.ink_level and share > options.pale_solid_share
    return pale or share > options.solid_share


def _largest_above(pixels: Pixels, level: int) -> tuple[int, int, int, int] | None:
    """The box around the largest burnt area."""
    cv2, np = libraries()
    mask: Any = (pixels.gray >= level).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return None
    x, y, width, height, _ = stats[1 + int(stats[1:, 4].argmax())]
    return pixels.box(int(x), int(y), int(width), int(height))


def _percent(share: float) -> int:
    return round(100 * share)
