"""Alternative text: every picture says in words what it shows, not how its file is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from qc.core.article import Image, Role, Video
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check

WHY = Text(
    vi="Người khiếm thị nghe máy đọc lời mô tả; mạng chậm thì bạn đọc thấy lời mô tả thay ảnh.",
    en="Readers who do not see the picture hear its alternative text.",
)
FIX = Text(
    vi="Viết một câu nói ảnh có gì, ví dụ “Học sinh lớp 1A trồng cây trong sân trường”.",
    en="Say in one sentence what the picture shows.",
)
BASIS = ("32-17", "26-pl3")
GOOD = "![Học sinh trồng cây trong sân trường](cay.jpg)\n"
MISSING = Rule(
    id="access-alt-missing",
    title=Text(vi="Ảnh không có lời mô tả", en="Picture without alternative text"),
    message=Text(vi="Ảnh {path} không có lời mô tả (alt)", en="{path} has no alternative text"),
    why=WHY,
    fix=FIX,
    basis=BASIS,
    examples=Examples(bad=('<p>Tin</p><img src="cay.jpg">',), good=(GOOD,)),
)
FILE_NAME = Rule(
    id="access-alt-file-name",
    title=Text(vi="Lời mô tả ảnh là tên tệp", en="Alternative text is a file name"),
    message=Text(
        vi="Lời mô tả “{alt}” chỉ là tên tệp hoặc mã ảnh", en="“{alt}” is only a file name"
    ),
    why=WHY,
    fix=FIX,
    basis=BASIS,
    examples=Examples(
        bad=("![IMG_2034.jpg](IMG_2034.jpg)\n", "![hoi-khoe-phu-dong](hoi-khoe-phu-dong.jpg)\n"),
        good=(GOOD,),
    ),
)
GENERIC = Rule(
    id="access-alt-generic",
    title=Text(vi="Lời mô tả ảnh quá chung", en="Alternative text says nothing"),
    message=Text(
        vi="Lời mô tả “{alt}” không cho biết ảnh có gì", en="“{alt}” does not say what is shown"
    ),
    why=WHY,
    fix=FIX,
    basis=BASIS,
    examples=Examples(bad=("![Hình ảnh](cay.jpg)\n", "![Ảnh 1](cay.jpg)\n"), good=(GOOD,)),
)
LONG = Rule(
    id="access-alt-long",
    severity=Severity.INFO,
    title=Text(vi="Lời mô tả ảnh quá dài", en="Alternative text is long"),
    message=Text(
        vi="Lời mô tả dài {length} ký tự; nên dưới {most}",
        en="It has {length} characters; fewer than {most} are best",
    ),
    why=Text(
        vi="Máy đọc phải đọc hết một hơi; phần dài nên đưa vào chú thích.",
        en="Screen readers read it in one go; details belong in the caption.",
    ),
    fix=Text(vi="Rút gọn còn một câu, đưa chi tiết vào chú thích.", en="Cut it to one sentence."),
    basis=BASIS,
    examples=Examples(
        bad=(f"![{'Học sinh trồng cây trong sân trường ' * 9}](cay.jpg)\n",), good=(GOOD,)
    ),
)
VIDEO = Rule(
    id="access-video-text-missing",
    title=Text(vi="Clip không có phụ đề hay lời tóm tắt", en="Clip without captions or summary"),
    message=Text(
        vi="Clip {path} không có phụ đề, chú thích hay lời tóm tắt",
        en="{path} has no captions and no text",
    ),
    why=Text(
        vi="Người khiếm thính, người xem tắt tiếng không biết clip nói gì.",
        en="Readers who do not hear cannot follow the clip.",
    ),
    fix=Text(
        vi="Thêm phụ đề, hoặc một đoạn chú thích nêu nội dung clip.",
        en="Add captions, or a caption that tells what the clip says.",
    ),
    basis=BASIS,
    examples=Examples(
        bad=('<p>Tin</p><video src="hoi-khoe.mp4"></video>',),
        good=(
            '<p>Tin</p><video src="hoi-khoe.mp4"><track src="hoi-khoe.vtt" kind="captions">'
            "</video>",
        ),
    ),
)
WORDS = (
    "anh|hinh|hinh anh|image|images|img|photo|picture|pic|anh minh hoa|hinh minh hoa|minh hoa|"
    "anh dai dien|anh bia|banner|logo|untitled|khong co tieu de|anh chup|tin tuc"
)
GENERIC_ALT = regex(rf"(?:{WORDS})(?:\s+(?:so\s+)?\d{{1,3}})?")
CAMERA = regex(
    r"(?:IMG|DSC[NF]?|DJI|PXL|MVI|VID|P\d|GOPR|Screenshot|Screen Shot|Capture|zalo|z\d|image|photo"
    r"|received|FB_IMG|viber)[\s_.-]*[\d_.-]{2,}\S*",
    re.IGNORECASE,
)
SUFFIX = regex(r"\S+\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg)", re.IGNORECASE)
UNSEEN = frozenset((Role.LOGO, Role.BANNER, Role.THUMBNAIL))


class AltOptions(Options):
    """How long an alternative text may be."""

    max_length: int = Field(250, ge=50, description="Longest alternative text in characters")


@check(MISSING, FILE_NAME, GENERIC, LONG, subject=Image, options=AltOptions)
def alternative_text(image: Image, options: AltOptions) -> Iterator[Finding]:
    """The alternative text of one picture; an empty one marks a picture as decoration."""
    alt = image.alt
    name = PurePosixPath(image.path).name or image.path
    if alt is None:
        if image.role not in UNSEEN:
            severity = Severity.INFO if image.caption or image.role is Role.FEATURED else None
            yield MISSING.at(image, path=name, severity=severity)
        return
    written = unicodedata.normalize("NFC", alt).strip()
    if not written:
        return
    if _is_file_name(written, name):
        yield FILE_NAME.at(image, alt=written)
    elif GENERIC_ALT.fullmatch(_plain(written)):
        yield GENERIC.at(image, alt=written)
    elif len(written) > options.max_length:
        yield LONG.at(image, length=len(written), most=options.max_length)


@check(VIDEO, subject=Video)
def video_text(video: Video, _: Options) -> Iterator[Finding]:
    """Captions or a caption for one clip."""
    if not video.captions and not (video.caption or "").strip():
        yield VIDEO.at(video, path=PurePosixPath(video.path).name or video.path)


def _is_file_name(alt: str, name: str) -> bool:
    stem = name.rpartition(".")[0] or name
    if SUFFIX.fullmatch(alt) or CAMERA.fullmatch(alt):
        return True
    if " " not in alt and re.search(r"[_-]|\d", alt):
        return _plain(alt) == _plain(stem) or "_" in alt
    return alt == stem and " " not in alt


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(letters.split())
