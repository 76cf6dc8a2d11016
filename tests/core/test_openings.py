"""Openings are a necessary condition: with them a pattern finds what it finds without."""

from __future__ import annotations

import re
from _sre import unicode_tolower  # type: ignore[import-not-found]
from array import array
from re import _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.core import openings
from qc.core.patterns import STORE, compiled

VIETNAMESE = "ạđĐừỨ“–…"
SOURCES = [
    (r"(?<!\w)\d{2}/\d{2}", 0),
    (r"\d+(?:[.,]\d{3})*\s?(?:đồng|VNĐ)|(?<!\w)\d{2,4}k\b", 0),
    (r"(?:\+84|0)[35789]\d{2}", 0),
    (r"[ \t]*\n[ \t]*", 0),
    (r"(?i)(?:k|å|ß|ſ)[0-9]", 0),
    (r"\b(?:Ủy ban|[Ss]ở|[Đđ]ảng)\b", 0),
    (r"(?i:đ)ảng|(?-i:Ủy)", re.IGNORECASE),
    ("[^\\W\\d_-ừ]+“", 0),
    (r"(?a:[^\d])x", 0),
    (r"(?=ạ)\w|(?<=–)…", 0),
    (r"(?>ab?|–)x?", 0),
    (r"(?P<q>['\"“])\w(?P=q)", 0),
    ("[\U00010400-\U00010427]|\u0661", re.IGNORECASE),
]
PIECES = st.sampled_from(
    "12/34|٣٤/٥٦|1.000 đồng|2,500VNĐ|50k|0912|+84912|\n|\t| |k7|\u212a8|å9|\u212b1|ß2|\u1e9e3|s4|"
    "Ủy ban|UỶ BAN|ủy|sở|Sở|Đảng|đảng|ĐẢNG|ạ|ừ“|a“|–…|ab|abx|–x|'a'|“b“|\U00010400|\U00010428"
    "|x".split("|")
)


def made(source: str, flags: int = 0) -> re.Pattern[str]:
    return compiled(source, flags, STORE.entry(source, flags))


def has_class(source: str, flags: int = 0) -> bool:
    entry = STORE.entry(source, flags)
    assert entry is not None
    code = array("I")
    code.frombytes(entry[1])
    return bool(code[2] & 4)


@pytest.mark.parametrize(
    ("source", "flags", "found"),
    [
        (r"(?<!\w)\d{2}/\d{2}", 0, True),
        (r"(?:Bộ|[Ss]ở) ", 0, True),
        (r"(?i)(?:đảng|ủy) ", 0, True),
        (r"[ \t]*\n", 0, True),
        ("khai giảng", 0, False),  # a literal is looked for more quickly still
        (r"\w+:", 0, False),  # nearly every character can begin a match
        (r"(?:a|b)*", 0, False),  # a match may be empty
        (r"(?:\d|.)x", 0, False),
    ],
)
def test_which_patterns_have_a_class(source: str, flags: int, found: bool) -> None:
    assert has_class(source, flags) is found


@pytest.mark.parametrize(("source", "flags"), SOURCES)
@settings(deadline=None)
@given(pieces=st.lists(PIECES | st.characters(codec="utf-8"), max_size=12), start=st.integers(0, 9))
def test_a_pattern_finds_what_it_finds_without(
    source: str, flags: int, pieces: list[str], start: int
) -> None:
    text = "".join(pieces)
    ours, real = made(source, flags), re.compile(source, flags)
    assert list(map(repr, ours.finditer(text))) == list(map(repr, real.finditer(text)))
    assert repr(ours.search(text, start)) == repr(real.search(text, start))
    assert ours.sub("<>", text) == real.sub("<>", text)
    assert ours.split(text) == real.split(text)


@pytest.mark.parametrize("each", [*VIETNAMESE, "0", "٣", "\u212a", "ſ", "i", "\U0001f600"])
@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_every_character_may_still_begin_a_match(source: str, flags: int, each: str) -> None:
    for text in (each + "12/34", each + " Sở", each + "x", each + each):
        assert repr(made(source, flags).search(text)) == repr(re.search(source, text, flags))


def test_all_cases_of_every_character_are_known() -> None:
    for each in range(openings.BMP):
        lower = unicode_tolower(each)
        for one in (lower, *openings._compiler._EXTRA_CASES.get(lower, ())):
            assert each in openings._cases(one)


def test_a_class_is_narrow_among_the_letters_of_vietnamese() -> None:
    mask, may_be_empty = openings._sequence(_parser.parse(r"(?:Đ|ạ|\d)x", 0), 0)
    assert not may_be_empty
    ranges = list(openings._high_ranges(bin(mask)[:1:-1]))
    inside = {each for each in openings._FREQUENT for a, b in ranges if a <= each <= b}
    assert inside == {ord("Đ"), ord("ạ")}
