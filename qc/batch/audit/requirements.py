"""What a portal must carry: the rows of policies/audit/coverage.yaml, read strictly."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any

from qc.core.data import data_dir
from qc.core.errors import PolicyError
from qc.core.law import Requirement as LawRow
from qc.core.law import basis_at, members
from qc.core.record import dataclass
from qc.core.rule import Text

LEVELS = ("mam-non", "tieu-hoc", "thcs", "thpt", "so-gddt")
CADENCES = ("standing", "yearly", "continuous", "occasional")
FILE = "audit/coverage.yaml"
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One section or disclosure. `due` is month and day in the second year of a school year.

    `titles` must stand in the title of a post (empty: any title); `within` in its category, kind
    or title (empty: anywhere). `held` is page where it is usually a static page.
    """

    id: str
    title: Text
    fix: Text
    basis: tuple[str, ...]
    levels: tuple[str, ...]
    cadence: str
    held: str
    titles: re.Pattern[str] | None
    within: re.Pattern[str] | None
    due: tuple[int, int] | None = None
    due_basis: str = HOUSE
    names_next: bool = False
    unjudged: Text | None = None

    def matches(self, title: str, place: str) -> bool:
        """Whether a post is of this section; `place` holds category and kind. Both are folded."""
        if self.titles is not None and not self.titles.search(title):
            return False
        return self.within is None or self.within.search(f"{place}\n{title}") is not None

    def due_on(self, year: int) -> date | None:
        """The last day on which the post of a school year is in time."""
        return date(year + 1, *self.due) if self.due else None

    def asked_on(self, day: date) -> tuple[LawRow, ...]:
        """The rows of law that ask for it on a day; none: it is not asked for."""
        return basis_at(self.basis, day)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A requirement of which an archive tells nothing."""

    basis: str
    title: Text


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table: requirements, the school year, and the limits of the house."""

    requirements: tuple[Requirement, ...]
    unjudged: tuple[Unjudged, ...]
    year_starts: tuple[int, int]
    term: tuple[tuple[int, int], tuple[int, int]]
    max_gap_days: int
    max_news_age_days: int

    def school_year(self, day: date) -> int:
        """The school year of a day, by its first calendar year."""
        return day.year if (day.month, day.day) >= self.year_starts else day.year - 1

    def year_end(self, year: int) -> date:
        """The last day of a school year."""
        return date.fromordinal(date(year + 1, *self.year_starts).toordinal() - 1)

    def in_term(self, day: date) -> bool:
        """Whether a day is in term time, which runs over New Year."""
        first, last = self.term
        return (day.month, day.day) >= first or (day.month, day.day) <= last


@cache
def coverage() -> Coverage:
    """The table as shipped. PolicyError where a row is wrong."""
    import yaml

    try:
        data = yaml.safe_load((data_dir() / FILE).read_text(encoding="utf-8"))
        return Coverage(
            requirements=tuple(_requirement(row) for row in data["requirements"]),
            unjudged=tuple(
                Unjudged(row["basis"], Text(vi=row["vi"], en=row["en"])) for row in data["unjudged"]
            ),
            year_starts=_month_day(data["year_starts"]),
            term=(_month_day(data["term"]["from"]), _month_day(data["term"]["to"])),
            max_gap_days=int(data["max_gap_days"]),
            max_news_age_days=int(data["max_news_age_days"]),
        )
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise PolicyError(str(error), where=FILE, remedy="Install qc again.") from error


def folded(text: str) -> str:
    """A text as the patterns read it: NFC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _requirement(row: dict[str, Any]) -> Requirement:
    if row["cadence"] not in CADENCES or not set(row["levels"]) <= set(LEVELS):
        raise ValueError(f"{row['id']}: unknown cadence or level")
    if row["held"] not in ("page", "post") or (row["cadence"] == "yearly") != ("due" in row):
        raise ValueError(f"{row['id']}: held is page or post; a yearly row, and only it, has a due")
    match = row["match"]
    unjudged = row.get("unjudged")
    for each in row["basis"]:
        members(each)
    return Requirement(
        id=row["id"],
        title=Text(**row["title"]),
        fix=Text(**row["fix"]),
        basis=tuple(row["basis"]),
        levels=tuple(row["levels"]),
        cadence=row["cadence"],
        held=row["held"],
        titles=_any_of(match.get("title")),
        within=_any_of(match.get("within")),
        due=_month_day(row["due"]) if "due" in row else None,
        due_basis=row.get("due_basis", HOUSE),
        names_next=bool(row.get("names_next", False)),
        unjudged=Text(**unjudged) if unjudged else None,
    )


def _any_of(phrases: list[str] | None) -> re.Pattern[str] | None:
    if not phrases:
        return None
    return re.compile("|".join(rf"(?<!\w){re.escape(folded(each))}(?!\w)" for each in phrases))


def _month_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    date(2023, int(month), int(day))
    return int(month), int(day)
