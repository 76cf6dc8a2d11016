"""Anchors: one pass over a text tells where any of the patterns may match at all.

The anchors of all patterns that are in use (see `qc.core.needles.anchor_of`) are in one automaton.
A text is read by it once, whichever patterns are run on it afterwards. The automaton is worth its
making only where many texts are read: until then patterns are asked one by one.
"""

from __future__ import annotations

from typing import Any

from qc.core.patterns import lowered

ENOUGH = 1000  # questions without an answer before an automaton is made
SHORTEST = 40  # characters of a text that is worth a pass
FEW = 1  # patterns that are run on a text before a pass over it is worth its cost
MOST_CHARACTERS = 400_000  # of the texts that were read last
NOWHERE: list[int] = []

Places = dict[int, list[int]]


class _Automaton:
    """The anchors of the patterns of a process so far; `read` holds the texts that it read last."""

    def __init__(self, anchors: list[tuple[str, ...]], read: dict[str, Places]) -> None:
        import ahocorasick_rs

        owners: dict[str, list[int]] = {}
        for number, strings in enumerate(anchors):
            for each in strings:
                owners.setdefault(each, []).append(number)
        self._owners = list(owners.values())
        self._search: Any = ahocorasick_rs.AhoCorasick(list(owners), store_patterns=False)
        self._read = read
        self._asked: dict[str, int] = {}
        self._held = 0

    def read(self, text: str, eager: bool) -> Places | None:
        """By pattern, where its anchors begin in the text, in order; None where it was not read."""
        asked = self._asked.get(text, 0)
        lower = lowered(text) if eager or asked >= FEW else None
        if not asked:
            self._make_room(len(text))
        self._asked[text] = asked + 1
        if lower is None:
            return None
        found: Places = {}
        owners = self._owners
        for index, start, _ in self._search.find_matches_as_indexes(lower, overlapping=True):
            for number in owners[index]:
                if number in found:
                    found[number].append(start)
                else:
                    found[number] = [start]
        for each in found.values():
            each.sort()
        self._read[text] = found
        return found

    def _make_room(self, length: int) -> None:
        if self._held > MOST_CHARACTERS:
            self._read.clear()
            self._asked.clear()
            self._held = 0
        self._held += length


class Anchors:
    """The anchors of the patterns of a process.

    `read` is by text what the automaton found of the patterns numbered below `count`.
    """

    def __init__(self) -> None:
        self.read: dict[str, Places] = {}
        self.count = 0
        self._strings: list[tuple[str, ...]] = []
        self._automaton: _Automaton | None = None
        self._asked = 0

    def add(self, strings: tuple[str, ...]) -> int:
        """The number of a new pattern."""
        self._strings.append(strings)
        return len(self._strings) - 1

    def places(self, number: int, text: str, eager: bool = False) -> list[int] | None:
        """Where anchors of a pattern begin in a text, in order; None where that is not known.

        An `eager` pattern is worth a pass over the text for itself alone.
        """
        automaton = self._automaton
        if automaton is None or number >= self.count:
            self._asked += 1
            if self._asked < ENOUGH:
                return None
            self._asked = 0
            self.read.clear()
            automaton = self._automaton = _Automaton(self._strings, self.read)
            self.count = len(self._strings)
        if len(text) < SHORTEST:
            return None
        found = self.read.get(text)
        if found is None:
            found = automaton.read(text, eager)
        return None if found is None else found.get(number, NOWHERE)


ANCHORS = Anchors()
