"""The report: what the checks found in one article, as data with a published schema."""

from __future__ import annotations

import json
from enum import Enum
from functools import cache
from typing import Any, ClassVar

from qc.core.location import STRICT, Location, as_data
from qc.core.outcome import State, Verdict
from qc.core.record import dataclass, field, fields
from qc.core.rule import Confidence, Severity

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class ReportedSuggestion:
    """A replacement for the excerpt; a safe one may be applied without asking."""

    __pydantic_config__: ClassVar = STRICT

    text: str
    safe: bool


@dataclass(frozen=True, slots=True)
class ReportedBasis:
    """An act and article that a rule rests on, as in force on the article's date.

    `verified`: T text read, S second hand, U from memory.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    title: str
    verified: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedWaiver:
    """Who let a finding pass, why, and until when; `origin` is policy, file or inline."""

    __pydantic_config__: ClassVar = STRICT

    author: str
    reason: str
    expires: str | None = None
    role: str | None = None
    origin: str = "policy"


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """One finding. `facts` are the numbers and words that led to it, `fix` is what to do."""

    __pydantic_config__: ClassVar = STRICT

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    location: Location
    suggestions: tuple[ReportedSuggestion, ...] = ()
    basis: tuple[ReportedBasis, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    waived: ReportedWaiver | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class ReportedOutcome:
    """How one planned check ended."""

    __pydantic_config__: ClassVar = STRICT

    check: str
    state: State
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyIdentity:
    """Which policy judged. `date`: the date of the law; null: each article's own date."""

    __pydantic_config__: ClassVar = STRICT

    id: str
    digest: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of checking one article. `date` is the day whose law was applied."""

    __pydantic_config__: ClassVar = STRICT

    source: str
    digest: str
    title: str | None = None
    date: str | None = None
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

    def model_dump(self, *, mode: str = "json") -> dict[str, Any]:
        """The report as plain data, as in its JSON (`mode` is accepted for pydantic's callers)."""
        data: dict[str, Any] = plain(self)
        return data

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The report as JSON, the same bytes for the same report."""
        return json.dumps(plain(self), ensure_ascii=False, indent=indent)


_AS_IT_IS = frozenset((str, int, float, bool, type(None)))


def plain(value: Any) -> Any:
    """A report, or a part of one, as JSON holds it."""
    kind: Any = type(value)
    if kind in _AS_IT_IS:
        return value
    if isinstance(value, str | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "kind"):
        return {name: plain(each) for name, each in as_data(value).items()}
    return {name: plain(getattr(value, name)) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
