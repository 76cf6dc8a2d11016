"""Spans are exact in every format: what is reported is what the file says."""

from __future__ import annotations

import html
import io
import unicodedata
import zipfile
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.documents.load import Source, load
from qc.text._view import article_view
from qc.text.terms._matcher import Matcher

TODAY = date(2026, 11, 24)
TERMS = ("tài xỉu", "đồ chó đẻ", "s.o.i kèo", "nổ\u200b hũ")
WORDS = st.lists(
    st.sampled_from(("học", "sinh", "“đọc”", "sách,", "&", "<b>", "𝓪", "é")), max_size=5
)
FORMS = st.sampled_from(("NFC", "NFD"))
Form = Literal["NFC", "NFD"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _docx(text: str) -> bytes:
    """A Word file of one paragraph, its text in two runs."""
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{html.escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{MAIN}"/></Types>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p>{runs}</w:p></w:body>'
        "</w:document>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _draft(before: list[str], term: str, after: list[str], form: Form) -> tuple[str, str]:
    text = " ".join(["Tin", *before, term, *after, "hết."])
    return unicodedata.normalize(form, text), unicodedata.normalize(form, term)


def _reported(matcher: Matcher, data: bytes, name: str) -> list[str]:
    view = article_view(load(Source(name, data=data), TODAY))
    spans = [view.locate(hit.start, hit.end) for hit in matcher.find(view.folded)]
    return [block.text[start:end] for block, start, end in spans]


@pytest.mark.parametrize("term", TERMS)
@given(before=WORDS, after=WORDS, form=FORMS)
def test_html(
    article_matcher: Matcher, term: str, before: list[str], after: list[str], form: Form
) -> None:
    text, written = _draft(before, term, after, form)
    page = f"<p>Mở đầu</p><p>{html.escape(text)}</p>"
    assert _reported(article_matcher, page.encode(), "a.html") == [written]


@pytest.mark.parametrize("term", TERMS)
@given(before=WORDS, after=WORDS, form=FORMS)
def test_plain_text(
    article_matcher: Matcher, term: str, before: list[str], after: list[str], form: Form
) -> None:
    text, written = _draft(before, term, after, form)
    assert _reported(article_matcher, text.encode(), "a.txt") == [written]


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_docx(article_matcher: Matcher, term: str, form: Form) -> None:
    text, written = _draft(["học", "“sinh”"], term, ["đọc"], form)
    assert _reported(article_matcher, _docx(text), "a.docx") == [written]
