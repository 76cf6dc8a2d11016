"""Spans of time: joining, widening and cutting them."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[float, float]


def join(spans: Iterable[Span], gap_s: float = 0.0) -> list[Span]:
    """Spans in order, with those that overlap or stand at most `gap_s` apart made one."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin - joined[-1][1] <= gap_s:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def widen(spans: Iterable[Span], by_s: float, limit_s: float) -> list[Span]:
    """Spans made longer on both sides, within 0 and `limit_s`, and joined."""
    return join((max(a - by_s, 0.0), min(b + by_s, limit_s)) for a, b in spans)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What is left of the spans outside the holes."""
    left = list(spans)
    for begin, end in holes:
        pieces = []
        for a, b in left:
            if end <= a or b <= begin:
                pieces.append((a, b))
                continue
            if a < begin:
                pieces.append((a, begin))
            if end < b:
                pieces.append((end, b))
        left = pieces
    return left


def common(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """What both cover."""
    others = list(second)
    return join(
        (max(a, c), min(b, d)) for a, b in first for c, d in others if max(a, c) < min(b, d)
    )


def total(spans: Iterable[Span]) -> float:
    """The sum of their lengths."""
    return sum(b - a for a, b in spans)
