"""How often writers write one syllable for another, counted where the model is sure of a mistake.

The corpora hold mistakes of real writers. Each suspicion of the first calibration is counted by the
pair of words and by the slip itself: which letters are put for which, where, and the change of
tone. A pair that was never met takes the rate of its slip; a pair that was met often takes its own.
Doubtful suspicions are counted too: a pair that is often in doubt and seldom certain (a rare word
beside a common one) is suspected with less right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from qc.core.record import dataclass
from qc.text.spelling._speller import Speller
from qc.text.spelling._syllable import TONES
from qc.text.spelling._table import Table

DOUBTFUL, CERTAIN = 0.08, 0.5  # probabilities from which a suspicion is counted, as what
PORTION = 20_000  # characters read together
SLIP_PRIOR = 2e5  # occurrences of candidates in which a slip is given the average rate
PAIR_PRIOR = 1.0  # mistakes expected of a slip that count as much as those met of a pair
DOUBT_PRIOR = 3.0

Pair = tuple[int, int]
Slip = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Slips:
    """(written, meant) -> weight of the certain suspicions, number of the doubtful ones."""

    certain: Mapping[Pair, float]
    doubtful: Mapping[Pair, int]


def count_slips(speller: Speller, lines: Iterable[str]) -> Slips:
    """Count the suspicions of a text of any length."""
    certain: defaultdict[Pair, float] = defaultdict(float)
    doubtful: Counter[Pair] = Counter()
    for text in _portions(lines):
        reading = speller.read(text)
        for piece, best, _, chance in speller.suspected(reading, DOUBTFUL):
            pair = reading.numbers[piece], best
            if chance >= CERTAIN:
                certain[pair] += chance
            else:
                doubtful[pair] += 1
    return Slips(certain, doubtful)


def _portions(lines: Iterable[str]) -> Iterable[str]:
    portion: list[str] = []
    size = 0
    for line in lines:
        portion.append(line)
        size += len(line)
        if size > PORTION:
            yield "".join(portion)
            portion, size = [], 0
    yield "".join(portion)


def rates(table: Table, slips: Slips) -> tuple[Any, Any, Any]:
    """For every candidate row of the table: log rate of the slip, log rate of the pair, sureness.

    A rate is mistakes of the kind in occurrences of the candidate; sureness the share of the
    suspicions that were certain.
    """
    import numpy as np

    starts, candidates = table.candidate_starts.astype(np.int64), table.candidates
    written = np.repeat(np.arange(len(starts) - 1), starts[1:] - starts[:-1])
    pairs = list(zip(written.tolist(), candidates.tolist(), strict=True))
    numbers: dict[Slip, int] = {}
    kinds = np.array(
        [
            numbers.setdefault(
                slip_of(table.vocabulary[one], table.vocabulary[other]), len(numbers)
            )
            for one, other in pairs
        ],
        np.int64,
    )
    uses = table.unigrams[candidates]
    met = np.array([slips.certain.get(pair, 0) for pair in pairs], float)
    doubts = np.array([slips.doubtful.get(pair, 0) for pair in pairs], float)
    all_met, all_uses, all_doubts = (
        np.bincount(kinds, weights, len(numbers)) for weights in (met, uses, doubts)
    )
    average = all_met.sum() / all_uses.sum()
    of_slip = ((all_met + average * SLIP_PRIOR) / (all_uses + SLIP_PRIOR))[kinds]
    of_pair = (met + PAIR_PRIOR) / (uses + PAIR_PRIOR / of_slip)
    usual = ((all_met + 0.3) / (all_met + all_doubts + 1))[kinds]
    sure = (met + DOUBT_PRIOR * usual) / (met + doubts + DOUBT_PRIOR)
    return np.log(of_slip), np.log(of_pair), sure


def slip_of(written: str, meant: str) -> Slip:
    """The letters that differ, where (start, middle, end), and the two tones where they differ."""
    first, one = _parted(written)
    second, other = _parted(meant)
    most = min(len(first), len(second))
    head = 0
    while head < most and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < most - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    place = "start" if head == 0 else "end" if tail == 0 else "middle"
    left, right = first[head : len(first) - tail], second[head : len(second) - tail]
    return left, right, place, one + other if one != other else ""


def _parted(entry: str) -> tuple[str, str]:
    return (entry[:-1], entry[-1]) if entry[-1] in TONES else (entry, "0")
