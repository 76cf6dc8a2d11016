"""How severe: what the rule says of itself is what a finding of it is."""

from __future__ import annotations

import pytest

from qc.core.rule import Severity
from qc.security.personal._hits import Kind
from qc.security.personal._rules import RULES
from qc.security.personal.personal_data import _severity


@pytest.mark.parametrize("kind", Kind)
def test_a_childs_value_has_the_severity_of_the_rule(kind: Kind) -> None:
    assert _severity(kind, child=True) is RULES[kind].severity


@pytest.mark.parametrize("kind", Kind)
def test_only_a_rule_that_says_so_is_milder_for_adults(kind: Kind) -> None:
    rule = RULES[kind]
    expected = Severity.WARNING if rule.milder else rule.severity
    assert _severity(kind, child=False) is expected
    if rule.milder:
        assert rule.severity is Severity.ERROR
