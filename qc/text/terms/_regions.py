"""Regions: stretches of text that are split apart, where letters must be read without gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPLIT = re.compile(
    r"[a-z]\x00*(?:[a-z\x00]{0,6})(?:\.[.\x00]*[a-z\x00]{1,8})+"  # c.ặ.c  nh-à
    r"|(?<![a-z\x00])[a-z]\x00*(?:[ .]{1,4}\x00*[a-z]\x00*(?![a-z]))+"  # n h à  c á i
)
_WORD_BEFORE = re.compile(r"(?:[a-z\x00]+[ .]{1,2}){1,2}$")
_WORD_AFTER = re.compile(r"(?:[ .]{1,2}[a-z\x00]+){1,2}")
_REACH = 24


@dataclass(frozen=True, slots=True)
class Region:
    """The letters of a region, repeats dropped, and the place of each in the original."""

    letters: str
    places: list[int]
    end: int

    def span(self, start: int, end: int, shape: str) -> tuple[int, int] | None:
        """The span of letters[start:end] in the original; None where a word is cut."""
        first = self.places[start]
        last = self.places[end] if end < len(self.places) else self.end
        while last > first and shape[last - 1] in " .":
            last -= 1
        before = shape[first - 1] if first else " "
        after = shape[last] if last < len(shape) else " "
        return None if "a" <= before <= "z" or "a" <= after <= "z" else (first, last)


def regions(shape: str) -> list[Region]:
    """The regions of a text; neighbours are joined and two words on either side are taken in."""
    spans: list[tuple[int, int]] = []
    for match in _SPLIT.finditer(shape):
        start, end = match.span()
        before = _WORD_BEFORE.search(shape, max(start - _REACH, 0), start)
        after = _WORD_AFTER.match(shape, end, min(end + _REACH, len(shape)))
        start, end = before.start() if before else start, after.end() if after else end
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [_region(shape, start, end) for start, end in spans]


def _region(shape: str, start: int, end: int) -> Region:
    letters: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        character = shape[place]
        if "a" <= character <= "z" and not (letters and letters[-1] == character):
            letters.append(character)
            places.append(place)
    return Region("".join(letters), places, end)
