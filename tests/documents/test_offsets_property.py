"""Offsets of every format: what a finding reports stands there, in the text and in the file."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qc.core.article import Article, Block
from qc.core.location import TextLocation, locate
from qc.core.rule import Rule, Text
from qc.documents._ooxml.wordfile import WordFile
from qc.documents.load import Source, load

from .office_files import docx, odf_paragraph, odt, paragraph, run

ANY = Text(vi="x", en="x")
RULE = Rule(id="test-any", title=ANY, message=ANY, why=ANY, fix=ANY)
WORDS = [
    "Trường", "học", "ngày", "hội", "đọc", "sách", "“vui”", "5.000", "a&b", "x<y", "Ðà", "😀",
    "thuỷ",
    "ngh\u200bỉ", "12/QĐ-UBND", "e\u0301", "Nguyễn", "&amp;", "\u00a0", "–", "100%", "\\n",
    '"', "'",
]  # fmt: skip
words = st.sampled_from(WORDS)
forms = st.sampled_from(["NFC", "NFD"])


@st.composite
def paragraphs(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs as lists of words, each in its own Unicode form."""
    return draw(
        st.lists(
            st.lists(st.builds(unicodedata.normalize, forms, words), min_size=1, max_size=8),
            min_size=1,
            max_size=5,
        )
    )


def entity(text: str) -> str:
    return html.escape(text, quote=False)


def numeric(text: str) -> str:
    return "".join(f"&#{ord(c)};" if ord(c) > 0x7F or c in "&<>" else c for c in text)


WRAPPERS: list[Callable[[str], str]] = [
    lambda t: t,
    lambda t: f"<b>{t}</b>",
    lambda t: f"<b><i>{t}</i></b>",
    lambda t: f'<a href="http://a.vn/?x=1&amp;y=2">{t}</a>',
    lambda t: f'<span style="color:red">{t}</span>',
    lambda t: f"<!-- ghi chú -->{t}",
]


@st.composite
def html_sources(draw: st.DrawFn) -> str:
    """A page with inline elements, entities, tables, lists, uneven white space."""
    parts = []
    for line in draw(paragraphs()):
        inner = draw(st.sampled_from([" ", "\n  ", " <br> "])).join(
            draw(st.sampled_from(WRAPPERS))(draw(st.sampled_from([entity, numeric]))(word))
            for word in line
        )
        shape = draw(
            st.sampled_from(
                ["<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</ul>", "<table><tr><td>{}<td>b</table>",
                 "<div>{}", "<p hidden>{}</p>", '<img src="a.png" alt="hình">{}', "<pre>{}</pre>"]
            )
        )  # fmt: skip
        parts.append(shape.format(inner))
    return "\n".join(parts)


@st.composite
def markdown_sources(draw: st.DrawFn) -> str:
    shapes = ["{}", "## {}", "- {}", "> {}", "| {} | b |\n|---|---|\n| c | d |", "**đậm** {} *a*",
              "[liên kết](http://a.vn) {}", "<div>{}</div>", "![mô tả](a.png) {}"]  # fmt: skip
    lines = [
        draw(st.sampled_from(shapes)).format(" ".join(w.replace("|", "") for w in line))
        for line in draw(paragraphs())
    ]
    head = draw(
        st.sampled_from(["", '---\ntiêu đề: "Hội khỏe"\ntác giả: Lan\n---\n\n', "# Tên\n\n"])
    )
    return head + "\n\n".join(lines) + "\n"


def read(text: str | bytes, name: str) -> Article:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return load(Source(name, data=data), date(2026, 1, 2))


def decodings(written: str) -> set[str]:
    """What a stretch of a file can stand for."""
    found = {written, html.unescape(written)}
    try:
        decoded = json.loads(f'"{written}"')
    except json.JSONDecodeError:
        return found
    return found | {decoded, html.unescape(decoded)}


def check_blocks(article: Article) -> None:
    source = article.source_text
    for block in article.blocks:
        assert article.text(block.field)[block.start : block.end] == block.text
        if source is None:
            continue
        assert block.offsets is not None
        for at, character in enumerate(block.text):
            span = block.offsets.source(at, at + 1)
            if span is None:  # a space put between the words of two elements
                assert character == " "
                continue
            written = source[slice(*span)]
            plain = character in decodings(written) or written.startswith("\\")
            space = character in " \n" and (not written.strip(" \t\r\n\\n") or "<br" in written)
            assert plain or space, (character, written)


def check_location(article: Article, data: st.DataObject) -> None:
    if not article.blocks:
        return
    block = data.draw(st.sampled_from(article.blocks))
    start = data.draw(st.integers(0, len(block.text)))
    end = data.draw(st.integers(start, len(block.text)))
    place = locate(RULE.at(block, start, end), article)
    assert isinstance(place, TextLocation)
    assert place.start is not None
    assert (
        article.text(block.field)[place.start : place.end] == place.excerpt == block.text[start:end]
    )
    if place.source_start is not None and article.source_text is not None:
        lines = article.source_text[: place.source_start].replace("\r\n", "\n").split("\n")
        assert (place.line, place.column) == (len(lines), len(lines[-1]) + 1)


