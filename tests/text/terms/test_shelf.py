"""A shelf reads like the terms it was packed from, and unpacks only what is asked for."""

from __future__ import annotations

import json

import pytest

from qc.text._view import fold
from qc.text.terms._entry import Entry
from qc.text.terms._matcher import Matcher
from qc.text.terms._shelf import Shelf, pack
from qc.text.terms._term import Term

ROWS = (
    {"id": "mot", "term": "tố giác sai", "category": "spam"},
    {"id": "hai", "term": "bán độ", "category": "gambling", "profiles": ["comment"]},
    {"id": "ba", "term": "hoa hồng ngầm", "category": "spam", "expires": "2020-01-01"},
)
TEXTS = ("Chuyện bán độ và tố giác sai.", "b.á.n đ.ộ, hoa hong ngam", "", "không có gì")


@pytest.fixture
def terms() -> tuple[Term, ...]:
    made = (Entry.model_validate(row).compiled("own") for row in ROWS)
    return tuple(Term._make(json.loads(json.dumps(term))) for term in made)  # as in the file


def test_it_is_a_sequence_of_the_same_terms(terms: tuple[Term, ...]) -> None:
    shelf = Shelf(pack(terms))
    assert len(shelf) == len(terms)
    assert [each.id for each in shelf] == [each.id for each in terms]
    assert [tuple(map(tuple, each.forms)) for each in shelf] == [
        tuple(map(tuple, each.forms)) for each in terms
    ]
    assert shelf[-1:][0].id == "ba"
    with pytest.raises(IndexError):
        shelf[3]


def test_forms_by_number_and_in_order(terms: tuple[Term, ...]) -> None:
    forms = Shelf(pack(terms)).forms()
    plain = [(text, term.id, lit, kind) for term in terms for text, lit, kind in term.forms]
    assert [(t, term.id, lit, kind) for t, term, lit, kind in forms] == plain
    by_number = [forms[index] for index in range(len(forms))]
    assert [(t, term.id, lit, kind) for t, term, lit, kind in by_number] == plain
    assert forms.texts == [text for text, *_ in plain]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_hits(terms: tuple[Term, ...], text: str) -> None:
    def hits(matcher: Matcher) -> list[tuple[str, int, int]]:
        return [(hit.term.id, hit.start, hit.end) for hit in matcher.find(fold(text))]

    assert hits(Matcher(Shelf(pack(terms)))) == hits(Matcher(terms))


def test_profiles_and_dates_are_chosen_without_unpacking(terms: tuple[Term, ...]) -> None:
    shelf = Shelf(pack(terms))
    chosen = shelf.chosen("comment", frozenset({"ba"}))
    assert not chosen._unpacked
    profile = [term.id for term in terms if "comment" in term.profiles and term.id != "ba"]
    assert [term.id for term in chosen] == profile
