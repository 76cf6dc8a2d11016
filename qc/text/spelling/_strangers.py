"""Candidates for the words outside the vocabulary: broken syllables, foreign words, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from operator import itemgetter

from qc.core.many import many_expected
from qc.text.spelling._channel import Forms, Pairs, Slip, candidates
from qc.text.spelling._reading import LOWER, Reading
from qc.text.spelling._syllable import TONES, has_marks, is_well_placed, parse, strip_tone
from qc.text.spelling._tokens import FIRST_WORD

LONGEST_SYLLABLE = 8
SHORTEST_FOREIGN, LONGEST_FOREIGN = 5, 40
"""No vocabulary has longer words; those one edit away grow with the square of the length."""
_ASCII = "abcdefghijklmnopqrstuvwxyz"

FEW = 24  # words: making all forms costs about as much as looking up those that these call for
_WITH_Y = frozenset(("hy", "ky", "ly", "my", "sy", "ty", "quy"))


def forms_of(vocabulary: Iterable[str]) -> Mapping[str, Pairs]:
    """Toneless form -> (tone, number) of the syllables so written; ky and ki both lead to kỹ."""
    forms: dict[str, list[tuple[int, int]]] = {}
    for number, entry in enumerate(vocabulary):
        if number < FIRST_WORD or entry[-1] not in TONES:
            continue
        toneless, pair = entry[:-1], (int(entry[-1]), number)
        forms.setdefault(toneless, []).append(pair)
        if toneless.endswith("i") and f"{toneless[:-1]}y" in _WITH_Y:
            forms.setdefault(f"{toneless[:-1]}y", []).append(pair)
    return {form: tuple(pairs) for form, pairs in forms.items()}


class FewForms:
    """As `forms_of`, each form made when it is asked for: less work where few are."""

    def __init__(self, index: Mapping[str, int]) -> None:
        self._index = index

    def get(self, form: str, none: Pairs, /) -> Pairs:
        """The (tone, number) pairs of a toneless form, `none` where there is no such syllable."""
        pairs = self._pairs(form)
        if form in _WITH_Y:
            pairs += self._pairs(f"{form[:-1]}i")
        return tuple(sorted(pairs, key=itemgetter(1))) or none

    def _pairs(self, toneless: str) -> list[tuple[int, int]]:
        found = ((int(tone), self._index.get(toneless + tone, 0)) for tone in TONES)
        return [pair for pair in found if pair[1] >= FIRST_WORD]


class Strangers:
    """Proposes candidates for unknown words; keeps what it found for each surface."""

    def __init__(self, index: Mapping[str, int], vocabulary: Iterable[str]) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._few_forms: Forms = FewForms(index)
        self._asked = 0
        self._syllables = lru_cache(maxsize=20_000)(self._near_syllables)
        self._foreign = lru_cache(maxsize=20_000)(self._near_foreign)

    @cached_property
    def _all_forms(self) -> Forms:
        return forms_of(self._vocabulary)

    def _forms(self) -> Forms:
        """The forms, looked up one by one for the first words."""
        self._asked += 1
        if self._asked <= FEW and not many_expected():
            return self._few_forms
        return self._all_forms

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
        forms = self._forms()
        found = dict(candidates(toneless, tone, forms))
        syllable = parse(word)
        for other, number in forms.get(toneless, ()):
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
