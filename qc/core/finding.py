"""A finding: one place where an article breaks a rule, with the facts that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qc.core.record import dataclass

if TYPE_CHECKING:
    from qc.core.article import Subject
    from qc.core.rule import Confidence, Rule, Severity


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A replacement for the reported text; `safe` ones may be applied without asking."""

    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What a check yields: see `Rule.at` for the meaning of the place."""

    rule: Rule
    subject: Subject
    start: int | None
    end: int | None
    field: str | None
    box: tuple[int, int, int, int] | None
    time_s: tuple[float, float] | None
    severity: Severity
    confidence: Confidence
    facts: Mapping[str, object]
    suggestions: tuple[Suggestion, ...]
