"""Offset maps: from a text that is checked back to the text it was taken from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from qc.core.record import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps half-open spans of a derived text to half-open spans of its source.

    The derived text is a sequence of segments. A segment whose two lengths are equal maps
    character by character; any other one (an entity, a composed letter) maps as a whole.
    Offsets are in code points. Between segments lies text that has no source (a separator).
    """

    starts: tuple[int, ...]
    segments: tuple[tuple[int, int, int, int], ...]

    @classmethod
    def of(cls, segments: Iterable[tuple[int, int, int, int]]) -> OffsetMap:
        """From (start, end, source_start, source_end) rows in order; neighbours are merged."""
        rows: list[tuple[int, int, int, int]] = []
        for start, end, source_start, source_end in segments:
            if start == end:
                continue
            if rows:
                a, b, s, t = rows[-1]
                joined = b == start and t == source_start
                if joined and b - a == t - s and end - start == source_end - source_start:
                    rows[-1] = (a, end, s, source_end)
                    continue
            rows.append((start, end, source_start, source_end))
        return cls(tuple(row[0] for row in rows), tuple(rows))

    @classmethod
    def shift(cls, length: int, source_start: int) -> OffsetMap:
        """The map of a plain slice: `length` code points from `source_start` on."""
        return cls.of([(0, length, source_start, source_start + length)])

    def source(self, start: int, end: int) -> tuple[int, int] | None:
        """The source span of [start, end), or None where nothing of it has a source."""
        if not self.segments:
            return None
        first = max(bisect_right(self.starts, start) - 1, 0)
        if self.segments[first][1] <= start < end:
            first += 1
        if first >= len(self.segments):
            last_segment = self.segments[-1]
            return (last_segment[3], last_segment[3]) if start == end else None
        a, b, s, t = self.segments[first]
        if start == end:
            return self._point(start)
        if a >= end:
            return None
        same = b - a == t - s
        source_start = s + max(start - a, 0) if same else s
        last = max(bisect_right(self.starts, end - 1) - 1, first)
        a, b, s, t = self.segments[last]
        same = b - a == t - s
        source_end = s + min(end, b) - a if same else t
        return source_start, source_end

    def _point(self, at: int) -> tuple[int, int]:
        index = max(bisect_right(self.starts, at) - 1, 0)
        a, b, s, t = self.segments[index]
        if at <= a:
            return s, s
        position = t if at >= b or b - a != t - s else s + at - a
        return position, position

    def then(self, outer: OffsetMap) -> OffsetMap:
        """This map followed by `outer`, which maps our source to a text further out."""
        rows = []
        for a, b, s, t in self.segments:
            if b - a != t - s:
                span = outer.source(s, t)
                if span:
                    rows.append((a, b, *span))
                continue
            rows.extend(_through(outer, a, s, t))
        return OffsetMap.of(rows)


def _through(outer: OffsetMap, a: int, s: int, t: int) -> list[tuple[int, int, int, int]]:
    rows = []
    index = max(bisect_right(outer.starts, s) - 1, 0)
    for position in range(index, len(outer.segments)):
        oa, ob, os, ot = outer.segments[position]
        if oa >= t:
            break
        lo, hi = max(s, oa), min(t, ob)
        if lo >= hi:
            continue
        same = ob - oa == ot - os
        source = (os + lo - oa, os + hi - oa) if same else (os, ot)
        rows.append((a + lo - s, a + hi - s, *source))
    return rows
