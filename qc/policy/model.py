"""The policy model: which rules count, how severely, with which options and waivers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from qc.core.record import dataclass, field
from qc.core.rule import AnyCheck, Options, Rule, Severity, Text
from qc.core.waiver import Waiver, Waiving


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a policy says of one rule; options belong to the check that owns the rule."""

    enabled: bool | None = None
    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy ready for use: everything inherited, checked and resolved.

    `digest` is the SHA-256 of all that may change a verdict.
    """

    id: str
    title: Text
    digest: str
    date: dt.date | None
    enabled: Mapping[str, bool]
    severities: Mapping[str, Severity]
    options: Mapping[str, Options]
    waivers: tuple[Waiver, ...]
    waiving: Waiving = Waiving()

    def is_on(self, rule: Rule) -> bool:
        """Whether findings of a rule are reported."""
        return self.enabled.get(rule.id, not rule.opt_in)

    def severity(self, rule: Rule, given: Severity) -> Severity:
        """The severity of a finding: the policy's, unless the check itself lowered it."""
        wanted = self.severities.get(rule.id)
        if wanted is None:
            return given
        if given is rule.severity:
            return wanted
        return min(wanted, given, key=lambda severity: severity.rank)

    def options_of(self, check: AnyCheck) -> Options:
        """The options of a check."""
        known = self.options.get(check.id)
        return known if known is not None else check.options()
