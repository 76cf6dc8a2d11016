"""The lists: shipped, compiled, overridden, and refused where they are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qc.core.errors import PolicyError
from qc.text._view import fold
from qc.text.terms._entry import Entry
from qc.text.terms._lists import (
    COMPILED,
    digest,
    list_files,
    load_terms,
    matcher_for,
    shipped,
    shipped_dir,
)

OWN = """
category: owner
defaults: {owner: true}
terms:
- {id: own-one, term: đề cương lậu}
- {id: gambling-soi-keo, term: soi kèo, enabled: false}
disable: [gambling-tai-xiu]
"""


def test_compiled_is_up_to_date() -> None:
    compiled = json.loads((shipped_dir() / COMPILED).read_text(encoding="utf-8"))
    assert compiled["digest"] == digest(list_files(shipped_dir())), "run `qc terms compile`"


def test_shipped_lists_are_large_and_unique() -> None:
    terms = shipped()
    assert len(terms) >= 1200
    assert len({term.id for term in terms}) == len(terms)
    assert len({term.category for term in terms}) >= 14
    assert all(term.added for term in terms)


def test_portal_list_overrides(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    ids = {term.id for term in load_terms((str(path),))}
    assert "own-one" in ids
    assert not {"gambling-soi-keo", "gambling-tai-xiu"} & ids


@pytest.mark.parametrize(
    "text",
    [
        "category: x\nterms: [{id: a, term: bb, severty: 3}]",
        "category: x\nterms: [{id: A B, term: bb}]",
        "category: x\ndisable: [no-such-term]",
        "categori: x",
        "terms: [",
    ],
    ids=["unknown-key", "bad-id", "unknown-disabled", "no-category", "not-yaml"],
)
def test_wrong_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"own\.yaml"):
        load_terms((str(path),))


def test_expired_entry_is_not_searched() -> None:
    entry = Entry(id="own-brand", term="thương hiệu cũ", category="owner", expires="2025-12-31")
    text = fold("gặp thương hiệu cũ ở đây")
    assert matcher_for("article", "2025-12-31", (), (entry,)).find(text)
    assert not matcher_for("article", "2026-01-01", (), (entry,)).find(text)
