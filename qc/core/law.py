"""Law as dated data: the acts and their requirements, as in force on one day.

The rows lie in policies/law as tab-separated tables; `acts_at`, `requirement` and `basis_at`
are what text checks, reports and the command line share. Nothing here decides anything.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from qc.core.errors import PolicyError
from qc.core.record import dataclass
from qc.core.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNVERIFIED = {
    "vi": "chưa đối chiếu văn bản gốc",
    "en": "not compared with the original text",
}
KIND_EN = {
    "Luật": "Law",
    "Bộ luật": "Code",
    "Pháp lệnh": "Ordinance",
    "Nghị định": "Decree",
    "Nghị quyết": "Resolution",
    "Thông tư": "Circular",
    "Quyết định": "Decision",
    "Quy ước": "House style",
}
_ARTICLE_EN = (
    ("Điều", "Article"),
    ("khoản", "clause"),
    ("điểm", "point"),
    ("Phụ lục", "Annex"),
    ("mục", "section"),
    (" và ", " and "),
    (" đến ", " to "),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the tables; `sure` is False where nobody compared it with a text."""

    value: date
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `effective_to` is the last day in force; None: open or not known.

    `verified`: T wording read, S second hand, U from memory.
    """

    id: str
    number: str
    kind: str
    title: str
    issuer: str
    signed: Day | None
    effective_from: Day | None
    effective_to: Day | None
    replaced_by: str | None
    verified: str
    source: str

    def in_force(self, on: date) -> bool:
        """Whether the act is in force on a day, as far as the table knows."""
        return _covers(self.effective_from, self.effective_to, on)

    def name(self, lang: str = "vi") -> str:
        """The act as it is cited: Thông tư số 37/2020/TT-BGDĐT."""
        kind = KIND_EN.get(self.kind, self.kind) if lang == "en" else self.kind
        if not self.number:
            return kind if lang == "en" else self.title
        if self.kind in ("Luật", "Bộ luật"):
            return (
                f"{self.kind} {self.title} số {self.number}"
                if lang == "vi"
                else (f"{kind} No. {self.number}")
            )
        return f"{kind} {'số' if lang == 'vi' else 'No.'} {self.number}"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one article of an act asks for; `rule` says it in our own words.

    `scope`: A one article, S the whole site, D an attached document, M a human.
    `severity`: the most that the act allows for (B block, E error, W warning, I information).
    """

    id: str
    act: Act
    article: str
    effective_from: Day | None
    effective_to: Day | None
    scope: tuple[str, ...]
    rule: str
    severity: str
    verified: str
    group: str | None

    def in_force(self, on: date) -> bool:
        """Whether the requirement binds on a day."""
        return self.act.in_force(on) and _covers(self.effective_from, self.effective_to, on)

    @property
    def limit(self) -> str:
        """The most a finding may be on this row alone: error where the text was read."""
        known = {"B": "error", "E": "error", "W": "warning", "I": "info"}[self.severity]
        return known if self.verified == "T" or known == "info" else "warning"

    def title(self, lang: str = "vi") -> str:
        """Act and article for a report, with a note where the text was not read."""
        article = self.article
        if lang == "en":
            for vi, en in _ARTICLE_EN:
                article = article.replace(vi, en)
        name = f"{self.act.name(lang)}, {article}"
        if self.act.id == "house":
            return name
        return name if self.verified == "T" else f"{name} ({UNVERIFIED[lang]})"


def acts() -> Mapping[str, Act]:
    """All acts by id, in the order of the table."""
    return _acts()


def acts_at(on: date) -> tuple[Act, ...]:
    """The acts in force on a day."""
    return tuple(act for act in _acts().values() if act.in_force(on))


def act_by_number(number: str) -> Act | None:
    """The act with this number and sign, as written in the table (NFC)."""
    return _numbers().get(number)


def requirements() -> Mapping[str, Requirement]:
    """All requirements by id, in the order of the table."""
    return _requirements()


def requirement(id: str) -> Requirement:
    """The requirement (or the first one of a group) with this id; PolicyError if unknown."""
    return members(id)[0]


def members(id: str) -> tuple[Requirement, ...]:
    """The rows that an id stands for: one, or all of a group such as `56-33,36`."""
    row = _requirements().get(id)
    found = (row,) if row else _groups().get(id, ())
    if not found:
        raise PolicyError(
            f"no requirement is called {id}",
            where="policies/law/requirements.tsv",
            remedy="Use an id of that table, or add a row.",
        )
    return found


def basis_at(ids: Iterable[str], on: date) -> tuple[Requirement, ...]:
    """The requirements among `ids` that bind on a day, each once, in the order given."""
    rows = (row for id in ids for row in members(id) if row.in_force(on))
    return tuple({row.id: row for row in rows}.values())


def read_day(cell: str) -> Day | None:
    """A date of a table: ISO, with `?` behind one that nobody compared with a text."""
    if not cell:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d\??", cell):
        raise ValueError(f"not a date: {cell}")
    return Day(date.fromisoformat(cell[:10]), not cell.endswith("?"))


def _covers(first: Day | None, last: Day | None, on: date) -> bool:
    return (first is None or first.value <= on) and (last is None or on <= last.value)


ACT_COLUMNS: tuple[str, ...] = ("id", "number", "kind", "title", "issuer", "signed")
ACT_COLUMNS += ("from", "to", "replaced_by", "verified", "source")
REQUIREMENT_COLUMNS: tuple[str, ...] = ("id", "act", "article", "from", "to", "scope", "rule")
REQUIREMENT_COLUMNS += ("severity", "verified", "group")


@cache
def _acts() -> Mapping[str, Act]:
    rows: dict[str, Act] = {}
    for row in read_table("law/acts.tsv", ACT_COLUMNS):
        id, number, kind, title, issuer, signed, first, last, heir, verified, source = row
        days = (read_day(signed), read_day(first), read_day(last))
        rows[id] = Act(id, number, kind, title, issuer, *days, heir or None, verified, source)
    return MappingProxyType(rows)


@cache
def _numbers() -> Mapping[str, Act]:
    return {act.number: act for act in _acts().values() if act.number}


@cache
def _requirements() -> Mapping[str, Requirement]:
    rows: dict[str, Requirement] = {}
    for row in read_table("law/requirements.tsv", REQUIREMENT_COLUMNS):
        id, act, article, first, last, scope, rule, severity, verified, group = row
        rows[id] = Requirement(
            id,
            _acts()[act],
            article,
            read_day(first),
            read_day(last),
            tuple(scope.split(",")),
            rule,
            severity,
            verified,
            group or None,
        )
    return MappingProxyType(rows)


@cache
def _groups() -> Mapping[str, tuple[Requirement, ...]]:
    groups: dict[str, tuple[Requirement, ...]] = {}
    for row in _requirements().values():
        if row.group:
            groups[row.group] = (*groups.get(row.group, ()), row)
    return groups
