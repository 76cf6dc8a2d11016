"""Structure: links that say where they lead, headings in order, tables with heads, no blinking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.article import Article, Block, BlockKind, Link, Markup
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Options, Rule, Severity, Text, check

BASIS = ("32-17", "26-pl3")
LINK = Rule(
    id="access-link-text-vague",
    title=Text(vi="Chữ của liên kết không nói dẫn đến đâu", en="Link text says nothing"),
    message=Text(
        vi="Liên kết chỉ ghi “{text}”, không cho biết dẫn đến đâu",
        en="The link says only “{text}”",
    ),
    why=Text(
        vi="Người dùng máy đọc màn hình nghe riêng danh sách liên kết: toàn “tại đây”.",
        en="Screen readers list the links alone: “here, here, here”.",
    ),
    fix=Text(
        vi="Đặt liên kết vào cụm từ có nghĩa, ví dụ “mẫu đơn dự tuyển lớp 1”.",
        en="Put the link on words that name its target.",
    ),
    basis=BASIS,
    examples=Examples(
        bad=("Tải mẫu đơn [tại đây](https://truong.edu.vn/mau-don).",),
        good=("Tải [mẫu đơn dự tuyển](https://truong.edu.vn/mau-don).",),
    ),
)
LINK_URL = Rule(
    id="access-link-text-url",
    severity=Severity.INFO,
    title=Text(vi="Chữ của liên kết là một địa chỉ dài", en="Link text is a long address"),
    message=Text(
        vi="Liên kết hiện nguyên địa chỉ dài {length} ký tự", en="An address of {length} characters"
    ),
    why=Text(
        vi="Máy đọc màn hình đọc từng chữ cái của địa chỉ.", en="It is read letter by letter."
    ),
    fix=Text(vi="Đặt liên kết vào tên của trang đích.", en="Put the link on the target's name."),
    basis=BASIS,
    examples=Examples(
        bad=(
            "[https://truong.edu.vn/tin-tuc/2026/09/thong-bao-tuyen-sinh-lop-1-nam-hoc-2026]"
            "(https://truong.edu.vn/tin-tuc/2026/09/thong-bao-tuyen-sinh-lop-1-nam-hoc-2026)",
        ),
        good=("[Thông báo tuyển sinh](https://truong.edu.vn/tin-tuc/2026)",),
    ),
)
HEADINGS = Rule(
    id="access-heading-order",
    severity=Severity.INFO,
    title=Text(vi="Đề mục nhảy cấp", en="Heading level skipped"),
    message=Text(
        vi="Đề mục cấp {level} đứng ngay dưới đề mục cấp {before}",
        en="A level-{level} heading follows one of level {before}",
    ),
    why=Text(
        vi="Người dùng máy đọc màn hình đi theo cấp đề mục; nhảy cấp thì tưởng thiếu mục.",
        en="Screen readers walk by heading levels.",
    ),
    fix=Text(vi="Dùng đề mục cấp kế tiếp.", en="Use the next level."),
    basis=BASIS,
    examples=Examples(
        bad=("# Tin\n\n## Mục một\n\nNội dung.\n\n#### Mục nhỏ\n\nNội dung.\n",),
        good=("# Tin\n\n## Mục một\n\nNội dung.\n\n### Mục nhỏ\n\nNội dung.\n",),
    ),
)
TABLE = Rule(
    id="access-table-header-missing",
    severity=Severity.INFO,
    title=Text(vi="Bảng không có hàng tiêu đề", en="Table without header cells"),
    message=Text(
        vi="Bảng {rows} hàng, {columns} cột không có ô tiêu đề",
        en="A table of {rows} rows and {columns} columns has no header cells",
    ),
    why=Text(
        vi="Máy đọc màn hình cần ô tiêu đề để nói mỗi số thuộc cột nào.",
        en="Screen readers need header cells to name each column.",
    ),
    fix=Text(
        vi="Đánh dấu hàng đầu là hàng tiêu đề (thẻ th).", en="Mark the first row as header cells."
    ),
    basis=BASIS,
    examples=Examples(
        bad=(
            "<p>Tin</p><table><tr><td>Lớp</td><td>Sĩ số</td></tr><tr><td>1A</td><td>32</td></tr>"
            "<tr><td>1B</td><td>33</td></tr></table>",
        ),
        good=(
            "<p>Tin</p><table><tr><th>Lớp</th><th>Sĩ số</th></tr><tr><td>1A</td><td>32</td></tr>"
            "<tr><td>1B</td><td>33</td></tr></table>",
        ),
    ),
)
MOVING = Rule(
    id="access-moving-text",
    title=Text(vi="Chữ chạy hoặc nhấp nháy", en="Moving or blinking text"),
    message=Text(vi="Bài dùng chữ chạy hoặc nhấp nháy ({tag})", en="Moving text ({tag})"),
    why=Text(
        vi="Chữ chuyển động khó đọc, gây khó chịu và có thể nguy hiểm cho người động kinh.",
        en="Moving text is hard to read and may harm readers with epilepsy.",
    ),
    fix=Text(vi="Bỏ hiệu ứng, để chữ đứng yên.", en="Remove the effect."),
    basis=BASIS,
    examples=Examples(
        bad=("<p><marquee>Chào mừng năm học mới</marquee></p>",),
        good=("<p>Chào mừng năm học mới</p>", "<p>Thẻ &lt;marquee&gt; đã lỗi thời.</p>"),
    ),
)
LANGUAGE = Rule(
    id="access-language-missing",
    severity=Severity.INFO,
    title=Text(vi="Trang không ghi ngôn ngữ", en="Page without its language"),
    message=Text(vi='Thẻ html không có lang="vi"', en="The html element has no lang"),
    why=Text(
        vi="Không biết ngôn ngữ, máy đọc màn hình đọc tiếng Việt bằng giọng tiếng Anh.",
        en="Screen readers would read Vietnamese with an English voice.",
    ),
    fix=Text(vi='Viết <html lang="vi">.', en='Write <html lang="vi">.'),
    basis=("37-9.6", "26-pl3"),
    examples=Examples(
        bad=("<html><body><p>Tin của trường</p></body></html>",),
        good=('<html lang="vi"><body><p>Tin của trường</p></body></html>',),
    ),
)
VAGUE = (
    frozenset(("tai day", "o day", "day", "vao day", "xem them", "xem", "xem tiep", "xem chi tiet"))
    | frozenset(
        ("chi tiet", "doc them", "doc tiep", "bam vao day", "nhan vao day", "click", "click here")
    )
    | frozenset(
        ("here", "link", "more", "read more", "tai ve tai day", "xem tai day", "tai xuong day")
    )
)
MOVES = regex(r"<\s*(marquee|blink)\b|text-decoration\s*:\s*(blink)", re.IGNORECASE)
HTML_TAG = regex(r"<html\b([^>]*)>", re.IGNORECASE)
LONG_URL = 50


@check(LINK, LINK_URL, subject=Link)
def link_text(link: Link, _: Options) -> Iterator[Finding]:
    """The words of one link."""
    text = unicodedata.normalize("NFC", link.text).strip()
    if _plain(text) in VAGUE and not link.attributes.get("aria-label"):
        yield LINK.at(link, text=text)
    elif len(text) > LONG_URL and re.fullmatch(r"https?://\S+", text):
        yield LINK_URL.at(link, length=len(text))


@check(MOVING, subject=Markup)
def moving_text(markup: Markup, _: Options) -> Iterator[Finding]:
    """marquee, blink and blinking by style."""
    for match in MOVES.finditer(markup.text):
        tag = (match[1] or match[2]).lower()
        yield MOVING.at(markup, match.start(), match.end(), tag=tag)


@check(HEADINGS, TABLE, LANGUAGE, subject=Article)
def structure(article: Article, _: Options) -> Iterator[Finding]:
    """Headings, tables and language of the whole article."""
    yield from _headings(article)
    if article.format in ("html", "json"):
        yield from _tables(article)
        page = HTML_TAG.search(article.source_text or "")
        if page and not re.search(r"\blang\s*=\s*[\"']?\w", page[1], re.IGNORECASE):
            yield LANGUAGE.at(article, field="language")


def _headings(article: Article) -> Iterator[Finding]:
    before = 0
    for block in article.blocks:
        if block.kind is not BlockKind.HEADING or block.level is None or block.hidden:
            continue
        if before and block.level > before + 1:
            yield HEADINGS.at(block, level=block.level, before=before)
        before = block.level


def _tables(article: Article) -> Iterator[Finding]:
    tables: dict[int, list[Block]] = {}
    for block in article.blocks:
        if block.kind is BlockKind.CELL and block.table is not None:
            tables.setdefault(block.table, []).append(block)
    for cells in tables.values():
        rows = len({cell.row for cell in cells})
        columns = len({cell.col for cell in cells})
        if rows > 2 and columns > 1 and not any(cell.header for cell in cells):
            yield TABLE.at(cells[0], rows=rows, columns=columns)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(letters.split())
