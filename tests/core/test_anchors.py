"""One automaton for all patterns: with it they find what the compiled ones find."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.core import lazy
from qc.core.anchors import ENOUGH, FEW, SHORTEST, Anchors
from qc.core.lazy import regex

SOURCES = [
    (r"\b(?:tố giác|tố cáo)\s+\w+", 0),
    (r"(?i)\bnghị\s+(?:định|quyết)\b", 0),
    (r"(?<!\w)\w{0,2}gọi ngay(?:\s*\d+)?", 0),
    (r"Khoản\s+(?:[1-9]|mười)", 0),
    (r"(?:bán |mua )?(?:vé số|vé xem)|vé số kiến thiết", 0),
    (r"(\w) ?(?:khẩu|khau)\b(?!\s*phần)", re.IGNORECASE),
    (r"hoc sinh(?: lop \d)?|sinh vien", 0),
]
PIECES = st.sampled_from(
    "tố giác|tố cáo|TỐ CÁO|nghị|NGHỊ|định|quyết|gọi ngay|xygọi ngay 1|Khoản 7|khoản mười|bán vé số|"
    "vé số kiến thiết|mua vé xem|mật khẩu|khẩu phần|MẬT KHAU|hoc sinh lop 5|sinh vien|mas\u212a|"
    "\u0130|ı|\n| |  |x|ạ".split("|")
)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An automaton is made at the first question, and every text is read."""
    monkeypatch.setattr(lazy, "ANCHORS", Anchors())
    monkeypatch.setattr("qc.core.anchors.ENOUGH", 1)
    monkeypatch.setattr("qc.core.anchors.FEW", 0)
    monkeypatch.setattr("qc.core.anchors.SHORTEST", 0)


@pytest.mark.parametrize(("source", "flags"), SOURCES)
@settings(deadline=None)
@given(
    pieces=st.lists(PIECES, max_size=12), start=st.integers(-1, 9), end=st.integers(0, 60),
    form=st.sampled_from(["NFC", "NFD"]),
)  # fmt: skip
def test_an_anchored_pattern_finds_what_the_compiled_one_finds(
    source: str, flags: int, pieces: list[str], start: int, end: int, form: str
) -> None:
    text = unicodedata.normalize(form, "".join(pieces))  # type: ignore[arg-type]
    ours, real = regex(source, flags), re.compile(source, flags)
    assert repr(ours.search(text)) == repr(real.search(text))
    assert repr(ours.search(text, start, end)) == repr(real.search(text, start, end))
    assert list(map(repr, ours.finditer(text))) == list(map(repr, real.finditer(text)))
    within = ours.finditer(text, start, end), real.finditer(text, start, end)
    assert list(map(repr, within[0])) == list(map(repr, within[1]))
    assert ours.findall(text) == real.findall(text)
    assert ours.sub("<>", text, 2) == real.sub("<>", text, 2)


@pytest.mark.parametrize("text", ["gọi ngay", "GỌI NGAY", "xx Gọi Ngay!"])
def test_anchors_are_seen_in_any_case(text: str) -> None:
    assert regex("gọi ngay", re.IGNORECASE).search(text)


def test_texts_are_read_where_patterns_ask_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    anchors = Anchors()
    number = anchors.add(("gọi ngay", "inbox"))
    text = "Các bạn gọi ngay hoặc inbox cho chúng mình nhé, gọi ngay hôm nay"
    assert [anchors.places(number, text) for _ in range(ENOUGH - 1)] == [None] * (ENOUGH - 1)
    assert [anchors.places(number, text) for _ in range(FEW)] == [None] * FEW
    assert anchors.places(number, text) == [8, 22, 48]
    assert anchors.places(number, "inbox" * 9, eager=True) == [0, 5, 10, 15, 20, 25, 30, 35, 40]
    assert anchors.places(number, "y" * SHORTEST, eager=True) == []
    assert anchors.places(number, "inbox", eager=True) is None  # too short to be read
    assert anchors.places(number, "inbox \u0130" * 9, eager=True) is None  # lower case is longer
    assert anchors.places(anchors.add(("quà",)), text) is None  # came after the automaton was made
