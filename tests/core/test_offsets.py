"""Offset maps and the NFC view: every span leads back to where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.core.nfc import nfc_view
from qc.core.offsets import OffsetMap

VIETNAMESE = "Trường Tiểu học Phụng Công, huyện Văn Giang – Đỗ Thị Ngọc Ỷ"
LETTERS = st.sampled_from(
    [*VIETNAMESE, "\u0301", "\u0323", "\u0302", "x", " ", "é", "\u200b", "각"]
)


@pytest.mark.parametrize(
    ("segments", "span", "source"),
    [
        ([(0, 5, 10, 15)], (0, 5), (10, 15)),
        ([(0, 5, 10, 15)], (2, 3), (12, 13)),
        ([(0, 1, 10, 15), (1, 4, 15, 18)], (0, 1), (10, 15)),
        ([(0, 1, 10, 15), (1, 4, 15, 18)], (0, 2), (10, 16)),
        ([(0, 2, 0, 2), (3, 5, 9, 11)], (1, 4), (1, 10)),
        ([(0, 2, 0, 2), (3, 5, 9, 11)], (2, 3), None),
        ([(0, 5, 10, 15)], (5, 5), (15, 15)),
        ([(0, 5, 10, 15)], (0, 0), (10, 10)),
        ([], (0, 0), None),
    ],
    ids=[
        "whole",
        "middle",
        "entity",
        "entity-and-letter",
        "over-gap",
        "gap",
        "end",
        "start",
        "none",
    ],
)
def test_source_span(
    segments: list[tuple[int, int, int, int]],
    span: tuple[int, int],
    source: tuple[int, int] | None,
) -> None:
    assert OffsetMap.of(segments).source(*span) == source


def test_maps_compose() -> None:
    inner = OffsetMap.of([(0, 1, 0, 5), (1, 4, 5, 8)])
    outer = OffsetMap.of([(0, 8, 100, 108)])
    assert inner.then(outer).source(0, 1) == (100, 105)
    assert inner.then(outer).source(1, 3) == (105, 107)


@given(st.text(LETTERS, max_size=60))
def test_nfc_view_leads_back(text: str) -> None:
    view = nfc_view(text)
    assert view.text == unicodedata.normalize("NFC", text)
    for index in range(len(view.text)):
        start, end = view.original(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert view.text[index] in unicodedata.normalize("NFC", text[start:end])
    assert view.original(0, len(view.text)) == (0, len(text)) or not text


def test_normalising_twice_changes_nothing() -> None:
    once = nfc_view(unicodedata.normalize("NFD", VIETNAMESE)).text
    assert nfc_view(once).text == once


def test_many_marks_are_linear() -> None:
    text = "a" + "\u0301" * 300_000
    assert len(nfc_view(text).text) >= 1
