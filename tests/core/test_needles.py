"""Needles are a necessary condition: with them a pattern finds what it finds without."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.core.lazy import regex
from qc.core.needles import Anchor, anchor_of, requirements_of


def strings_of(source: str, flags: int = 0) -> list[tuple[str, ...]]:
    tree = _parser.parse(source, flags)
    return [each.strings for each in requirements_of(tree, flags)]


@pytest.mark.parametrize(
    ("source", "flags", "needles"),
    [
        ("khai giảng", 0, ("khai giảng",)),
        (r"\bvi phạm (?:nội quy|luật)", 0, ("vi phạm luật", "vi phạm nội quy")),
        (r"https?://\S+|www\.\S+", 0, ("http://", "https://", "www.")),
        (r"x{3,}", 0, ("xxx",)),
        (r"(?<=quảng cáo )\w+", 0, ("quảng cáo ",)),
        (r"(?i)THÔNG\s+TƯ", 0, ("thông",)),
        ("Bộ", re.IGNORECASE, ("bộ",)),
        ("a", 0, None),
        (r"[^x]*", 0, None),
        (r"\w+", 0, None),
        ("(?:dài lắm|)", 0, None),
        (r"(?!cấm kỵ)\w", 0, None),
        ("(?i)straße", 0, ("stra",)),
    ],
)
def test_what_a_match_must_hold(source: str, flags: int, needles: tuple[str, ...] | None) -> None:
    found = strings_of(source, flags)
    assert (found[0] if found else None) == needles


@pytest.mark.parametrize(
    ("source", "flags", "anchor"),
    [
        (r"khai\s+giảng", 0, Anchor(("khai",), 0)),
        (r"\w{1,3} Khai trương", 0, Anchor((" khai trương",), 3)),
        (r"(?:em|cháu) hái hoa (?=vàng)", 0, Anchor(("cháu hái hoa ", "em hái hoa "), 0)),
        (r"(?:a|b(?:c|d)xyz)", 0, None),
        (r"\w+ khai trương", 0, None),  # the string may stand anywhere behind the beginning
        (r"(?<=khai trương )\w", 0, None),  # it stands before the match
        (r"(?=khai trương)", 0, None),  # a match may be empty
        (r"Σίσυφος", 0, None),  # lower case depends on the place in a word
        ("(?i)KHAI TRƯƠNG", 0, Anchor(("khai trương",), 0)),
        (r"([ \xa0]+),x", 0, None),
    ],
)
def test_where_a_match_may_begin(source: str, flags: int, anchor: Anchor | None) -> None:
    assert anchor_of(_parser.parse(source, flags), flags) == anchor


def test_needles_reach_into_groups() -> None:
    assert set(strings_of(r"(\w)([ \xa0]+)([,;])")[0]) == {" ,", " ;", "\xa0,", "\xa0;"}


SOURCES = [
    (r"(?:tố giác|tố cáo)\s+\w+", 0),
    (r"(?i)\bnghị\s+(?:định|quyết)\b", 0),
    (r"\d{2}/\d{2}", 0),
    (r"(?:ab|cd){2,}x?", 0),
    (r"(a|bc)\1", 0),
    (r"(?i)[đd]iều\s+kiện", 0),
    (r"[(\[](?:sic|nguyên văn)[)\]]", 0),
    (r"(?P<q>['\"])rõ ràng(?P=q)", 0),
    (r"(?i)mask", 0),
]
PIECES = st.sampled_from(
    "tố giác|tố cáo|TỐ CÁO|nghị|NGHỊ|định|quyết|12/34|٣٤/٥٦|abab|cdx|bcbc|aa|điều|kiện|Kiện|"
    "[sic]|(nguyên văn)|'rõ ràng'|mas\u212a|MA\u017fK|ı|İ|\n| |  |x".split("|")
)


@pytest.mark.parametrize(("source", "flags"), SOURCES)
@settings(deadline=None)
@given(pieces=st.lists(PIECES, max_size=8), start=st.integers(0, 6))
def test_a_gated_pattern_finds_what_the_compiled_one_finds(
    source: str, flags: int, pieces: list[str], start: int
) -> None:
    text = "".join(pieces)
    lazy, real = regex(source, flags), re.compile(source, flags)
    assert repr(lazy.search(text, start)) == repr(real.search(text, start))
    assert list(map(repr, lazy.finditer(text))) == list(map(repr, real.finditer(text)))
    assert lazy.findall(text) == real.findall(text)
    assert lazy.sub("<>", text) == real.sub("<>", text)
