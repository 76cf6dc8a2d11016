"""The table of law in docs is the one that the data and the rules give."""

from __future__ import annotations

from qc.core.law import requirements
from scripts.law_table import PATH, law_table


def test_table_has_no_diff() -> None:
    assert PATH.read_text(encoding="utf-8") == law_table(), "run `make generate`"


def test_every_requirement_stands_in_it() -> None:
    table = law_table()
    assert all(f"| `{id}` |" in table for id in requirements())
