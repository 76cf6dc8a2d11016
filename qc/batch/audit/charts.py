"""Charts as SVG shapes: numbers in, coordinates out. Nothing is random, nothing is scripted."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from qc.batch.audit.model import Month
from qc.core.record import dataclass

HEIGHT = 120
STEP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A month: x and width, and for each part its top and height; `label` is read out."""

    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Stacked bars by month, with lines of the scale and the places of the years."""

    width: int
    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...]
    years: tuple[tuple[float, str], ...]
    top: int


def trend(months: Sequence[Month]) -> Trend | None:
    """Posts by month: clean, with warnings, with errors. None where there is no month."""
    if not months:
        return None
    top = _scale(max(month.posts for month in months))
    bars, years = [], []
    for index, month in enumerate(months):
        x = index * STEP
        clean = month.posts - month.with_errors - month.with_warnings
        parts, base = [], float(HEIGHT)
        for name, count in (
            ("clean", clean),
            ("warning", month.with_warnings),
            ("error", month.with_errors),
        ):
            height = round(HEIGHT * count / top, 2)
            base = round(base - height, 2)
            if count:
                parts.append((name, base, height))
        bars.append(Bar(x + 1, STEP - 2, tuple(parts), month.month))
        if month.month.endswith("-01") or index == 0:
            years.append((float(x), month.month[:4]))
    if len(years) > 1 and years[1][0] - years[0][0] < 3 * STEP:
        years = years[1:]
    lines = tuple((round(HEIGHT - HEIGHT * n / top, 2), n) for n in (0, top // 2, top))
    return Trend(len(months) * STEP, tuple(bars), lines, tuple(years), top)


def spark(months: Sequence[Month], width: int = 96, height: int = 24) -> str:
    """The points of a small line of posts by month, for a table of portals."""
    if len(months) < 2:
        return ""
    top = max(month.posts for month in months) or 1
    step, rise = width / (len(months) - 1), (height - 4) / top
    points = ((index * step, height - 2 - month.posts * rise) for index, month in enumerate(months))
    return " ".join(f"{round(x, 1)},{round(y, 1)}" for x, y in points)


def share(part: int, whole: int) -> int:
    """Percent, but never 0 or 100 for what is only nearly so."""
    if not whole:
        return 0
    percent = round(100 * part / whole)
    if part and percent == 0:
        return 1
    return 99 if percent == 100 and part < whole else percent


def ring(percent: int, radius: int = 42) -> tuple[float, float]:
    """The drawn and the free length of a ring that shows a percentage."""
    whole = 2 * 3.14159265 * radius
    return round(whole * percent / 100, 2), round(whole, 2)


def _scale(most: int) -> int:
    """An even number at or above the highest bar."""
    for step in (2, 4, 10, 20, 40, 100, 200, 400, 1000, 2000):
        if most <= step * 5:
            return step * ceil(most / step) or step
    return 2 * ceil(most / 2)
