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


class ExposureOptions(Options):
    """Limits of tone in gray levels (0-255) and shares, measured on real photos."""

    dark_level: int = Field(110, ge=0, le=255, description="99 % of pixels darker: too dark")
    white_share: float = Field(0.05, ge=0, le=1, description="Burnt-out share: too bright above")
    light_mean: int = Field(160, ge=0, le=255, description="… where the mean is above this")
    no_black_level: int = Field(30, ge=0, le=255, description="… and 99 % are brighter than this")
    solid_share: float = Field(0.15, ge=0, le=1, description="… and this much is no thin stroke")
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
    if found.contrast < options.blank_contrast and found.single > 0.6:
        yield BLANK.at(image, percent=_percent(found.single))
    elif found.single > options.blank_share:
        yield BLANK.at(image, percent=_percent(found.single), severity=Severity.WARNING)
    elif found.p99 < options.dark_level:
        yield DARK.at(image, level=round(found.p99), limit=options.dark_level)
    elif found.contrast < options.min_contrast:
        yield FLAT.at(image, contrast=round(found.contrast), limit=options.min_contrast)
    elif _burnt(found, pixels, options):
        yield _bright(image, pixels, found, options)


def _burnt(found: Tone, pixels: Pixels, options: ExposureOptions) -> bool:
    """Burnt-out white and no real black, in a picture that is light all over; no sheet of text."""
    from qc.media._measures.tone import solid

    light = found.mean > options.light_mean and found.white > options.white_share
    return light and found.p1 > options.no_black_level and solid(pixels) > options.solid_share


def _bright(image: Image, pixels: Pixels, found: Tone, options: ExposureOptions) -> Finding:
    return BRIGHT.at(
        image,
        box=_largest_white(pixels),
        confidence=Confidence.MEDIUM,
        percent=_percent(found.white),
        limit=_percent(options.white_share),
    )


def _largest_white(pixels: Pixels) -> tuple[int, int, int, int] | None:
    """The box around the largest burnt area."""
    cv2, np = libraries()
    mask: Any = (pixels.gray >= 250).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return None
    x, y, width, height, _ = stats[1 + int(stats[1:, 4].argmax())]
    return pixels.box(int(x), int(y), int(width), int(height))


def _percent(share: float) -> int:
    return round(100 * share)
