"""Repairs that are exact: misplaced tones, joined words, Telex and VNI keys; no statistics.

The table is only asked whether two words were ever seen side by side.
"""

from __future__ import annotations

from qc.core.lazy import regex
from qc.text.spelling._confusions import word_key
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._reading import CAPITAL, MIXED, UPPER, Reading
from qc.text.spelling._repair import split_joined, telex, vni
from qc.text.spelling._scoring import pair_count
from qc.text.spelling._syllable import is_well_placed, key_of, parse, spell, strip_tone
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import FIRST_WORD

_DIGITS = regex(r"\b[a-z]{1,6}[1-9][a-z1-9]{0,5}\b")


class ExactRepairs:
    """Finds what can be repaired for certain in a reading of a text."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, text: str, reading: Reading) -> list[Mistake]:
        """Misplaced tones, joined words and Telex leftovers: exact, without statistics."""
        found = []
        columns = zip(reading.numbers, reading.forms, reading.asked, reading.faulty, strict=True)
        odd = [
            index
            for index, (number, shape, asked, faulty) in enumerate(columns)
            if shape == MIXED or faulty or (asked and number < FIRST_WORD)
        ]
        for index in odd:
            surface = reading.surfaces[index]
            span = (reading.starts[index], reading.end(index), surface)
            lower = surface.lower()
            syllable = parse(lower)
            if syllable is not None and not is_well_placed(syllable):
                fixed = shaped(spell(strip_tone(lower)[0], syllable.tone), reading.forms[index])
                if key_of(fixed.lower()) in self._table.index:
                    found.append(Mistake(*span, (fixed,), Kind.MISPLACED, 1.0))
                continue
            split = split_joined(surface, self.seen)
            if split is not None:
                found.append(Mistake(*span, (split,), Kind.JOINED, 1.0))
                continue
            meant = telex(lower) if surface.islower() else None
            if meant is not None and self._fits(reading, index, meant):
                found.append(Mistake(*span, (meant,), Kind.LEFTOVER, 1.0))
        return found + self._digits(text)

    def _digits(self, text: str) -> list[Mistake]:
        """Words typed with VNI digits that were never converted (tie61ng)."""
        found = []
        for match in _DIGITS.finditer(text):
            meant = vni(match[0])
            if meant is None or len(match[0]) < 3:
                continue
            marked = len(set(match[0]) & set("6789")) > 0 and (
                len(match[0]) > 3 or match[0][0] not in "a"
            )
            if marked or self._fits_text(text, match.start(), match.end(), meant):
                found.append(
                    Mistake(match.start(), match.end(), match[0], (meant,), Kind.LEFTOVER, 1.0)
                )
        return found

    def seen(self, phrase: str) -> bool:
        """Whether the table has seen the two words side by side."""
        import numpy as np

        numbers = [self._table.index.get(word_key(word)) for word in phrase.split()]
        if None in numbers or len(numbers) != 2:  # a line end is a piece, but no word
            return False
        left, right = (np.array([number]) for number in numbers)
        return bool(pair_count(self._table, left, right)[0] >= 3)

    def _fits_text(self, text: str, start: int, end: int, word: str) -> bool:
        """Whether the table has seen a word beside one of its neighbours in a text."""
        before = text[max(start - 12, 0) : start].split()[-1:]
        after = text[end : end + 12].split()[:1]
        near = [f"{each} {word}" for each in before] + [f"{word} {each}" for each in after]
        return any(self.seen(phrase) for phrase in near)

    def _fits(self, reading: Reading, index: int, word: str) -> bool:
        near = [
            f"{reading.surfaces[index - 1]} {word}" if index else "",
            f"{word} {reading.surfaces[index + 1]}" if index + 1 < len(reading.surfaces) else "",
        ]
        return any(self.seen(phrase) for phrase in near if phrase)


def shaped(word: str, shape: int) -> str:
    """Write a word in the case of the word it replaces."""
    if shape == CAPITAL:
        return word[:1].upper() + word[1:]
    return word.upper() if shape == UPPER else word
