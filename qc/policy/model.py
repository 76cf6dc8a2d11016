"""The policy model: which rules count, how severely, with which options and waivers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from qc.core.rule import AnyCheck, Options, Rule, Severity


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Model):
    """The name of a policy in both languages."""

    vi: str
    en: str


class RuleSetting(_Model):
    """What a policy says of one rule; options belong to the check that owns the rule."""

    enabled: bool | None = Field(None, description="Switch the rule on or off")
    severity: Severity | None = Field(None, description="error, warning or info")
    options: dict[str, Any] = Field(default_factory=dict, description="Options of its check")


class Waiver(_Model):
    """A finding that somebody answers for: it is shown, but does not count."""

    rule: str
    author: str = Field(description="Who lets it pass")
    reason: str = Field(min_length=5, description="Why it may pass")
    expires: dt.date = Field(description="Last day on which the waiver holds")
    role: str | None = Field(None, description="In which role")
    source: str | None = Field(None, description="Only in files that match this pattern")
    text: str | None = Field(None, description="Only where the reported text is this")


class PolicyFile(_Model):
    """A policy as it is written in YAML."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Name of the policy")
    title: Title
    extends: str | None = Field(None, description="Name or path of the policy it builds on")
    date: dt.date | None = Field(None, description="Read the law at this date, not the article's")
    rules: dict[str, RuleSetting | Severity | bool | Literal["on", "off"]] = Field(
        default_factory=dict, description="Settings by rule id; `family-*` names many"
    )
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy ready for use: everything inherited, checked and resolved.

    `digest` is the SHA-256 of all that may change a verdict.
    """

    id: str
    title: Title
    digest: str
    date: dt.date | None
    enabled: Mapping[str, bool]
    severities: Mapping[str, Severity]
    options: Mapping[str, Options]
    waivers: tuple[Waiver, ...]

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
