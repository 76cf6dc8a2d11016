"""Rules of law whose text nobody read warn at most."""

from __future__ import annotations

from datetime import date

import pytest

from qc.core.discover import rules
from qc.core.law import basis_at, members
from qc.core.rule import Rule, Severity

FAMILIES = ("citation-", "law-", "form-", "disclosure-", "access-", "rights-source")
OURS = [rule for rule in rules().values() if rule.id.startswith(FAMILIES)]


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.id)
def test_severity_rests_on_a_read_text(rule: Rule) -> None:
    if rule.severity is Severity.ERROR:
        rows = [row for id in rule.basis for row in members(id)]
        assert any(row.verified == "T" for row in rows)


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.id)
def test_basis_is_there_today(rule: Rule) -> None:
    assert basis_at(rule.basis, date(2026, 11, 24))
