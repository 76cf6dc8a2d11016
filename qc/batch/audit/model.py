"""The result of an audit as data: what the JSON holds, and what the page and the workbook show."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from qc.batch.audit.coverage import Cell
from qc.core.location import STRICT
from qc.core.record import dataclass, field
from qc.core.report import PolicyIdentity, plain

SCHEMA_VERSION = "1"
SCHEMA_ID = f"urn:qc:audit:{SCHEMA_VERSION}"
GOOD, ATTENTION, LACKING, INCOMPLETE = "good", "attention", "lacking", "incomplete"


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post that a finding names; `detail` is what was seen in it."""

    __pydantic_config__: ClassVar = STRICT

    id: str
    title: str = ""
    url: str | None = None
    day: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """A finding about the whole site. `posts` are the first of `count`."""

    __pydantic_config__: ClassVar = STRICT

    rule: str
    severity: str
    message: str
    fix: str
    why: str
    basis: tuple[str, ...] = ()
    count: int = 1
    requirement: str | None = None
    years: tuple[int, ...] = ()
    posts: tuple[PostRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A category of the portal; `age_days` is the age of its newest post."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    posts: int
    first: str
    newest: str
    age_days: int
    with_errors: int
    with_warnings: int


@dataclass(frozen=True, slots=True)
class Month:
    """Posts of a month, and how many of them carry errors and warnings."""

    __pydantic_config__: ClassVar = STRICT

    month: str
    posts: int
    with_errors: int
    with_warnings: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule spoke, and in how many posts."""

    __pydantic_config__: ClassVar = STRICT

    rule: str
    title: str
    severity: str
    findings: int
    posts: int
    fix: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence: the last day before it and the first after it (null: it lasts)."""

    __pydantic_config__: ClassVar = STRICT

    last: str
    next: str | None
    term_days: int


@dataclass(frozen=True, slots=True)
class Named:
    """A requirement in words: the row of the heat map."""

    __pydantic_config__: ClassVar = STRICT

    id: str
    title: str
    cadence: str
    basis: tuple[str, ...]
    due: str
    fix: str


@dataclass(frozen=True, slots=True)
class NotJudged:
    """What the source does not tell, and why; shown so that nobody takes it for passed."""

    __pydantic_config__: ClassVar = STRICT

    what: str
    why: str
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """The audit of one portal."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    source: str
    host: str | None
    level: str | None
    level_from: str
    as_of: str
    verdict: str
    posts: int
    pages: int
    first: str | None
    newest: str | None
    verdicts: dict[str, int]
    states: dict[str, int]
    requirements: tuple[Named, ...]
    cells: tuple[Cell, ...]
    findings: tuple[SiteFinding, ...]
    months: tuple[Month, ...]
    gaps: tuple[Gap, ...]
    sections: tuple[Section, ...]
    rules: tuple[RuleCount, ...]
    access: tuple[RuleCount, ...]
    worst_posts: tuple[PostRef, ...]
    not_judged: tuple[NotJudged, ...]
    unread: tuple[PostRef, ...]
    unread_count: int
    undated: int
    future: int

    @property
    def asked(self) -> int:
        """Cells that were due and could be judged."""
        return sum(self.states[each] for each in ("present", "late", "missing"))

    @property
    def covered_percent(self) -> int | None:
        """How much of what was due is there, late or not; None where nothing could be judged."""
        if not self.asked:
            return None
        return 100 * (self.states["present"] + self.states["late"]) // self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What `qc audit` found: one or more portals."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: str
    tool: dict[str, str]
    policy: PolicyIdentity
    lang: str
    exit_code: int
    portals: tuple[Portal, ...] = field(default_factory=tuple)


def to_json(audit: Audit) -> str:
    """The audit as JSON, the same bytes for the same audit."""
    return json.dumps(plain(audit), ensure_ascii=False, indent=1) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an audit."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Audit).json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID} | schema
