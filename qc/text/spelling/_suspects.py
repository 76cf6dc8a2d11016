"""Find the words that a candidate fits better, and describe each suspicion by a row of features.

Every word is compared with its candidates by its neighbouring pairs; the candidates that come close
are compared again by triples. The best candidate of each word becomes a suspect. What is likely is
decided elsewhere, by the calibration that reads the features.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qc.core.record import dataclass
from qc.text.spelling._channel import COST, Slip
from qc.text.spelling._reading import CAPITAL, UPPER, Reading
from qc.text.spelling._scoring import (
    Context,
    PairScore,
    TripleScore,
    context_of,
    score_pairs,
    score_triples,
)
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import BREAK, COMMA, FIRST_WORD, FOREIGN, HYPHEN, NAME, NUMBER

UNKNOWN_LOG = -8.0  # an unknown word is one of many: P(class) must be shared among its members
PAIR_LIMIT = -14.0  # margin by pairs below which triples cannot save a candidate
MARGIN_LIMIT = -11.0  # margin below which a position is no suspect at all

Extra = Mapping[int, Sequence[tuple[int, int]]]
"""Piece -> (vocabulary number, slip) of candidates beyond those of the table."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """Suspected pieces in order: index, best candidate, its slip, the runner-up, features."""

    pieces: Any
    best: Any
    slips: Any
    second: Any
    features: Any


def find_suspects(
    table: Table,
    reading: Reading,
    ids: Any,
    extra: Extra,
) -> Suspects:
    """Suspects of a document; in `ids` a neighbour may have been corrected already."""
    import numpy as np

    costs = np.array([COST[slip] for slip in Slip])
    context = context_of(ids)
    words = reading.ids
    position, candidate, slip = _expand(table, reading, extra)
    own_pairs = score_pairs(table, context, words)
    pairs = score_pairs(table, context.take(position), candidate)
    emission = np.where((words == FOREIGN) | (words == NAME), UNKNOWN_LOG, 0.0)
    own_log = own_pairs.left_log + own_pairs.right_log + emission
    margin = pairs.left_log + pairs.right_log - own_log[position] - costs[slip]
    kept = np.flatnonzero(margin > PAIR_LIMIT)
    position, candidate, slip = position[kept], candidate[kept], slip[kept]
    pairs = _take_pairs(pairs, kept)
    own = score_triples(table, context, words, own_pairs)
    triples = score_triples(table, context.take(position), candidate, pairs)
    gain = (
        triples.left_log + triples.right_log - (own.left_log + own.right_log + emission)[position]
    )
    margin = gain - costs[slip]
    first, second = _two_best(position, margin, len(words))
    first = first[margin[first] > MARGIN_LIMIT] if len(first) else first
    pieces = position[first]
    after = second[pieces]
    rows = _Rows(table, reading, context, ids)
    features = rows.build(
        (pieces, candidate[first], slip[first], margin[first]),
        (_take_pairs(own_pairs, pieces), _take_triples(own, pieces)),
        (_take_pairs(pairs, first), _take_triples(triples, first)),
    )
    gap = np.where(after >= 0, margin[first] - margin[np.maximum(after, 0)], 20.0)
    near = _neighbour_margin(pieces, margin[first], len(words))
    features = np.column_stack((features, np.minimum(gap, 20.0), near))
    runner_up = np.where(after >= 0, candidate[np.maximum(after, 0)], -1)
    return Suspects(pieces, candidate[first], slip[first], runner_up, features)


def _expand(table: Table, reading: Reading, extra: Extra) -> tuple[Any, Any, Any]:
    """All (piece, candidate, slip) triples to try, ordered by piece."""
    import numpy as np

    ids = reading.ids
    starts = table.candidate_starts.astype(np.int64)
    width = np.where(reading.open, (starts[1:] - starts[:-1])[ids], 0)
    position = np.repeat(np.arange(len(ids)), width)
    offset = np.arange(len(position)) - np.repeat(np.cumsum(width) - width, width)
    row = starts[ids][position] + offset
    candidate = table.candidates[row].astype(np.int64)
    slip = table.candidate_slips[row].astype(np.int64)
    rows = [(piece, number, kind) for piece, pairs in extra.items() for number, kind in pairs]
    if rows:
        more = np.array(rows, np.int64).reshape(-1, 3)
        position = np.concatenate((position, more[:, 0]))
        candidate = np.concatenate((candidate, more[:, 1]))
        slip = np.concatenate((slip, more[:, 2]))
    return position, candidate, slip


def _two_best(position: Any, margin: Any, size: int) -> tuple[Any, Any]:
    """Row of the best candidate of each piece, in order, and per piece the second, or -1."""
    import numpy as np

    order = np.lexsort((-margin, position))
    ordered = position[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    starts = starts[: len(order)] if len(order) else starts[:0]
    second = np.full(size, -1, np.int64)
    following = starts + 1
    has = following < len(order)
    has[has] = ordered[following[has]] == ordered[starts[has]]
    second[ordered[starts[has]]] = order[following[has]]
    return order[starts], second


def _neighbour_margin(pieces: Any, margin: Any, size: int) -> Any:
    """Best margin among the two pieces on each side: an error next door explains a bad fit here."""
    import numpy as np

    line = np.full(size + 4, MARGIN_LIMIT)
    line[pieces + 2] = margin
    around = np.stack([line[pieces + shift] for shift in (0, 1, 3, 4)])
    return around.max(axis=0)


def _take_pairs(pairs: PairScore, rows: Any) -> PairScore:
    return PairScore(
        pairs.left_count[rows], pairs.right_count[rows], pairs.left_log[rows], pairs.right_log[rows]
    )


def _take_triples(triples: TripleScore, rows: Any) -> TripleScore:
    return TripleScore(
        triples.before[rows],
        triples.around[rows],
        triples.after[rows],
        triples.left_log[rows],
        triples.right_log[rows],
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Builds the feature rows of the suspects of one document."""

    table: Table
    reading: Reading
    context: Context
    ids: Any

    def build(
        self,
        suspect: tuple[Any, Any, Any, Any],
        own: tuple[PairScore, TripleScore],
        other: tuple[PairScore, TripleScore],
    ) -> Any:
        """One row a suspect: model margins, counts, slip, case, repetition, neighbourhood."""
        import numpy as np

        pieces, best, slip, margin = suspect
        columns = [margin, *self._model(own, other)]
        columns += self._frequency(pieces, best)
        columns += self._repetition(pieces, best)
        columns += self._case(pieces, best)
        columns += self._around(pieces)
        columns += [slip == kind for kind in Slip]
        return np.column_stack([np.asarray(column, float) for column in columns])

    @staticmethod
    def _model(
        own: tuple[PairScore, TripleScore], other: tuple[PairScore, TripleScore]
    ) -> list[Any]:
        import numpy as np

        columns = [
            other[0].left_log - own[0].left_log,
            other[0].right_log - own[0].right_log,
            other[1].left_log - own[1].left_log,
            other[1].right_log - own[1].right_log,
            own[1].left_log,
            own[1].right_log,
        ]
        for pairs, triples in (own, other):
            counts = [pairs.left_count, pairs.right_count]
            counts += [triples.before, triples.around, triples.after]
            columns += [np.log1p(count) for count in counts]
            columns += [pairs.left_count > 0, pairs.right_count > 0, triples.around > 0]
        return columns

    def _frequency(self, pieces: Any, best: Any) -> list[Any]:
        import numpy as np

        words = self.reading.ids[pieces]
        known = words >= FIRST_WORD
        count = np.where(known, self.table.unigrams[words], 0)
        kinds = np.where(known, self.table.kinds_before[words], 0)
        return [
            np.log1p(count),
            np.log1p(self.table.unigrams[best]),
            np.log1p(kinds),
            np.log1p(self.table.kinds_before[best]),
            known,
            words == FOREIGN,
            words == NAME,
            self.reading.broken[pieces],
        ]

    def _repetition(self, pieces: Any, best: Any) -> list[Any]:
        """How often the document itself writes the word and the candidate, alone and in a pair."""
        import numpy as np

        ids = self.ids
        size = len(self.table.vocabulary)
        counts = np.bincount(ids, minlength=size)
        pairs, pair_counts = np.unique(ids[:-1] * 65536 + ids[1:], return_counts=True)

        def in_document(left: Any, right: Any) -> Any:
            key = left * 65536 + right
            at = np.minimum(np.searchsorted(pairs, key), max(len(pairs) - 1, 0))
            return np.where(pairs[at] == key, pair_counts[at], 0) if len(pairs) else 0 * key

        left, right = self.context.left[pieces], self.context.right[pieces]
        words = self.reading.ids[pieces]
        real_left, real_right = left >= FIRST_WORD, right >= FIRST_WORD
        return [
            np.log1p(np.where(words >= FIRST_WORD, counts[words], 1)),
            np.log1p(counts[best]),
            np.log1p(in_document(left, words) * real_left),
            np.log1p(in_document(words, right) * real_right),
            np.log1p(in_document(left, best) * real_left),
            np.log1p(in_document(best, right) * real_right),
        ]

    def _case(self, pieces: Any, best: Any) -> list[Any]:
        import numpy as np

        shapes = np.concatenate(([-1], self.reading.shapes, [-1]))
        capital = shapes[pieces + 1] == CAPITAL
        first = self.context.left[pieces] == BREAK
        words = self.reading.ids[pieces]
        share = self.table.capital_share
        return [
            capital & first,
            capital & ~first,
            shapes[pieces + 1] == UPPER,
            (shapes[pieces] >= CAPITAL),
            (shapes[pieces + 2] >= CAPITAL),
            share[words] / 255.0,
            share[best] / 255.0,
            capital * (share[best] / 255.0 - 0.5),
        ]

    def _around(self, pieces: Any) -> list[Any]:
        import numpy as np

        left, right = self.context.left[pieces], self.context.right[pieces]
        columns = []
        for side in (left, right):
            columns += [
                side == BREAK,
                side == COMMA,
                side == NUMBER,
                (side == FOREIGN) | (side == NAME),
                side == HYPHEN,
                np.log1p(np.where(side >= FIRST_WORD, self.table.unigrams[side], 0)),
            ]
        columns.append((np.array(self.reading.ends) - np.array(self.reading.starts))[pieces])
        return columns
