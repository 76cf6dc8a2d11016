"""The head of a Markdown draft: fields that stand outside two `---` lines are read by nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Options, Rule, Severity, Text, check

FIELD_LINE = regex(r"(?P<name>[^\s:#>*|-][^:\n]{0,30}):(?:[ \t]|$)")
FENCE = regex(r"-{2,}[ \t]*")
CLOSED = regex(r"---[ \t]*|\.\.\.[ \t]*")
NAMES = frozenset(
    (
        "tieu de,title,tom tat,sapo,tac gia,author,nguon,source,chuyen muc,category,loai bai,kind,"
        "ngay dang,published_at,nguoi duyet,approved_by,ngay cap nhat,updated_at,het han,"
        "expires_at,anh dai dien,featured_image,tu khoa,tags,phieu dong y,noi dung ai"
    ).split(",")
)
FEWEST_LINES = 2
HEAD = "tiêu đề: Trường tổ chức ngày hội đọc sách\ntác giả: Trần Thị Bình\n"
BODY = "\nNgày hội diễn ra trong không khí vui tươi.\n"
LACKS = {
    "first": ("đầu tiên", "first"),
    "last": ("cuối cùng", "last"),
    "both": ("ở trước và ở sau", "first and last"),
}

UNFENCED = Rule(
    id="field-head-unfenced",
    severity=Severity.ERROR,
    title=Text(vi="Phần đầu bài thiếu dòng ---", en="The front matter lacks a --- line"),
    message=Text(
        vi="Phần đầu bài thiếu dòng --- {lacks}, nên tiêu đề, tác giả … không được đọc",
        en="The front matter lacks its {lacks_en} --- line, so its fields are not read",
    ),
    why=Text(
        vi="Các trường của bài .md phải đứng giữa hai dòng ---; nếu không, chúng bị coi là nội "
        "dung và hiện ra cho bạn đọc.",
        en="Fields of a .md draft stand between two --- lines; else they are text for readers.",
    ),
    fix=Text(
        vi="Thêm một dòng chỉ có ba dấu gạch ngang --- ngay trước trường đầu tiên và một dòng như "
        "thế ngay sau trường cuối cùng.",
        en="Put a line of three hyphens --- right before the first field and right after the last.",
    ),
    examples=Examples(
        bad=(f"---\n{HEAD}{BODY}", f"{HEAD}---\n{BODY}", f"{HEAD}{BODY}"),
        good=(
            f"---\n{HEAD}---\n{BODY}",
            "---\n\nMột đoạn văn sau vạch ngang.\n",
            "Nguồn: Báo Giáo dục và Thời đại\n\nNội dung của bài.\n",
        ),
    ),
)


@check(UNFENCED, subject=Article)
def head_lines(article: Article, _: Options) -> Iterator[Finding]:
    """The head of a draft that lacks one of its two fences, or both."""
    lacks = missing_fence(article)
    if lacks is None:
        return
    vi, en = LACKS[lacks]
    block = next((each for each in article.blocks if each.field == "body"), None)
    if block is None:
        yield UNFENCED.at(article, field="body", lacks=vi, lacks_en=en)
        return
    end = block.text.find("\n")
    yield UNFENCED.at(block, 0, end if end > 0 else len(block.text), lacks=vi, lacks_en=en)


def missing_fence(article: Article) -> str | None:
    """Which `---` line a Markdown draft lacks: first, last or both; None where none."""
    if article.format != "markdown" or not article.source_text:
        return None
    lines = article.source_text.lstrip("\ufeff\r\n\t ").splitlines()
    opened = bool(lines) and FENCE.fullmatch(lines[0]) is not None
    proper = opened and CLOSED.fullmatch(lines[0]) is not None
    rest = lines[1:] if opened else lines
    known = _known_lines(rest)
    if known == 0 or (known < FEWEST_LINES and not opened):
        return None
    closed = any(CLOSED.fullmatch(line) for line in rest)
    if proper:
        return None if closed else "last"
    follows = len(rest) > known and FENCE.fullmatch(rest[known]) is not None
    return "first" if follows else "both"


def _known_lines(lines: list[str]) -> int:
    """How many lines from the first on are `name: value` with the name of a field."""
    count = 0
    for line in lines:
        match = FIELD_LINE.match(line)
        if match is None or _plain(match["name"]) not in NAMES:
            break
        count += 1
    return count


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.strip().lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
