"""Outcomes of checks and the verdict over them."""

from __future__ import annotations

from enum import StrEnum

from qc.core.finding import Finding
from qc.core.record import dataclass


class State(StrEnum):
    """How a planned check ended."""

    RAN = "ran"
    NOT_APPLICABLE = "not_applicable"
    UNAVAILABLE = "unavailable"
    CRASHED = "crashed"


class Verdict(StrEnum):
    """What to do with the article."""

    PASS = "pass"
    REVIEW = "review"
    BLOCK = "block"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one planned check; findings made before a failure are kept."""

    check: str
    state: State
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
