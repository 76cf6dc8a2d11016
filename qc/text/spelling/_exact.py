"""Repairs that are exact: misplaced tones, joined words, Telex and VNI keys; no statistics.

The table is only asked whether two words were ever seen side by side.
"""

from __future__ import annotations

from qc.core.chunks import Kept
from qc.text.spelling._confusions import word_key
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._reading import CAPITAL, UPPER, Reading
from qc.text.spelling._repair import DIGITS, split_joined, telex, vni
from qc.text.spelling._syllable import is_well_placed, key_of, parse, spell, strip_tone
from qc.text.spelling._table import Table


class ExactRepairs:
    """Finds what can be repaired for certain in a reading of a text."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._joined = Kept(lambda surface: split_joined(surface, self.seen))

    def find(self, reading: Reading) -> list[Mistake]:
        """Misplaced tones, joined words and Telex leftovers: exact, without statistics."""
        found = []
        for index in reading.odd:
            surface = reading.surface(index)
            span = (reading.starts[index], reading.end(index), surface)
            lower = surface.lower()
            syllable = parse(lower)
            if syllable is not None and not is_well_placed(syllable):
                fixed = shaped(spell(strip_tone(lower)[0], syllable.tone), reading.forms[index])
                if key_of(fixed.lower()) in self._table.index:
                    found.append(Mistake(*span, (fixed,), Kind.MISPLACED, 1.0))
                continue
            split = self._joined[surface]
            if split is not None:
                found.append(Mistake(*span, (split,), Kind.JOINED, 1.0))
                continue
            meant = telex(lower) if surface.islower() else None
            if meant is not None and self._fits(reading, index, meant):
                found.append(Mistake(*span, (meant,), Kind.LEFTOVER, 1.0))
        return found + self._digits(reading)

    def _digits(self, reading: Reading) -> list[Mistake]:
        """Words typed with VNI digits that were never converted (tie61ng)."""
        found = []
        for kind, start, end in reading.marks:
            written = reading.text[start:end]
            meant = vni(written) if kind == DIGITS else None
            if meant is None or len(written) < 3:
                continue
            marked = len(set(written) & set("6789")) > 0 and (
                len(written) > 3 or written[0] not in "a"
            )
            if marked or self._fits_text(reading.text, start, end, meant):
                found.append(Mistake(start, end, written, (meant,), Kind.LEFTOVER, 1.0))
        return found

    def seen(self, phrase: str) -> bool:
        """Whether the table has seen the two words side by side."""
        numbers = [self._table.index.get(word_key(word)) for word in phrase.split()]
        if len(numbers) != 2:  # a line end is a piece, but no word
            return False
        left, right = numbers
        if left is None or right is None:
            return False
        return self._table.pair_occurrences(left, right) >= 3

    def _fits_text(self, text: str, start: int, end: int, word: str) -> bool:
        """Whether the table has seen a word beside one of its neighbours in a text."""
        before = text[max(start - 12, 0) : start].split()[-1:]
        after = text[end : end + 12].split()[:1]
        near = [f"{each} {word}" for each in before] + [f"{word} {each}" for each in after]
        return any(self.seen(phrase) for phrase in near)

    def _fits(self, reading: Reading, index: int, word: str) -> bool:
        near = [
            f"{reading.surface(index - 1)} {word}" if index else "",
            f"{word} {reading.surface(index + 1)}" if index + 1 < len(reading) else "",
        ]
        return any(self.seen(phrase) for phrase in near if phrase)


def shaped(word: str, shape: int) -> str:
    """Write a word in the case of the word it replaces."""
    if shape == CAPITAL:
        return word[:1].upper() + word[1:]
    return word.upper() if shape == UPPER else word
