"""Turn n-gram counts into the shipped table: prune, quantise, precompute candidates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qc.text.spelling._channel import COST, candidates
from qc.text.spelling._counting import Counts
from qc.text.spelling._fuse import Fuse, build
from qc.text.spelling._strangers import forms_of
from qc.text.spelling._syllable import TONES
from qc.text.spelling._table import BIGRAM_STEPS, TRIGRAM_STEPS, write_table
from qc.text.spelling._tokens import FIRST_WORD

MAX_CANDIDATES = 72
MIN_CANDIDATE_COUNT = 8
LONGEST_BARE = 7


def build_table(
    counts: Counts, path: Path, facts: Mapping[str, Any], *, min_pair: int, min_triple: int
) -> int:
    """Write the table; pairs and triples seen less often than the two limits are left out."""
    import numpy as np

    pair_keys, pair_counts = counts.bigrams
    size = len(counts.vocabulary)
    before = np.bincount(pair_keys & np.uint32(0xFFFF), minlength=size)
    after = np.bincount(pair_keys >> np.uint32(16), minlength=size)
    keep = pair_counts >= min_pair
    bigrams = build(pair_keys[keep], _quantise(pair_counts[keep], BIGRAM_STEPS, 255), 8, 16)
    triple_keys, triple_counts = counts.trigrams
    keep = (triple_counts >= min_triple) & _both_pairs(
        triple_keys, pair_keys[pair_counts >= min_pair]
    )
    trigrams = build(triple_keys[keep], _quantise(triple_counts[keep], TRIGRAM_STEPS, 63), 6, 10)
    starts, numbers, slips = _candidate_columns(counts)
    arrays = {
        "vocabulary": "\n".join(counts.vocabulary).encode(),
        "unigrams": _quantise(counts.unigrams, BIGRAM_STEPS, 255).astype(np.uint8),
        "kinds_before": _quantise(before, BIGRAM_STEPS, 255).astype(np.uint8),
        "kinds_after": _quantise(after, BIGRAM_STEPS, 255).astype(np.uint8),
        "capital_share": _capital_share(counts),
        "candidate_starts": starts,
        "candidates": numbers,
        "candidate_slips": slips,
        **_planes("bigrams", bigrams),
        **_planes("trigrams", trigrams),
    }
    geometry = {"bigrams": _geometry(bigrams), "trigrams": _geometry(trigrams)}
    kept = {"pairs": len(pair_keys[pair_counts >= min_pair]), "triples": int(keep.sum())}
    return write_table(path, arrays, {**facts, **geometry, "kept": kept, "tokens": counts.tokens})


def _both_pairs(triples: Any, pairs: Any) -> Any:
    """Which triples have both their pairs in the table (the others would never be looked up)."""
    import numpy as np

    left = (triples >> np.uint64(16)).astype(np.uint32)
    right = triples.astype(np.uint32)
    found = np.ones(len(triples), bool)
    for part in (left, right):
        at = np.minimum(np.searchsorted(pairs, part), len(pairs) - 1)
        found &= pairs[at] == part
    return found


def _quantise(values: Any, steps: float, limit: int) -> Any:
    import numpy as np

    logs = np.log(np.maximum(values, 1)) * steps
    return np.clip(np.rint(logs), 0, limit).astype(np.uint32)


def _capital_share(counts: Counts) -> Any:
    import numpy as np

    share = counts.capitalised / np.maximum(counts.unigrams, 1)
    return np.clip(share * 255, 0, 255).astype(np.uint8)


def _planes(name: str, fuse: Fuse) -> dict[str, Any]:
    return dict(zip((name, f"{name}_low"), fuse.planes, strict=False))


def _geometry(fuse: Fuse) -> list[int]:
    return [
        fuse.segment_bits,
        fuse.segments,
        fuse.value_bits,
        fuse.fingerprint_bits,
        fuse.seed,
    ]


def _candidate_columns(counts: Counts) -> tuple[Any, Any, Any]:
    """For every syllable its likeliest intended syllables: starts, numbers, slips."""
    import math

    import numpy as np

    forms = forms_of(counts.vocabulary)
    frequency = counts.unigrams.tolist()
    starts, numbers, slips = [0], [], []
    for number, entry in enumerate(counts.vocabulary):
        found = {}
        if number >= FIRST_WORD and entry[-1] in TONES:
            found = candidates(entry[:-1], int(entry[-1]), forms)
        elif number >= FIRST_WORD and len(entry) <= LONGEST_BARE:
            found = candidates(entry, 0, forms)  # "hoc": a syllable that lost its marks
        ranked = sorted(
            (COST[slip] - math.log(frequency[other]), other, slip)
            for other, slip in found.items()
            if other != number and frequency[other] >= MIN_CANDIDATE_COUNT
        )[:MAX_CANDIDATES]
        numbers += [other for _, other, _ in ranked]
        slips += [int(slip) for _, _, slip in ranked]
        starts.append(len(numbers))
    return (
        np.array(starts, np.uint32),
        np.array(numbers, np.uint16),
        np.array(slips, np.uint8),
    )
