"""Regions: stretches of text that are split apart, where letters must be read without gaps."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text._letters import IGNORED, JOINT

# Both begin with one literal character, so that clean text is skipped at the speed of a search.
_TIGHT = regex(r"\.[.\x00]*+")  # c.ặ.c  nh-à, where a letter follows
_SINGLE = regex(r" [a-z]\x00*(?=[ .]{1,4}\x00*[a-z]\x00*(?![a-z]))")  # n h à  c á i
_LETTERS_BEFORE = regex(r"[a-z\x00]{1,12}$")
_LETTERS_AFTER = regex(r"[ .\x00]*[a-z\x00]{1,12}")
_WORD_BEFORE = regex(r"(?:[a-z\x00]+[ .]{1,2}){1,2}$")
_WORD_AFTER = regex(r"(?:[ .]{1,2}[a-z\x00]+){1,2}")
_REACH = 24


@dataclass(frozen=True, slots=True)
class Region:
    """The letters of a region, repeats within a word dropped, and where each stands."""

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
    for start, end in sorted(_splits(shape)):
        before = _WORD_BEFORE.search(shape, max(start - _REACH, 0), start)
        after = _WORD_AFTER.match(shape, end, min(end + _REACH, len(shape)))
        first, last = before.start() if before else start, after.end() if after else end
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return [_region(shape, start, end) for start, end in spans]


def _splits(shape: str) -> Iterator[tuple[int, int]]:
    """The places where letters are split, with the letters on either side."""
    if JOINT in shape:
        for match in _TIGHT.finditer(shape):
            at = match.start()
            if not "a" <= shape[match.end() : match.end() + 1] <= "z":
                continue
            before = _LETTERS_BEFORE.search(shape, max(at - 12, 0), at)
            after = _LETTERS_AFTER.match(shape, at)
            if before and after:
                yield before.start(), after.end()
    padded = f" {shape}"
    for match in _SINGLE.finditer(padded):
        after = _LETTERS_AFTER.match(shape, match.end() - 1)
        yield match.start(), after.end() if after else match.end() - 1


def _region(shape: str, start: int, end: int) -> Region:
    letters: list[str] = []
    places: list[int] = []
    apart = True
    for place in range(start, end):
        character = shape[place]
        if not "a" <= character <= "z":
            apart = apart or character != IGNORED
        elif apart or letters[-1] != character:
            letters.append(character)
            places.append(place)
            apart = False
    return Region("".join(letters), places, end)