COMMON = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@COMMON
@given(html_sources(), st.data())
def test_html(source: str, data: st.DataObject) -> None:
    article = read(source, "bai.html")
    check_blocks(article)
    check_location(article, data)


@COMMON
@given(markdown_sources(), st.data())
def test_markdown(source: str, data: st.DataObject) -> None:
    article = read(source, "bai.md")
    check_blocks(article)
    check_location(article, data)


@COMMON
@given(paragraphs(), st.sampled_from(["\n\n", "\r\n\r\n", "\n", "\n \n\n"]), st.data())
def test_text(lines: list[list[str]], gap: str, data: st.DataObject) -> None:
    source = gap.join(" ".join(line) for line in lines)
    if source.strip():
        article = read(source, "bai.txt")
        check_blocks(article)
        assert article.text("body") == source
        check_location(article, data)


@COMMON
@given(html_sources(), st.booleans(), st.data())
def test_json(body: str, ascii_only: bool, data: st.DataObject) -> None:
    fields = {"title": 'Ngày "hội"', "author": "Lê\tLan", "body": body, "body_format": "html"}
    article = read(json.dumps(fields, ensure_ascii=ascii_only), "bai.json")
    check_blocks(article)
    check_location(article, data)
    plain = read(body, "bai.html")
    inside = [block.text for block in article.blocks if block.field == "body"]
    assert inside == [block.text for block in plain.blocks if block.field == "body"]


@st.composite
def docx_files(draw: st.DrawFn) -> tuple[bytes, list[list[str]]]:
    lines = draw(paragraphs())
    properties = st.sampled_from(["", "<w:b/>", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'])
    parts = []
    for line in lines:
        runs = [run(word, draw(properties)) for word in line]
        inner = paragraph("<w:proofErr/>".join(runs))
        table = draw(st.booleans())
        parts.append(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>" if table else inner)
    return docx("".join(parts)), lines


@COMMON
@given(docx_files(), st.data())
def test_docx(made: tuple[bytes, list[list[str]]], data: st.DataObject) -> None:
    source, lines = made
    article = read(source, "bai.docx")
    check_blocks(article)
    expected = [text for line in lines if (text := "".join(line).strip())]
    assert sorted(block.text.strip() for block in article.blocks) == sorted(expected)
    if not article.blocks:
        return
    check_location(article, data)
    block = data.draw(st.sampled_from(article.blocks))
    start = data.draw(st.integers(0, len(block.text)))
    end = data.draw(st.integers(start, len(block.text)))
    if block.field == "body":  # the title is a line without the space around it
        check_runs(source, block, start, end)


def check_runs(source: bytes, block: Block, start: int, end: int) -> None:
    """The runs found for a span hold exactly its text."""
    found = WordFile(source).find(block.place)
    assert found is not None
    pieces = [piece.element.text[low:high] for piece, low, high in found.span(start, end)]
    assert "".join(pieces) == block.text[start:end]


@COMMON
@given(paragraphs(), st.data())
def test_odt(lines: list[list[str]], data: st.DataObject) -> None:
    body = "".join(
        odf_paragraph("".join(f"<text:span>{entity(word)} </text:span>" for word in line))
        for line in lines
    )
    article = read(odt(body), "bai.odt")
    check_blocks(article)
    expected = [" ".join(line) for line in lines if " ".join(line).strip()]
    found = [block.text for block in article.blocks if block.field == "body"]
    assert [text.replace(" ", "") for text in found] == [text.replace(" ", "") for text in expected]
    check_location(article, data)


LINE = "Trường tổ chức ngày hội đọc sách cho học sinh, “vui” lắm & bổ ích. "
SIZE = 5 * 1024 * 1024


def large(name: str) -> str | bytes:
    count = SIZE // (len(LINE.encode()) * 10)
    if name.endswith(".html"):
        return "".join(
            f"<p>{entity(LINE) * 5}<b>{entity(LINE)}</b>{entity(LINE) * 4}</p>\n"
            for _ in range(count)
        )
    if name.endswith(".json"):
        return json.dumps({"title": "T", "body": large("a.html")}, ensure_ascii=False)
    if name.endswith(".docx"):
        return docx(paragraph(LINE * 5, run(LINE), LINE * 4) * count)
    if name.endswith(".odt"):
        return odt(odf_paragraph(entity(LINE * 10)) * count)
    return f"{LINE * 10}\n\n" * count


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt", "a.json", "a.docx", "a.odt"])
def test_five_megabytes(name: str) -> None:
    article = read(large(name), name)
    blocks = [block for block in article.blocks if block.field == "body"]
    assert len(blocks) == SIZE // (len(LINE.encode()) * 10)
    for block in blocks[:: len(blocks) // 50]:
        at = block.text.index("đọc sách")
        assert article.text("body")[block.start : block.end] == block.text
        if article.source_text is not None:
            assert block.offsets is not None
            span = block.offsets.source(at, at + 8)
            assert span is not None
            assert article.source_text[slice(*span)] == "đọc sách"
