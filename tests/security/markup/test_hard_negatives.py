"""Drafts that speak of code, betting and passwords are not blocked."""

from __future__ import annotations

import pytest

from bench.markup.hard_negatives import HARD_NEGATIVES
from qc.core.rule import Severity
from tests.security.drafts import findings_of


@pytest.mark.parametrize(
    "text", [each[1] for each in HARD_NEGATIVES], ids=[e[0] for e in HARD_NEGATIVES]
)
def test_hard_negative_is_not_blocked(text: str) -> None:
    found = [each for each in findings_of(text) if not each.rule.opt_in]
    assert not [each.rule.id for each in found if each.severity is Severity.ERROR]


def test_there_are_enough() -> None:
    assert len({html for _, html in HARD_NEGATIVES}) >= 60
