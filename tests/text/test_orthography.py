"""Conventions: the minority spelling is reported, a tie reports the modern one, names never."""

from __future__ import annotations

import unicodedata

import pytest

from qc.core.article import Article, Block, BlockKind
from qc.text.orthography import OrthographyOptions, orthography


def words(text: str, style: str = "consistent") -> list[tuple[str, str, str]]:
    block = Block(kind=BlockKind.PARAGRAPH, field="body", text=text, start=0)
    article = Article(source="a", format="txt", digest="", texts={"body": text}, blocks=(block,))
    options = OrthographyOptions(style=style)
    return [
        (one.rule.id, text[one.start : one.end], one.suggestions[0].text)
        for one in orthography.run(article, options)
    ]


CASES = [
    ("", []),
    ("hòa bình, khỏe mạnh", []),
    ("hoà bình, khoẻ mạnh", []),
    ("hòa bình, hòa hợp, khoẻ mạnh", [("orthography-tone-mixed", "khoẻ", "khỏe")]),
    ("hoà bình, khoẻ mạnh, hòa hợp", [("orthography-tone-mixed", "hòa", "hoà")]),
    ("hòa bình và khoẻ mạnh", [("orthography-tone-mixed", "khoẻ", "khỏe")]),
    ("kỹ năng, kỹ thuật, kĩ xảo", [("orthography-iy-mixed", "kĩ", "kỹ")]),
    ("kỹ năng, lí luận", []),
    ("ông Hoà sống hòa thuận", []),
    ("toàn quốc, loại, quý", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_mixed_use(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert words(text) == expected


def test_strict_styles() -> None:
    text = "hòa bình, hoà hợp, kỹ năng, kĩ thuật"
    rule = "orthography-house-style"
    assert words(text, "bgddt-1989") == [(rule, "hòa", "hoà"), (rule, "kỹ", "kĩ")]
    assert words(text, "traditional") == [(rule, "hoà", "hòa"), (rule, "kĩ", "kỹ")]


def test_decomposed_text_keeps_its_offsets() -> None:
    text = unicodedata.normalize("NFD", "hòa bình, hòa hợp, khoẻ mạnh")
    found = words(text)
    assert [unicodedata.normalize("NFC", one[1]) for one in found] == ["khoẻ"]
