"""Judge the suspects of a text again, with what the first calibration does not see.

That is: how well the word and its candidates fit what stands around them (`Context`), how often
writers make this very slip, and what the other suspects of the text say: a text with many mistakes
has more, and a word that is used elsewhere without suspicion is hardly a mistake. Boosted trees
and a line turn these features into probabilities; their mean is reported.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence

from qc.text.spelling._compiled import Judged, load_forest
from qc.text.spelling._context import Context
from qc.text.spelling._ensemble import Ensemble
from qc.text.spelling._reading import CAPITAL, UPPER, Reading
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import BREAK, FIRST_WORD

GATE = 0.05  # probability of the first calibration below which a suspect is not judged again
CORRECTED = 0.4  # from this probability a suspect is corrected where its neighbours are judged
AROUND = 60  # pieces on each side that are the suspect's own part of the text
CLOSE = 6
BESIDE = 2


def describe(
    table: Table, context: Context, reading: Reading, suspects: Sequence[Judged]
) -> list[array[float]]:
    """A row of features for each suspect of a text; `suspects` are all from GATE on, in order."""
    words = array("i", reading.numbers)
    for piece, best, _, chance in suspects:
        if chance >= CORRECTED:
            words[piece] = best
    used: Counter[int] = Counter(reading.numbers)
    suspected: defaultdict[int, float] = defaultdict(float)
    slips: Counter[tuple[int, int]] = Counter()
    weight: defaultdict[tuple[int, int], float] = defaultdict(float)
    for piece, best, _, chance in suspects:
        written = reading.numbers[piece]
        suspected[written] += chance
        slips[written, best] += 1
        weight[written, best] += chance
    whole = sum(chance for *_, chance in suspects)
    rows = []
    for at, (piece, best, second, chance) in enumerate(suspects):
        written = reading.numbers[piece]
        others = slips[written, best] - 1
        alike = weight[written, best] - chance
        elsewhere = used[written] - 1
        row = [
            math.log(chance / (1 - chance)),
            *context.rates(written, best),
            *_fit(table, context, words, (piece, written, best, second)),
            math.log((whole - chance + 0.3) / (len(reading) + 300)),
            *_near(suspects, at),
            math.log1p(elsewhere),
            math.log1p(max(elsewhere - suspected[written] + chance, 0)),
            alike / others if others else -0.1,
            alike,
            math.log(len(reading)),
            *_look(table, reading, piece, best),
        ]
        rows.append(array("d", row))
    return rows


class Judge:
    """One context model and what was fitted to it."""

    def __init__(
        self, table: Table, context: Context, ensemble: Ensemble, *, compiled: bool = True
    ) -> None:
        self._table = table
        self._context = context
        self._ensemble = ensemble
        forest = ensemble.forest
        columns = forest.columns, forest.trees, forest.nodes, forest.base
        self._model = load_forest(*columns) if compiled else None

    def again(self, reading: Reading, suspects: list[Judged]) -> list[Judged]:
        """The suspects of a text, all from GATE on, with the probabilities of a second look."""
        rows = describe(self._table, self._context, reading, suspects)
        return [
            (*suspect[:3], chance)
            for suspect, chance in zip(suspects, self._chances(rows), strict=True)
        ]

    def _chances(self, rows: list[array[float]]) -> list[float]:
        line = self._ensemble.line
        return [
            (chance + line.chance(row)) / 2
            for chance, row in zip(self._by_trees(rows), rows, strict=True)
        ]

    def _by_trees(self, rows: list[array[float]]) -> list[float]:
        if self._model is not None:
            return [1 / (1 + math.exp(-self._model.score(row))) for row in rows]
        import numpy as np

        found: list[float] = self._ensemble.forest.chances(np.array(rows)).tolist() if rows else []
        return found


def _fit(
    table: Table, context: Context, words: array[int], suspect: tuple[int, int, int, int]
) -> list[float]:
    """How the word, its candidates and the best of them fit what stands around it."""
    piece, written, best, second = suspect
    known = written >= FIRST_WORD
    first, last = table.candidates_of(written) if known else (0, 0)
    listed = [best, max(second, 0), *table.raw("candidates").cast("H")[first:last]]
    scores = context.scores(words, piece, [written, *listed])
    own, score, after = scores[:3]
    most = max(scores[1:])
    if not known:
        return [score, score - most, score, 0.0, 0.0, after - score if second >= 0 else 0.0, 0.0]
    total = math.log(sum(math.exp(one - most) for one in (own, *scores[3:]))) + most
    gap = after - score if second >= 0 else 0.0
    return [score - own, score - most, score, own, own - total, gap, 1.0]


def _near(suspects: Sequence[Judged], at: int) -> list[float]:
    """Suspicion around a suspect: in its part of the text, close by and beside it."""
    piece = suspects[at][0]
    part = close = beside = 0.0
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(suspects) and abs(suspects[other][0] - piece) <= AROUND:
            distance, chance = abs(suspects[other][0] - piece), suspects[other][3]
            part += chance
            close += chance if distance <= CLOSE else 0.0
            beside = max(beside, chance if distance <= BESIDE else 0.0)
            other += step
    return [math.log(part + 0.1), close, beside]


def _look(table: Table, reading: Reading, piece: int, best: int) -> list[float]:
    """Frequency of the word and the candidate, letter case, length."""
    written, form = reading.numbers[piece], reading.forms[piece]
    previous = reading.numbers[piece - 1] if piece else BREAK
    return [
        math.log(table.occurrences(written)) if written >= FIRST_WORD else 0.0,
        math.log(table.occurrences(best)),
        float(form == CAPITAL) + 2.0 * (form == UPPER),
        float(form == CAPITAL and previous == BREAK),
        table.raw("capital_share")[best] / 255.0,
        float(reading.end(piece) - reading.starts[piece]),
    ]
