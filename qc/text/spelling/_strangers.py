"""Candidates for the words outside the vocabulary: broken syllables, foreign words, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from qc.text.spelling._channel import Slip, candidates
from qc.text.spelling._reading import LOWER, Reading
from qc.text.spelling._syllable import TONES, has_marks, is_well_placed, parse, strip_tone
from qc.text.spelling._tokens import FIRST_WORD

LONGEST_SYLLABLE = 8
SHORTEST_FOREIGN, LONGEST_FOREIGN = 5, 40
"""No vocabulary has longer words; those one edit away grow with the square of the length."""
_ASCII = "abcdefghijklmnopqrstuvwxyz"

Forms = Mapping[str, tuple[tuple[int, int], ...]]


def forms_of(vocabulary: Iterable[str]) -> Forms:
    """Toneless form -> (tone, number) of the syllables so written; ky and ki both lead to kỹ."""
    forms: dict[str, list[tuple[int, int]]] = {}
    for number, entry in enumerate(vocabulary):
        if number < FIRST_WORD or entry[-1] not in TONES:
            continue
        toneless, pair = entry[:-1], (int(entry[-1]), number)
        forms.setdefault(toneless, []).append(pair)
        if toneless in ("hi", "ki", "li", "mi", "si", "ti", "qui"):
            forms.setdefault(toneless[:-1] + "y", []).append(pair)
    return {form: tuple(pairs) for form, pairs in forms.items()}


class Strangers:
    """Proposes candidates for unknown words; keeps what it found for each surface."""

    def __init__(self, index: Mapping[str, int], vocabulary: Iterable[str]) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._syllables = lru_cache(maxsize=20_000)(self._near_syllables)
        self._foreign = lru_cache(maxsize=20_000)(self._near_foreign)

    @cached_property
    def _forms(self) -> Forms:
        return forms_of(self._vocabulary)

    def propose(self, reading: Reading) -> dict[int, list[tuple[int, int]]]:
        """Piece index -> [(vocabulary number, slip)] for the open words the table does not know."""
        found: dict[int, list[tuple[int, int]]] = {}
        for piece in reading.odd:
            if reading.numbers[piece] >= FIRST_WORD or not reading.asked[piece]:
                continue
            word = reading.surface(piece).lower()
            pairs: list[tuple[int, int]] = []
            if len(word) <= LONGEST_SYLLABLE:
                pairs += self._syllables(word)
            if SHORTEST_FOREIGN <= len(word) <= LONGEST_FOREIGN and not has_marks(word):
                pairs += self._foreign(word)
            if pairs and (reading.forms[piece] == LOWER or len(word) > 1):
                found[piece] = pairs
        return found

    def _near_syllables(self, word: str) -> list[tuple[int, int]]:
        toneless, tone, _, marks = strip_tone(word)
        found = dict(candidates(toneless, tone, self._forms))
        syllable = parse(word)
        for other, number in self._forms.get(toneless, ()):
            if other != tone:
                continue
            if syllable is not None and not is_well_placed(syllable):
                found[number] = Slip.MISPLACED
            elif marks > 1:
                found[number] = Slip.DOUBLED
        return [(number, int(slip)) for number, slip in found.items()]

    def _near_foreign(self, word: str) -> list[tuple[int, int]]:
        index, found = self._index, {}
        for form in _one_edit(word):
            number = index.get(form)
            if number is not None and number >= FIRST_WORD and form[-1] not in TONES:
                found[number] = int(Slip.FOREIGN)
        return list(found.items())


def _one_edit(word: str) -> set[str]:
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    forms = {left + right[1:] for left, right in splits if right}
    forms |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    forms |= {left + letter + right[1:] for left, right in splits if right for letter in _ASCII}
    forms |= {left + letter + right for left, right in splits for letter in _ASCII}
    forms.discard(word)
    return forms
