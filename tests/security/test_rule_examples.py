"""Every example of the markup, hidden, link and secret rules, through a loader and the check."""

from __future__ import annotations

import pytest

from qc.core.discover import rules
from tests.security.drafts import FAMILIES, findings_of

_RULES = [rule for rule in rules().values() if rule.id.startswith(FAMILIES)]
_CASES = [
    pytest.param(rule.id, example, bad, id=f"{rule.id}-{'bad' if bad else 'good'}-{number}")
    for rule in _RULES
    for bad in (True, False)
    for number, example in enumerate(rule.examples.bad if bad else rule.examples.good)
    if isinstance(example, str)
]


@pytest.mark.parametrize(("rule_id", "example", "bad"), _CASES)
def test_example(rule_id: str, example: str, bad: bool) -> None:
    assert bool(findings_of(example, rule_id)) is bad
