"""The calendar of a sample archive: which post stands on which day, and what the site lacks.

Posts that a portal must carry are planned first, some late or left out on purpose; the others
fill the days in between, fewer in summer and none in one planted gap.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from heapq import merge

from qc.batch.archive.model import Order, school_year
from qc.core.errors import UsageError
from qc.core.record import dataclass

FILL = (
    ("news", 55),
    ("notice", 15),
    ("plan", 12),
    ("document", 10),
    ("minutes", 5),
    ("opinion", 3),
)
STANDING = ("section-introduction", "section-contact", "board-decision", "board-regulation")
BY_2017 = ("disclosure-36-quality", "disclosure-36-conditions", "disclosure-36-finance")
BY_2024 = ("disclosure-general", "disclosure-finance")
BY_LEVEL = {
    "mam-non": ("disclosure-conditions-mn", "disclosure-results-mn"),
    "tieu-hoc": ("disclosure-conditions", "disclosure-results"),
    "thcs": ("disclosure-conditions", "disclosure-results"),
    "thpt": ("disclosure-conditions", "disclosure-results"),
}
SUMMER_SHARE = 0.15
GAP_DAYS = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One post that is to be written: the day, what it is about, and for which school year."""

    day: date
    topic: str
    year: int


@dataclass(slots=True)
class Calendar:
    """The whole plan. `states` is the truth of the coverage table: (topic, year) -> state.

    Nothing is posted in `gap`, and no document in `dry_year`.
    """

    fixed: list[Entry]
    states: dict[tuple[str, int], str]
    gap: tuple[date, date]
    order: Order
    fill: int
    dry_year: int

    def entries(self) -> Iterator[Entry]:
        """Every post in order of its day, one at a time."""
        return merge(self.fixed, self._filling(), key=lambda each: (each.day, each.topic))

    def _filling(self) -> Iterator[Entry]:
        days = _weighted_days(self.order, self.gap)
        total = sum(weight for _, weight in days)
        dice = random.Random(f"{self.order.seed}:fill")
        names, weights = [n for n, _ in FILL], [w for _, w in FILL]
        position, reached = 0, days[0][1]
        for index in range(self.fill):
            wanted = (index + 0.5) / self.fill * total
            while reached < wanted and position + 1 < len(days):
                position += 1
                reached += days[position][1]
            day = days[position][0]
            topic = dice.choices(names, weights)[0]
            if topic == "document" and school_year(day) == self.dry_year:
                topic = "notice"
            yield Entry(day, topic, school_year(day))


def calendar_of(order: Order) -> Calendar:
    """Plan an archive. UsageError where there are too few posts for what must be there."""
    dice = random.Random(f"{order.seed}:calendar")
    start = date(order.first_year, 8, 15)
    fixed, states = _standing(order, start, dice)
    for year in range(order.first_year, order.first_year + order.years):
        for topic in _yearly(order.level, year):
            state, entry = _yearly_entry(order, topic, year, dice)
            states[topic, year] = state
            if entry is not None:
                fixed.append(entry)
    fill = order.count - len(fixed)
    if fill < 12 * order.years:
        raise UsageError(
            f"{order.count} posts are too few for {order.years} years",
            remedy=f"Ask for {len(fixed) + 12 * order.years} or more, or fewer --years.",
            vi=f"{order.count} bài là quá ít cho {order.years} năm học; hãy đặt ít nhất "
            f"{len(fixed) + 12 * order.years} bài, hoặc bớt --years",
        )
    fixed.sort(key=lambda each: (each.day, each.topic))
    dry_year = order.first_year + dice.randrange(order.years - 1) if order.years > 2 else 0
    return Calendar(fixed, states, _gap(order, dice), order, fill, dry_year)


def _standing(
    order: Order, start: date, dice: random.Random
) -> tuple[list[Entry], dict[tuple[str, int], str]]:
    """Pages and decisions; one of the two of the board comes late or never."""
    entries, states = [], {}
    weak = dice.choice(STANDING[2:])
    for topic in STANDING:
        since = order.first_year
        if topic == weak:
            since += dice.randint(1, order.years)  # the last value: never
        if since < order.first_year + order.years:
            day = start if since == order.first_year else date(since, 10, dice.randint(1, 20))
            entries.append(Entry(min(day, order.until), topic, since))
        for year in range(order.first_year, order.first_year + order.years):
            states[topic, year] = "present" if year >= since else "missing"
    return entries, states


def _yearly(level: str, year: int) -> tuple[str, ...]:
    """What is asked for once a school year, by the act in force on 30 June of its second year."""
    if date(year + 1, 6, 30) < date(2024, 7, 19):
        return ("admission-notice", *BY_2017)
    return ("admission-notice", *BY_2024, *BY_LEVEL[level], "annual-report")


def _yearly_entry(
    order: Order, topic: str, year: int, dice: random.Random
) -> tuple[str, Entry | None]:
    admission = topic == "admission-notice"
    due = date(year + 1, 7, 15) if admission else date(year + 1, 6, 30)
    if order.until <= due:
        return "due", None
    state = dice.choices(("present", "late", "missing"), (70, 15, 15))[0]
    if state == "missing":
        return state, None
    if state == "late":
        return state, Entry(due + timedelta(dice.randint(1, 15)), topic, year)
    return state, Entry(date(year + 1, 5 if admission else 6, dice.randint(2, 27)), topic, year)


def _gap(order: Order, dice: random.Random) -> tuple[date, date]:
    """The stretch of term time in which nothing is posted."""
    year = order.first_year + dice.randrange(max(order.years - 1, 1))
    first = date(year, 10, 20) + timedelta(dice.randrange(110))
    return first, first + timedelta(GAP_DAYS)


def _weighted_days(order: Order, gap: tuple[date, date]) -> list[tuple[date, float]]:
    day, days = date(order.first_year, 8, 15), []
    while day <= order.until:
        summer = (6, 10) <= (day.month, day.day) <= (8, 14)
        if not gap[0] <= day <= gap[1]:
            days.append((day, SUMMER_SHARE if summer else 1.0))
        day += timedelta(1)
    return days
