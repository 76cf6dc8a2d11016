"""The folded view: offsets always lead back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.text._view import fold

FOLDED = [
    pytest.param("Nhà cái", " nha cai ", id="marks"),
    pytest.param("Đường", " duong ", id="stroke"),
    pytest.param("a--b", " a b ", id="separators"),
    pytest.param("looong", " iong ", id="repeats"),
    pytest.param("a\u200bb", " ab ", id="zero-width"),
    pytest.param("", " ", id="empty"),
    pytest.param("中文", " ~ ", id="other-script"),
    pytest.param("x!u", " xiu ", id="bang-between"),
    pytest.param("hay!", " hay ", id="bang-at-end"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(max_size=60))
def test_shape_has_one_character_each(text: str) -> None:
    assert len(fold(text).shape) == len(text)


@given(st.text(alphabet="aàbđ .-\u200b\u0301Zzz0!\n", max_size=40))
def test_spans_are_ordered_and_inside(text: str) -> None:
    view = fold(text)
    starts = [view.start(index) for index in range(1, len(view.text) - 1)]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
