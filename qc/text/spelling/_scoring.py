"""Score written syllables and their candidates in context, a whole document per numpy call.

The model is an interpolated trigram with absolute discounting over syllable numbers. A position is
scored by the three n-grams it takes part in: what precedes it, what surrounds it, what follows it.
"""

from __future__ import annotations

from typing import Any

from qc.core.record import dataclass
from qc.text.spelling._table import BIGRAM_STEPS, TRIGRAM_STEPS, Table
from qc.text.spelling._tokens import BREAK

DISCOUNT = 0.75
TRIGRAM_DISCOUNT = 1.0
BACKOFF_POWER = -0.25  # kept mass of a pair seen c times: 1 - c ** power (trigrams are pruned)


@dataclass(frozen=True, slots=True)
class Context:
    """The two symbols on each side of every scored position (int64 arrays of equal length)."""

    left2: Any
    left: Any
    right: Any
    right2: Any

    def take(self, rows: Any) -> Context:
        """The same context for chosen rows, repeated as `rows` says."""
        return Context(self.left2[rows], self.left[rows], self.right[rows], self.right2[rows])


@dataclass(frozen=True, slots=True)
class PairScore:
    """Counts of the two pairs a word forms, and their log-probabilities."""

    left_count: Any
    right_count: Any
    left_log: Any
    right_log: Any


@dataclass(frozen=True, slots=True)
class TripleScore:
    """Counts of the three triples a word is part of, and the log-probabilities."""

    before: Any
    around: Any
    after: Any
    left_log: Any
    right_log: Any


def context_of(ids: Any) -> Context:
    """Neighbours of every position of a document that begins and ends with a break."""
    import numpy as np

    padded = np.concatenate(([BREAK, BREAK], ids, [BREAK, BREAK])).astype(np.int64)
    size = len(ids)
    return Context(padded[:size], padded[1 : size + 1], padded[3 : size + 3], padded[4 : size + 4])


def pair_count(table: Table, left: Any, right: Any) -> Any:
    """Occurrences of the pair in the corpus, 0 when pruned or unseen."""
    import numpy as np

    code = table.bigrams.find((left.astype(np.uint64) << np.uint64(16)) | right.astype(np.uint64))
    return np.where(code > 0, np.exp((code - 1) / BIGRAM_STEPS), 0)


def triple_count(table: Table, words: tuple[Any, Any, Any], possible: Any) -> Any:
    """Occurrences of the triple; only rows marked `possible` (both pairs seen) are looked up."""
    import numpy as np

    counts = np.zeros(len(possible))
    rows = np.flatnonzero(possible)
    if len(rows):
        first, second, third = (word[rows].astype(np.uint64) for word in words)
        keys = (first << np.uint64(32)) | (second << np.uint64(16)) | third
        code = table.trigrams.find(keys)
        counts[rows] = np.where(code > 0, np.exp((code - 1) / TRIGRAM_STEPS), 0)
    return counts


def pair_log(table: Table, left: Any, right: Any, count: Any) -> Any:
    """log P(right | left) with the share of unseen pairs spread by the number of contexts."""
    import numpy as np

    total = np.maximum(table.unigrams[left], 1)
    spread = np.minimum(DISCOUNT * table.kinds_after[left], total) / total
    novelty = table.kinds_before[right] / table.kinds_before.sum()
    seen = np.maximum(count - DISCOUNT, 0) / total
    return np.log(seen + np.maximum(spread, 1e-4) * novelty + 1e-12)


def _triple_log(pair_total: Any, triple: Any, shorter: Any, middle: Any) -> Any:
    """log P(third | first, second) from log P(third | second)."""
    import numpy as np

    total = np.maximum(pair_total, 1)
    kept = np.where((pair_total > 0) & (middle != BREAK), total**BACKOFF_POWER, 1)
    seen = np.maximum(triple - TRIGRAM_DISCOUNT, 0) / total
    return np.log(np.minimum(seen, 1) * (1 - 0.5 * kept) + kept * np.exp(shorter) + 1e-12)


def score_pairs(table: Table, context: Context, word: Any) -> PairScore:
    """Score words by their direct neighbours."""
    left = pair_count(table, context.left, word)
    right = pair_count(table, word, context.right)
    return PairScore(
        left,
        right,
        pair_log(table, context.left, word, left),
        pair_log(table, word, context.right, right),
    )


def score_triples(table: Table, context: Context, word: Any, pairs: PairScore) -> TripleScore:
    """Score words by the triples before, around and after them."""
    import numpy as np

    outer_left = pair_count(table, context.left2, context.left)
    outer_right = pair_count(table, context.right, context.right2)
    has_left, has_right = pairs.left_count > 0, pairs.right_count > 0
    before = triple_count(
        table,
        (context.left2, context.left, word),
        has_left & (outer_left > 0) & (context.left != BREAK),
    )
    around = triple_count(table, (context.left, word, context.right), has_left & has_right)
    after = triple_count(
        table,
        (word, context.right, context.right2),
        has_right & (outer_right > 0) & (context.right != BREAK),
    )
    last = pair_log(table, context.right, context.right2, outer_right)
    left_log = _triple_log(outer_left, before, pairs.left_log, context.left)
    right_log = _triple_log(pairs.left_count, around, pairs.right_log, word)
    right_log = right_log + np.where(
        context.right == BREAK,
        0,
        _triple_log(pairs.right_count, after, last, context.right) - last,
    )
    return TripleScore(before, around, after, left_log, right_log)
