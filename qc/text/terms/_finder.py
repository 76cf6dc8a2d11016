"""The finder: where any of many strings stands in a text.

The automaton of ten thousand strings takes a hundred times as long to make as a short draft to
read. So the first texts are searched with the automaton of only those strings that stand in them
at all; the whole one is made once texts have cost about as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import compress, count
from operator import itemgetter
from typing import Any

from qc.core.many import many_expected

GRAM = 7  # characters: what a text may hold is told by them
FEW_TEXTS = 8
FEW_CHARACTERS = 12_000

Match = tuple[int, int, int]  # number of the string, start, end


class Finder:
    """Searches for the same strings, none of them empty, in one text after another."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        self._automaton: Any = None
        self._texts = self._characters = 0

    @cached_property
    def _heads(self) -> list[str]:
        return list(map(itemgetter(slice(GRAM)), self._strings))

    @cached_property
    def _short(self) -> set[str]:
        return {each for each in self._heads if len(each) < GRAM}

    def find(self, text: str) -> Iterable[Match]:
        """Every match, also within others, in the order of their ends; longer ones first."""
        if self._automaton is None:
            self._texts += 1
            self._characters += len(text)
            few = self._texts <= FEW_TEXTS and self._characters <= FEW_CHARACTERS
            if few and not many_expected():
                return self._among_few(text)
            self._automaton = _automaton_of(self._strings)
        found: Iterable[Match] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found

    def _among_few(self, text: str) -> Iterable[Match]:
        """The same matches, by the automaton of the strings that the text holds."""
        strings = self._strings
        grams = {text[at : at + GRAM] for at in range(len(text))} | self._short
        likely = compress(count(), map(grams.__contains__, self._heads))
        numbers = [number for number in likely if strings[number] in text]
        if not numbers:
            return ()
        automaton = _automaton_of([strings[number] for number in numbers])
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return [(numbers[index], start, end) for index, start, end in found]


def _automaton_of(strings: Sequence[str]) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(strings, store_patterns=False)
