"""Weight: a page must open quickly on a phone, so a file may not be heavier than it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import picture_of

TOO_HEAVY = Rule(
    id="image-too-heavy",
    severity=Severity.ERROR,
    title=Text(vi="Tệp ảnh quá nặng", en="Image file too heavy"),
    message=Text(
        vi="Tệp ảnh nặng {megabytes} MB; nên dưới {limit_megabytes} MB",
        en="The file has {megabytes} MB; it should have less than {limit_megabytes} MB",
    ),
    why=Text(
        vi="Phụ huynh phần lớn xem bằng điện thoại; ảnh nặng làm trang mở chậm và tốn dữ liệu.",
        en="Most parents read on a phone; heavy images make the page slow and costly.",
    ),
    fix=Text(
        vi="Thu ảnh về cạnh dài khoảng 1500 px, lưu JPEG chất lượng 80-85, hoặc chạy lệnh qc fix.",
        en="Shrink it to about 1500 px and save as JPEG of quality 80-85, or run qc fix.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(1200, 800, format="PNG"), name="anh.png"),),
        good=(draft(photo(900, 600)),),
    ),
)
ANIMATION = Rule(
    id="image-animation-heavy",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh động quá nặng", en="Animation too heavy"),
    message=Text(
        vi="Ảnh động có {frames} khung hình, {megabytes} MB; nên dùng video",
        en="The animation has {frames} frames and {megabytes} MB; use a video",
    ),
    why=Text(
        vi="Ảnh động nặng gấp nhiều lần video cùng nội dung và người đọc không dừng được.",
        en="An animation is many times heavier than the same video and cannot be stopped.",
    ),
    fix=Text(
        vi="Chuyển thành video MP4 hoặc dùng một ảnh tĩnh.",
        en="Make it an MP4 video or use a still image.",
    ),
    basis=("house-image", "32-17"),
)
QUALITY = Rule(
    id="image-quality-low",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh nén quá mạnh", en="Image compressed too strongly"),
    message=Text(
        vi="Ảnh JPEG lưu ở chất lượng {quality}; nên từ {limit} trở lên",
        en="The JPEG was saved at quality {quality}; it should be {limit} or more",
    ),
    why=Text(
        vi="Ảnh nén mạnh bị vỡ thành ô vuông, chữ và khuôn mặt nhòe.",
        en="Strong compression breaks the picture into blocks and blurs faces and words.",
    ),
    fix=Text(
        vi="Lấy lại ảnh gốc và lưu ở chất lượng 80-85.",
        en="Take the original and save it at quality 80-85.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(800, 533, quality=20)), draft(photo(800, 533, quality=45))),
        good=(draft(photo(800, 533, quality=50)),),
    ),
)
WASTEFUL = Rule(
    id="image-quality-wasteful",
    severity=Severity.INFO,
    title=Text(vi="Ảnh lưu ở chất lượng cao quá mức", en="Image saved at needless quality"),
    message=Text(
        vi="Ảnh JPEG chất lượng {quality} nặng {megabytes} MB; chất lượng 85 nhìn không khác",
        en="JPEG quality {quality} makes {megabytes} MB; quality 85 looks the same",
    ),
    why=Text(
        vi="Chất lượng trên 95 làm tệp nặng gấp đôi mà mắt không thấy khác.",
        en="A quality above 95 doubles the size without a visible gain.",
    ),
    fix=Text(vi="Lưu lại ở chất lượng 80-85.", en="Save it at quality 80-85."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(1500, 1000, quality=98)),), good=(draft(photo(1500, 1000, quality=85)),)
    ),
)
MEGABYTE = 1_000_000


class WeightOptions(Options):
    """Limits of file size and compression; all are house rules."""

    warn_megabytes: float = Field(1.0, gt=0, description="Warning above this size")
    error_megabytes: float = Field(5.0, gt=0, description="Error above this size")
    animation_megabytes: float = Field(2.0, gt=0, description="Animations: warning above")
    animation_frames: int = Field(50, ge=2, description="Animations: warning above")
    warn_quality: float = Field(50, ge=1, le=100, description="JPEG quality: warning below")
    error_quality: float = Field(30, ge=1, le=100, description="JPEG quality: error below")
    wasteful_quality: float = Field(95.5, ge=1, le=100, description="JPEG quality: info above")
    wasteful_megabytes: float = Field(0.5, gt=0, description="… where the file is above this")


@check(TOO_HEAVY, ANIMATION, QUALITY, WASTEFUL, subject=Image, options=WeightOptions)
def weight(image: Image, options: WeightOptions) -> Iterator[Finding]:
    """Compare file size, frames and compression with the limits."""
    picture = picture_of(image)
    if picture is None or image.blob is None:
        return
    header = picture.header
    size = image.blob.size_bytes / MEGABYTE
    facts: dict[str, Any] = {"megabytes": round(size, 2)}
    long_or_big = header.frames > options.animation_frames or size > options.animation_megabytes
    if header.frames > 1 and header.format in {"gif", "png", "webp"} and long_or_big:
        yield ANIMATION.at(image, frames=header.frames, **facts)
    elif size > options.warn_megabytes:
        bad = size > options.error_megabytes
        yield TOO_HEAVY.at(
            image,
            severity=Severity.ERROR if bad else Severity.WARNING,
            limit_megabytes=options.error_megabytes if bad else options.warn_megabytes,
            **facts,
        )
    quality = header.quality
    if quality is None:
        return
    if quality < options.warn_quality - 0.25:
        bad = quality < options.error_quality - 0.25
        limit = options.error_quality if bad else options.warn_quality
        severity = Severity.ERROR if bad else Severity.WARNING
        yield QUALITY.at(image, severity=severity, quality=round(quality), limit=limit)
    elif quality > options.wasteful_quality and size > options.wasteful_megabytes:
        yield WASTEFUL.at(image, quality=round(quality), **facts)
