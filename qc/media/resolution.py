"""Resolution: a picture must have enough pixels for its place on the portal.

The limits depend on what the picture is for. Size is read from the header, so a drawing
(SVG) is never too small, and a picture that cannot be read is reported elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.core.article import Image, Role
from qc.core.finding import Finding
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import Picture, picture_of

TOO_SMALL = Rule(
    id="image-too-small",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh quá nhỏ so với vị trí hiển thị", en="Image too small for its place"),
    message=Text(
        vi="Ảnh {width}×{height} px; vị trí này cần {side} tối thiểu {limit_px} px ({source})",
        en="The image is {width}×{height} px; here the {side_en} must be {limit_px} px ({source})",
    ),
    why=Text(
        vi="Cổng thông tin sẽ kéo giãn ảnh nhỏ, ảnh bị mờ và vỡ hạt; mạng xã hội không hiện ảnh "
        "đại diện nhỏ.",
        en="The portal stretches a small image, which looks soft; social networks drop small "
        "previews.",
    ),
    fix=Text(
        vi="Xin lại ảnh gốc của người chụp hoặc chọn ảnh khác lớn hơn; không phóng to ảnh nhỏ.",
        en="Ask the photographer for the original or choose a larger one; do not enlarge it.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(
            draft(photo(300, 200)),
            draft(photo(700, 394), attributes='data-role="featured"'),
            draft(photo(90, 90), attributes='class="logo"'),
        ),
        good=(
            draft(photo(460, 307)),
            draft(photo(1200, 675), attributes='data-role="featured"'),
            draft(photo(40, 40), attributes='class="thumb"'),
        ),
    ),
)
STRETCHED = Rule(
    id="image-stretched-in-page",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh bị phóng to trong trang", en="Image stretched in the page"),
    message=Text(
        vi="Ảnh rộng {width} px nhưng được hiển thị rộng {shown_px} px",
        en="The image is {width} px wide but shown {shown_px} px wide",
    ),
    why=Text(
        vi="Trình duyệt phóng to ảnh lên, người đọc thấy ảnh mờ.",
        en="The browser enlarges the image and readers see it blurred.",
    ),
    fix=Text(
        vi="Giảm chiều rộng hiển thị hoặc thay bằng ảnh lớn hơn.",
        en="Show it narrower or use a larger image.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(480, 320), attributes='width="900"'),),
        good=(draft(photo(480, 320), attributes='width="480"'),),
    ),
)
DISTORTED = Rule(
    id="image-distorted-in-page",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh bị méo tỉ lệ trong trang", en="Image distorted in the page"),
    message=Text(
        vi="Ảnh {width}×{height} px bị ép thành {shown_px}×{shown_height_px} px, lệch tỉ lệ "
        "{percent}%",
        en="{width}×{height} px is squeezed into {shown_px}×{shown_height_px} px, {percent}% off",
    ),
    why=Text(
        vi="Chiều rộng và chiều cao khai trong bài không đúng tỉ lệ của ảnh nên người và vật bị "
        "méo.",
        en="The declared width and height do not fit the image, so people and things look "
        "squeezed.",
    ),
    fix=Text(
        vi="Chỉ khai chiều rộng, để trình duyệt tự tính chiều cao.",
        en="Declare the width only and let the browser work out the height.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(480, 320), attributes='width="480" height="480"'),),
        good=(draft(photo(480, 320), attributes='width="240" height="160"'),),
    ),
)
OVERSIZED = Rule(
    id="image-larger-than-cms-limit",
    severity=Severity.INFO,
    title=Text(vi="Ảnh lớn hơn mức hệ quản trị giữ lại", en="Image larger than the CMS keeps"),
    message=Text(
        vi="Ảnh {width}×{height} px; hệ quản trị sẽ tự thu về tối đa {limit_px} px mỗi cạnh",
        en="The image is {width}×{height} px; the CMS shrinks it to {limit_px} px a side",
    ),
    why=Text(
        vi="Khi tự thu nhỏ, NukeViet xóa thông tin tác giả, bản quyền ghi trong ảnh.",
        en="When NukeViet shrinks an image it drops the author and copyright fields inside it.",
    ),
    fix=Text(
        vi="Chạy lệnh qc fix để có bản nhỏ hơn mà vẫn giữ thông tin bản quyền.",
        en="Run qc fix to get a smaller copy that keeps the rights fields.",
    ),
    basis=("house-image",),
    examples=Examples(bad=(draft(photo(1600, 1000)),), good=(draft(photo(1500, 1000)),)),
)


HOUSE = "quy ước của cổng"


class ResolutionOptions(Options):
    """Smallest sizes by role. Sources: NukeViet 4.5 shows 460 px and keeps 1500 px; Google
    Discover asks for 1200 px; the others are house rules."""

    featured_min_width_px: int = Field(800, ge=1, description="Featured image: error below")
    featured_good_width_px: int = Field(1200, ge=1, description="Featured image: warning below")
    inline_min_width_px: int = Field(320, ge=1, description="Image in the text: error below")
    inline_good_width_px: int = Field(460, ge=1, description="Image in the text: warning below")
    banner_min_width_px: int = Field(1200, ge=1, description="Banner: error below")
    banner_good_width_px: int = Field(1920, ge=1, description="Banner: warning below")
    logo_min_side_px: int = Field(112, ge=1, description="Logo: error below, shorter side")
    stretch_tolerance: float = Field(1.05, ge=1, description="Shown width / own width allowed")
    distortion_percent: float = Field(4.0, ge=0, description="Allowed error of the shape")
    cms_max_side_px: int = Field(1500, ge=1, description="Longest side that the CMS keeps")


@check(TOO_SMALL, STRETCHED, DISTORTED, OVERSIZED, subject=Image, options=ResolutionOptions)
def resolution(image: Image, options: ResolutionOptions) -> Iterator[Finding]:
    """Compare the size of a picture with what its place needs."""
    picture = picture_of(image)
    if picture is None or picture.header.vector:
        return
    size: dict[str, Any] = {"width": picture.width, "height": picture.height}
    yield from _too_small(image, picture, options)
    shown, shown_height = image.display_width_px, image.display_height_px
    if shown and shown > picture.width * options.stretch_tolerance:
        yield STRETCHED.at(image, shown_px=shown, **size)
    if shown and shown_height and min(shown, shown_height) >= 16:
        ratio = (shown / shown_height) / (picture.width / picture.height)
        percent = round(100 * (max(ratio, 1 / ratio) - 1), 1)
        if percent > options.distortion_percent:
            yield DISTORTED.at(
                image, shown_px=shown, shown_height_px=shown_height, percent=percent, **size
            )
    if max(picture.width, picture.height) > options.cms_max_side_px:
        yield OVERSIZED.at(image, limit_px=options.cms_max_side_px, **size)


def _too_small(image: Image, picture: Picture, options: ResolutionOptions) -> Iterator[Finding]:
    side, side_en, value = "chiều rộng", "width", picture.width
    good_source = HOUSE
    if image.role is Role.FEATURED:
        limit, good = options.featured_min_width_px, options.featured_good_width_px
        good_source = "Google Discover"
    elif image.role is Role.INLINE:
        limit, good = options.inline_min_width_px, options.inline_good_width_px
        good_source = "NukeViet 4.5"
    elif image.role is Role.BANNER:
        limit, good = options.banner_min_width_px, options.banner_good_width_px
    elif image.role is Role.LOGO:
        limit = good = options.logo_min_side_px
        side, side_en = "cạnh ngắn", "shorter side"
        value = min(picture.width, picture.height)
        good_source = "Google"
    else:
        return
    if value >= good:
        return
    bad = value < limit
    yield TOO_SMALL.at(
        image,
        severity=Severity.ERROR if bad else Severity.WARNING,
        width=picture.width,
        height=picture.height,
        side=side,
        side_en=side_en,
        limit_px=limit if bad else good,
        source=good_source if not bad or limit == good else HOUSE,
    )
