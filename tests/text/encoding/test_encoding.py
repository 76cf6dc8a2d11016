"""Encoding checks: rule, span and suggestion of each, near misses, NFC and NFD, empty text."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding
from qc.core.rule import Options
from qc.documents.load import Source, load
from qc.text.encoding.broken import broken_text, legacy_encoding
from qc.text.encoding.invisible import control, zero_width
from qc.text.encoding.unicode_form import eth, unicode_form

NFD = "sách rất vui"
CHECKS = (broken_text, zero_width, control, unicode_form, eth)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def garbled(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


def block_of(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, field="body", text=text, start=0)


def found(text: str) -> list[Finding]:
    block = block_of(text)
    return [finding for check in CHECKS for finding in check.run(block, Options())]


HITS = [
    ("nfd", decomposed(NFD), "encoding-nfd", None, None),
    ("mixed", "Ngày " + decomposed("hội"), "encoding-mixed-forms", decomposed("ộ"), "ộ"),
    ("tone apart from its letter", "bie\u0302\u0301n", "encoding-nfd", "e\u0302\u0301", "ế"),
    ("half composed", "bi\u00ea\u0301n", "encoding-nfd", "ê\u0301", "ế"),
    ("eth", "Ðà Nẵng", "encoding-eth", "Ð", "Đ"),
    ("eth in a number", "12/QÐ-UBND", "encoding-eth", "Ð", "Đ"),
    ("small eth", "các em ðọc", "encoding-eth", "ð", "đ"),
    ("African D", "Ɖại học", "encoding-eth", "Ɖ", "Đ"),
    ("zero width space", "s\u200bách", "encoding-zero-width", "\u200b", ""),
    ("soft hyphen", "ch\u00adưa", "encoding-zero-width", "\u00ad", ""),
    ("byte order mark", "\ufeffNgày", "encoding-zero-width", "\ufeff", ""),
    ("two together", "a\u200b\u200cb", "encoding-zero-width", "\u200b\u200c", ""),
    ("joiner without emoji", "a\u200db", "encoding-zero-width", "\u200d", ""),
    ("tags without a flag", "a\U000e0041b", "encoding-zero-width", "\U000e0041", ""),
    ("vertical tab", "dòng\x0bmới", "encoding-control", "\x0b", "\n"),
    ("null", "a\x00b", "encoding-control", "\x00", ""),
    ("a quote as control", "\x93hội\u201d", "encoding-control", "\x93", "\u201c"),
    ("Word bullet", "\uf0b7 Một", "encoding-control", "\uf0b7", "•"),
    ("lost letter", "Tr\ufffdờng học", "encoding-letter-lost", "Tr\ufffdờng", None),
    ("garbled word", garbled("Trường"), "encoding-mojibake", garbled("Trường"), "Trường"),
    (
        "garbled twice",
        "Xem " + garbled(garbled("ngày hội")),
        "encoding-mojibake",
        garbled(garbled("ngày hội")),
        "ngày hội",
    ),
    (
        "bytes that windows-1252 does not have are lost",
        "TrÆ°á»ng tá»• chá»©c ngÃ y há»™i Ä‘á»c sÃ¡ch, lÃ  Äáº¡i há»™i",
        "encoding-mojibake",
        "TrÆ°á»ng tá»• chá»©c ngÃ y há»™i Ä‘á»c sÃ¡ch, lÃ  Äáº¡i há»™i",
        "Trường tổ chức ngày hội đọc sách, là Đại hội",
    ),
    (
        "only the garbled part",
        "Các em " + garbled("đọc sách") + " rất vui",
        "encoding-mojibake",
        garbled("đọc sách"),
        "đọc sách",
    ),
]


@pytest.mark.parametrize(
    ("text", "rule", "span", "suggestion"), [c[1:] for c in HITS], ids=[c[0] for c in HITS]
)
def test_hit(text: str, rule: str, span: str | None, suggestion: str | None) -> None:
    findings = [finding for finding in found(text) if finding.rule.id == rule]
    assert len(findings) == 1
    finding = findings[0]
    if span is not None:
        assert text[finding.start : finding.end] == span
    if suggestion is not None:
        assert finding.suggestions[0].text == suggestion


MISSES = [
    ("empty", ""),
    ("ASCII", "Ngay hoi doc sach 12/5?"),
    ("Vietnamese", "Trường tổ chức ngày hội “đọc sách” – vui lắm! Vì sao? Ô… ĐÃ”, Ạ”"),
    ("Icelandic", "Guðrún và Sigurður, Ðorđe"),
    ("family emoji", "cả nhà 👨‍👩‍👧 vui 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    ("line breaks and tabs", "một\n\thai\r\nba"),
    ("guillemets", "« trích » ba\u00a0» Â » 5\u00a0°C"),
    ("foreign letters", "Müller, São Paulo, Kraków, Ångström"),
    ("one odd question mark", "ai?sao vậy"),
    ("addresses", "https://a.vn/?a=b?c=d&e?f=g và b.php?x=1?y và a?b=c"),
    ("combining that cannot compose", "x\u0302 q\u0304"),
    ("narrow and hard spaces", "1\u202f000\u00a0đ"),
]


@pytest.mark.parametrize("text", [c[1] for c in MISSES], ids=[c[0] for c in MISSES])
def test_near_miss(text: str) -> None:
    assert [finding.rule.id for finding in found(text)] == []


def test_forms_span_from_first_to_last_letter_and_fix_all() -> None:
    text = "Ba " + decomposed("ngày hội vui vẻ") + " nhé"
    (finding,) = found(text)
    start, end = finding.start or 0, finding.end or 0
    assert finding.rule.id == "encoding-mixed-forms"
    assert finding.facts["count"] == 3
    fixed = text[:start] + finding.suggestions[0].text + text[end:]
    assert fixed == "Ba ngày hội vui vẻ nhé"
    assert finding.suggestions[0].safe


@pytest.mark.parametrize("text", [c[1] for c in HITS], ids=[c[0] for c in HITS])
def test_safe_suggestions_mend_the_text(text: str) -> None:
    for finding in found(text):
        for suggestion in finding.suggestions:
            if suggestion.safe:
                mended = text[: finding.start] + suggestion.text + text[finding.end :]
                assert finding.rule.id not in {each.rule.id for each in found(mended)}


def test_many_invisible_characters_are_one_finding() -> None:
    text = "\u00ad".join("Trường tổ chức ngày hội")
    (finding,) = found(text)
    assert finding.facts["count"] == len(text) // 2
    start, end = finding.start or 0, finding.end or 0
    assert text[:start] + finding.suggestions[0].text + text[end:] == "Trường tổ chức ngày hội"


def test_lost_letters_need_two_words() -> None:
    findings = found("Tr??ng t? ch?c ngày h?i")
    assert [f.rule.id for f in findings] == ["encoding-letter-lost"] * 3


OLD = "Tr\u00adêng tæ chøc ngµy héi ®äc s¸ch cho häc sinh."


def read(text: str | bytes, name: str = "bai.md") -> Article:
    data = text.encode() if isinstance(text, str) else text
    return load(Source(name, data=data), date(2026, 1, 2))


def test_old_paragraphs_in_a_row_are_one_finding() -> None:
    article = read(f"# Ngày hội\n\n{OLD}\n\n{OLD}\n\nCác em vui.\n\n{OLD}\n")
    findings = list(legacy_encoding.run(article, Options()))
    assert [f.facts["count"] for f in findings] == [2, 1]
    first = findings[0]
    assert isinstance(first.subject, Block)
    assert first.subject.text[first.start : first.end] == first.suggestions[0].text
    assert first.facts["encoding"] == "TCVN3 (ABC)"
    assert str(first.facts["original"]).startswith("Tr\u00adêng tæ chøc")


def test_file_in_old_bytes_is_reported_as_such() -> None:
    article = read(OLD.encode("latin-1"), "bai.txt")
    rules = [f.rule.id for f in legacy_encoding.run(article, Options())]
    assert rules == ["encoding-not-utf8", "encoding-legacy"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_no_finding(encoding: str) -> None:
    article = read("Ngày hội".encode(encoding), "bai.txt")
    assert list(legacy_encoding.run(article, Options())) == []


def test_utf16_is_reported() -> None:
    article = read("Ngày hội đọc sách".encode("utf-16"), "bai.txt")
    assert [f.rule.id for f in legacy_encoding.run(article, Options())] == ["encoding-not-utf8"]
