"""Photo dates: a date that cannot be true hints at a wrong clock or an old picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import picture_of

IMPLAUSIBLE = Rule(
    id="image-date-implausible",
    severity=Severity.INFO,
    title=Text(vi="Ngày chụp trong ảnh không hợp lý", en="Implausible date in the image"),
    message=Text(
        vi="Tệp ảnh ghi ngày chụp {taken}: {reason}", en="The file says taken {taken}: {reason_en}"
    ),
    why=Text(
        vi="Ảnh có thể không phải của sự kiện này, hoặc đồng hồ máy ảnh chạy sai.",
        en="The picture may not show this event, or the camera's clock is wrong.",
    ),
    fix=Text(vi="Kiểm tra lại ảnh có đúng của sự kiện không.", en="Make sure it shows this event."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(800, 533, exif={0x8769: {0x9003: "2099:01:05 08:00:00"}})),),
        good=(draft(photo(800, 533, exif={0x8769: {0x9003: "2024:09:05 08:00:00"}})),),
    ),
)
DATE = regex(r"(\d{4})[:\-./](\d{1,2})[:\-./](\d{1,2})")


class PhotoDateOptions(Options):
    """Which dates are believed."""

    first_year: int = Field(1990, description="No camera file is older than this")
    grace_days: int = Field(1, ge=0, description="Days after the article that are let pass")


@check(IMPLAUSIBLE, subject=Article, options=PhotoDateOptions)
def photo_date(article: Article, options: PhotoDateOptions) -> Iterator[Finding]:
    """Compare the date a picture was taken with the calendar and with the article."""
    published = article.fields.published_at
    for image in article.images:
        picture = picture_of(image)
        written = "" if picture is None else picture.metadata.date_original
        match = DATE.match(written)
        if match is None:
            continue
        reason = _reason(match, published.date() if published else None, article.today, options)
        if reason is not None:
            vi, en = reason
            yield IMPLAUSIBLE.at(image, taken=match[0], reason=vi, reason_en=en)


def _reason(
    match: re.Match[str], published: date | None, today: date, options: PhotoDateOptions
) -> tuple[str, str] | None:
    try:
        taken = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return "ngày này không có trong lịch", "there is no such day"
    grace = timedelta(days=options.grace_days)
    if taken > today + grace:
        return "ngày ở tương lai", "it lies in the future"
    reset = (taken.month, taken.day) == (1, 1) and taken.year in {1970, 1980, 2000}
    if taken.year < options.first_year or reset:
        return "đồng hồ máy ảnh chưa đặt", "the camera's clock was not set"
    if published is not None and taken > published + grace:
        return f"sau ngày đăng bài {published}", f"after the article of {published}"
    return None
