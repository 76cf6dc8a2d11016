"""The finder gives what one automaton of all strings gives, for the first texts and the later."""

from __future__ import annotations

import ahocorasick_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.core import many
from qc.text.terms import _finder
from qc.text.terms._finder import Finder

WORDS = st.text("ab ", min_size=1, max_size=9)
TEXTS = st.text("ab \n", max_size=60)


@given(st.lists(WORDS, min_size=1, max_size=20), st.lists(TEXTS, min_size=1, max_size=4))
def test_the_same_matches_in_the_same_order(strings: list[str], texts: list[str]) -> None:
    automaton = ahocorasick_rs.AhoCorasick(strings)
    finder = Finder(strings)
    for text in texts:
        expected = automaton.find_matches_as_indexes(text, overlapping=True)
        assert list(finder.find(text)) == expected


@pytest.fixture(autouse=True)
def few_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_asked", False)


def test_later_texts_are_searched_with_the_whole_automaton() -> None:
    finder = Finder(["ba", "abba", "b"])
    for _ in range(_finder.FEW_TEXTS):
        assert list(finder.find("abba")) == [(2, 1, 2), (2, 2, 3), (1, 0, 4), (0, 2, 4)]
    assert finder._automaton is None
    assert list(finder.find("abba")) == [(2, 1, 2), (2, 2, 3), (1, 0, 4), (0, 2, 4)]
    assert finder._automaton is not None


def test_a_long_text_makes_it_at_once() -> None:
    finder = Finder(["ba"])
    assert list(finder.find("a" * _finder.FEW_CHARACTERS + "ba"))
    assert finder._automaton is not None


def test_no_strings_and_no_text() -> None:
    assert list(Finder([]).find("ab")) == []
    assert list(Finder(["ab"]).find("")) == []


def test_where_many_texts_are_expected_it_is_made_for_the_first() -> None:
    finder = Finder(["ba"])
    assert list(finder.find("ba")) == [(0, 0, 2)]
    assert finder._automaton is None
    many.expect_many()
    assert list(finder.find("ba")) == [(0, 0, 2)]
    assert finder._automaton is not None
