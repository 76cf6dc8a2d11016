"""Coverage: for each requirement and school year, whether the portal carries it, and since when.

A pure calculation on dates and titles; nothing here reads an archive. What the source cannot
show is `not-judged`, never `missing` and never `present`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from qc.batch.audit.requirements import Coverage, Requirement, folded
from qc.core.location import STRICT
from qc.core.record import dataclass

PRESENT, LATE, MISSING, DUE = "present", "late", "missing", "due"
NOT_ASKED, NOT_JUDGED = "not-asked", "not-judged"
STATES = (PRESENT, LATE, MISSING, DUE, NOT_ASKED, NOT_JUDGED)
YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-–/]\s*(20\d\d)(?!\d)")
YEAR = re.compile(r"\bnăm\s+(20\d\d)(?![\d/-])")
NO_LEVEL, NO_PAGES, STARTS_LATER = "no-level", "no-pages", "starts-later"
OCCASIONAL, NO_CATEGORY, NO_DAY = "occasional", "no-category", "no-day"


@dataclass(frozen=True, slots=True)
class Seen:
    """What coverage needs to know of a post; `place` is its category and kind."""

    id: str
    day: date
    title: str
    place: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One requirement in one school year. `post` is the post that decided; `late_days` how late.

    `reason` says why it could not be judged: no-level, no-pages, starts-later, occasional,
    no-category, no-day.
    """

    __pydantic_config__: ClassVar = STRICT

    requirement: str
    year: int
    state: str
    day: str | None = None
    post: str | None = None
    title: str | None = None
    url: str | None = None
    due: str | None = None
    late_days: int = 0
    reason: str | None = None


class CoverageTally:
    """Collects posts one by one; keeps one post per requirement and school year."""

    def __init__(self, table: Coverage, level: str | None, as_of: date) -> None:
        self.table = table
        self.level = level
        self.as_of = as_of
        self.first: date | None = None
        self.pages = False
        self._seen: dict[tuple[str, int], Seen] = {}
        self._newest: dict[str, Seen] = {}
        self._unplaced: set[int] = set()
        self._undated: set[tuple[str, int | None]] = set()

    def add(self, post: Seen, *, page: bool = False) -> None:
        """Take a post in; one dated after the day of the audit is not there yet."""
        self.pages = self.pages or page
        if post.day > self.as_of:
            return
        if self.first is None or post.day < self.first:
            self.first = post.day
        title, place = folded(post.title), folded(post.place)
        if not place:
            self._unplaced.add(self.table.school_year(post.day))
        for requirement in self.table.requirements:
            if requirement.matches(title, place):
                key = (requirement.id, self._year_of(requirement, post, title))
                if key not in self._seen or _order(post) < _order(self._seen[key]):
                    self._seen[key] = post
                newest = self._newest.get(requirement.id)
                if newest is None or (post.day, post.id) > (newest.day, newest.id):
                    self._newest[requirement.id] = post

    def add_undated(self, title: str, place: str, *, page: bool = False) -> None:
        """Take in a post without a day: what it may be cannot be said to be missing."""
        self.pages = self.pages or page
        title, place = folded(title), folded(place)
        for requirement in self.table.requirements:
            if requirement.matches(title, place):
                yearly = requirement.cadence == "yearly"
                named = _named_year(title) if yearly else None
                year = named - requirement.names_next if named is not None else None
                self._undated.add((requirement.id, year))

    def newest(self, requirement: str) -> Seen | None:
        """The newest post of a section."""
        return self._newest.get(requirement)

    def years(self) -> range:
        """The school years from the first post to the day of the audit."""
        if self.first is None:
            return range(0)
        return range(self.table.school_year(self.first), self.table.school_year(self.as_of) + 1)

    def cells(self) -> Iterator[Cell]:
        """Every requirement in every school year, in the order of the table."""
        for requirement in self.table.requirements:
            if self.level is not None and self.level not in requirement.levels:
                continue
            for year in self.years():
                yield self._cell(requirement, year)

    def _cell(self, requirement: Requirement, year: int) -> Cell:
        due = requirement.due_on(year)
        judged_on = min(due or self.table.year_end(year), self.as_of)
        if not requirement.asked_on(due or judged_on):
            return Cell(requirement.id, year, NOT_ASKED)
        found = self._found(requirement, year)
        if found is not None:
            return _present(requirement, year, found, due)
        written = due.isoformat() if due else None
        reason = self._unjudged(requirement, year, due)
        if due is not None and self.as_of <= due:
            return Cell(requirement.id, year, DUE, due=written)
        if reason is not None:
            return Cell(requirement.id, year, NOT_JUDGED, due=written, reason=reason)
        return Cell(requirement.id, year, MISSING, due=written)

    def _found(self, requirement: Requirement, year: int) -> Seen | None:
        if requirement.cadence != "standing":
            return self._seen.get((requirement.id, year))
        earlier = [
            post
            for (name, since), post in self._seen.items()
            if name == requirement.id and since <= year
        ]
        return min(earlier, key=_order, default=None)

    def _unjudged(self, requirement: Requirement, year: int, due: date | None) -> str | None:
        """Why a requirement without a post cannot be said to be missing; None: it can."""
        if self.level is None and len(requirement.levels) < len(_all_levels(self.table)):
            return NO_LEVEL
        if not self._undated.isdisjoint({(requirement.id, None), (requirement.id, year)}):
            return NO_DAY
        if requirement.cadence == "occasional":
            return OCCASIONAL
        if requirement.held == "page" and not self.pages:
            return NO_PAGES
        if due is not None and self.first is not None and self.first > due:
            return STARTS_LATER
        if requirement.titles is None and year in self._unplaced:
            return NO_CATEGORY
        return None

    def _year_of(self, requirement: Requirement, post: Seen, title: str) -> int:
        """The school year a post belongs to: named in its title, but none that is to come.

        "Năm 2025" alone is the year in which 2025 ends: its figures are those of 31 December.
        """
        own = self.table.school_year(post.day)
        if requirement.cadence != "yearly":
            return own
        named = _named_year(title)
        return min(named - requirement.names_next, own) if named is not None else own


def _named_year(title: str) -> int | None:
    """The first calendar year of the school year that a title names, or the year it names."""
    span = YEARS.search(title)
    if span is None or int(span[2]) != int(span[1]) + 1:
        span = YEAR.search(title)
    return int(span[1]) if span is not None else None


def _all_levels(table: Coverage) -> set[str]:
    return {level for requirement in table.requirements for level in requirement.levels}


def _order(post: Seen) -> tuple[date, str]:
    return post.day, post.id


def _present(requirement: Requirement, year: int, post: Seen, due: date | None) -> Cell:
    late = (post.day - due).days if due else 0
    return Cell(
        requirement.id,
        year,
        LATE if late > 0 else PRESENT,
        day=post.day.isoformat(),
        post=post.id,
        title=post.title,
        url=post.url,
        due=due.isoformat() if due else None,
        late_days=max(late, 0),
    )


def counts(cells: Iterable[Cell]) -> dict[str, int]:
    """How many cells are in each state."""
    found = dict.fromkeys(STATES, 0)
    for cell in cells:
        found[cell.state] += 1
    return found
