"""Words for numbers in messages."""

from __future__ import annotations

from typing import Any


def clock(seconds: float) -> str:
    """Minutes and seconds as a player shows them: 75.3 -> "1:15"."""
    whole = int(seconds + 0.05)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def number(value: float, digits: int = 1) -> float | int:
    """A number as it is said: 2.48 -> 2.5, 30.0 -> 30."""
    rounded = round(value, digits)
    return int(rounded) if rounded == int(rounded) else rounded


def span_facts(begin_s: float, end_s: float) -> dict[str, Any]:
    """The facts every finding with a span carries."""
    return {
        "since": clock(begin_s),
        "until": clock(end_s),
        "begin_s": round(begin_s, 2),
        "end_s": round(end_s, 2),
        "length_s": round(end_s - begin_s, 1),
    }
