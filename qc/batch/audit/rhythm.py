"""Rhythm: silences in term time, posts by month and by section."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import zip_longest

from qc.batch.audit.model import Gap, Month, Section
from qc.batch.audit.observation import Observation
from qc.batch.audit.requirements import Coverage

NO_SECTION = {"vi": "(không ghi chuyên mục)", "en": "(no category)"}


def gaps(days: Iterable[date], table: Coverage, as_of: date) -> tuple[Gap, ...]:
    """Stretches with more days of term between two posts than the limit, in order.

    The stretch from the last post to the day of the audit counts too.
    """
    known = sorted({day for day in days if day <= as_of})
    found = []
    for last, following in zip_longest(known, known[1:]):
        end = following or as_of + timedelta(1)
        term_days = _term_days(last, end, table)
        if term_days > table.max_gap_days:
            found.append(
                Gap(last.isoformat(), following.isoformat() if following else None, term_days)
            )
    return tuple(found)


def _term_days(last: date, following: date, table: Coverage) -> int:
    """Days of term that lie between two days, both left out."""
    day, count = last + timedelta(1), 0
    while day < following:
        count += table.in_term(day)
        day += timedelta(1)
    return count


class ActivityTally:
    """Counts posts by month and by section; grows with months and sections, not with posts."""

    def __init__(self, lang: str) -> None:
        self.days: set[date] = set()
        self._lang = lang
        self._months: dict[str, list[int]] = {}
        self._sections: dict[str, list[int]] = {}
        self._span: dict[str, tuple[date, date]] = {}

    def add(self, post: Observation) -> None:
        """Take in a dated post."""
        assert post.day is not None
        self.days.add(post.day)
        name = post.category or NO_SECTION[self._lang]
        severities = {hit.severity for hit in post.hits}
        counted = [1, "error" in severities, "error" not in severities and "warning" in severities]
        for table, key in ((self._months, f"{post.day:%Y-%m}"), (self._sections, name)):
            row = table.setdefault(key, [0, 0, 0])
            for index, each in enumerate(counted):
                row[index] += each
        first, newest = self._span.get(name, (post.day, post.day))
        self._span[name] = (min(first, post.day), max(newest, post.day))

    def months(self) -> tuple[Month, ...]:
        """Every month from the first to the last, empty ones too."""
        if not self._months:
            return ()
        found = []
        year, month = map(int, min(self._months).split("-"))
        last = max(self._months)
        while (key := f"{year:04}-{month:02}") <= last:
            found.append(Month(key, *self._months.get(key, [0, 0, 0])))
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return tuple(found)

    def sections(self, as_of: date) -> tuple[Section, ...]:
        """Sections, the worst first: by share of posts with errors, then by name."""
        found = []
        for name, (posts, errors, warnings) in self._sections.items():
            first, newest = self._span[name]
            age = (as_of - newest).days
            found.append(
                Section(name, posts, f"{first}", f"{newest}", age, int(errors), int(warnings))
            )
        return tuple(
            sorted(
                found, key=lambda s: (-s.with_errors / s.posts, -s.with_warnings / s.posts, s.name)
            )
        )
