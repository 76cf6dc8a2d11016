"""Aspect: the shape of a picture must suit its place, or the portal crops people's heads.

Only the featured image, banners and logos are held to a shape: they are shown in frames of
a fixed shape on the home page and by social networks. Pictures in the text are free, up to
strips that no screen shows well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.core.article import Image, Role
from qc.core.finding import Finding
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import picture_of

ODD = Rule(
    id="image-aspect-unsuitable",
    severity=Severity.WARNING,
    title=Text(vi="Tỉ lệ ảnh không hợp vị trí", en="Shape of the image does not suit its place"),
    message=Text(
        vi="Ảnh {width}×{height} px có tỉ lệ {ratio}; vị trí này hợp với {wanted}",
        en="The image is {width}×{height} px, ratio {ratio}; this place suits {wanted_en}",
    ),
    why=Text(
        vi="Trang chủ và mạng xã hội cắt ảnh theo khung cố định, có thể cắt mất đầu người hoặc "
        "chữ.",
        en="The home page and social networks crop to a fixed frame and may cut heads or words.",
    ),
    fix=Text(
        vi="Tự cắt ảnh theo tỉ lệ phù hợp, giữ nhân vật chính ở giữa.",
        en="Crop the image yourself to a fitting shape, with the subject in the middle.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(
            draft(photo(900, 1600), attributes='data-role="featured"'),
            draft(photo(1920, 1440), attributes='class="banner"'),
        ),
        good=(
            draft(photo(1280, 720), attributes='data-role="featured"'),
            draft(photo(900, 1600)),
            draft(photo(1920, 480), attributes='class="banner"'),
        ),
    ),
)
EXTREME = Rule(
    id="image-aspect-extreme",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh quá dài hoặc quá dẹt", en="Image far too long or too flat"),
    message=Text(
        vi="Ảnh {width}×{height} px có cạnh dài gấp {times} lần cạnh ngắn (tối đa {limit})",
        en="The long side of {width}×{height} px is {times} times the short one (at most {limit})",
    ),
    why=Text(
        vi="Mạng xã hội bỏ qua ảnh dài quá 3 lần; trên điện thoại không đọc được ảnh dạng dải.",
        en="Social networks ignore images longer than 3:1; on a phone a strip cannot be read.",
    ),
    fix=Text(
        vi="Cắt bớt hoặc tách thành nhiều ảnh; nếu là văn bản thì đưa thành chữ hoặc tệp đính kèm.",
        en="Crop it or split it; give a document as text or as an attachment.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(1600, 400), attributes='data-role="featured"'), draft(photo(500, 3200))),
        good=(draft(photo(1500, 500), attributes='data-role="featured"'), draft(photo(500, 2000))),
    ),
)


class AspectOptions(Options):
    """Shapes by role, as width / height."""

    featured_ratios: tuple[float, ...] = Field(
        (16 / 9, 1.91, 1.6, 3 / 2, 4 / 3, 5 / 4, 1.0, 2.0),
        description="Shapes that suit the frames of home page and social networks",
    )
    tolerance: float = Field(0.03, ge=0, description="Allowed relative error of a shape")
    featured_max: float = Field(3.0, gt=1, description="Featured: long side / short side, error")
    inline_max: float = Field(5.0, gt=1, description="In the text: long / short side, error")
    banner_min: float = Field(2.0, gt=0, description="Banner: smallest width / height")
    logo_max: float = Field(6.0, gt=1, description="Logo: largest long side / short side")


@check(ODD, EXTREME, subject=Image, options=AspectOptions)
def aspect(image: Image, options: AspectOptions) -> Iterator[Finding]:
    """Compare the shape of a picture with what its place needs."""
    picture = picture_of(image)
    if picture is None or not (picture.width and picture.height):
        return
    ratio = picture.width / picture.height
    times = max(ratio, 1 / ratio)
    wanted: dict[str, Any]
    facts: dict[str, Any] = {"width": picture.width, "height": picture.height}
    limit = _limit(image.role, options)
    if limit is not None and times > limit * 1.001:
        yield EXTREME.at(image, times=round(times, 2), limit=limit, **facts)
    elif image.role is Role.BANNER and ratio < options.banner_min:
        least = f"{options.banner_min:g}:1"
        wanted = {"wanted": f"từ {least} trở lên", "wanted_en": f"{least} or wider"}
        yield ODD.at(image, ratio=round(ratio, 2), **wanted, **facts)
    elif image.role is Role.FEATURED and not _fits(ratio, options):
        severity = Severity.INFO if 1 < ratio < 2.1 else Severity.WARNING
        shapes = "16:9, 3:2, 4:3, 1:1"
        wanted = {"wanted": shapes, "wanted_en": shapes}
        yield ODD.at(image, severity=severity, ratio=round(ratio, 2), **wanted, **facts)


def _fits(ratio: float, options: AspectOptions) -> bool:
    return any(abs(ratio / good - 1) <= options.tolerance for good in options.featured_ratios)


def _limit(role: Role, options: AspectOptions) -> float | None:
    limits = {Role.FEATURED: options.featured_max, Role.INLINE: options.inline_max}
    return {**limits, Role.LOGO: options.logo_max}.get(role)
