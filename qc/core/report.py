"""The report: what the checks found in one article, as data with a published schema."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from qc.core.location import Location
from qc.core.outcome import State, Verdict
from qc.core.rule import Confidence, Severity

SCHEMA_VERSION = "1"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReportedSuggestion(_Model):
    """A replacement for the excerpt."""

    text: str
    safe: bool = Field(description="May be applied without asking")


class ReportedBasis(_Model):
    """An act and article that a rule rests on, as in force on the article's date."""

    id: str
    title: str
    verified: str | None = Field(None, description="T text read, S second hand, U unverified")


class ReportedWaiver(_Model):
    """Who let a finding pass, why, and until when."""

    author: str
    reason: str
    expires: str | None = None
    role: str | None = None
    origin: str = Field("policy", description="policy, file or inline")


class ReportedFinding(_Model):
    """One finding."""

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    location: Location
    suggestions: tuple[ReportedSuggestion, ...] = ()
    basis: tuple[ReportedBasis, ...] = ()
    facts: dict[str, Any] = Field(default_factory=dict)
    waived: ReportedWaiver | None = None


class ReportedOutcome(_Model):
    """How one planned check ended."""

    check: str
    state: State
    reason: str | None = None


class PolicyIdentity(_Model):
    """Which policy judged, and the date at which it read the law."""

    id: str
    digest: str
    date: str | None = Field(None, description="Date of the law; null: each article's own date")


class Report(_Model):
    """The result of checking one article."""

    source: str
    digest: str
    title: str | None = None
    date: str | None = Field(None, description="Date at which law was read for this article")
    verdict: Verdict
    findings: tuple[ReportedFinding, ...] = ()
    outcomes: tuple[ReportedOutcome, ...] = ()
    policy: PolicyIdentity
    lang: str = "vi"

    @property
    def unwaived(self) -> tuple[ReportedFinding, ...]:
        """The findings that count for the verdict."""
        return tuple(each for each in self.findings if each.waived is None)

    @property
    def unchecked(self) -> tuple[ReportedOutcome, ...]:
        """The planned checks that could not run to their end."""
        return tuple(o for o in self.outcomes if o.state in (State.CRASHED, State.UNAVAILABLE))
