"""Fit the calibration on labelled documents and say honestly what it is worth.

The figures come from document-level folds: no document is judged by weights that saw it. The
weights that are kept are then fitted on all documents; the thresholds are those of the folds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from qc.core.record import dataclass
from qc.text.spelling._calibration import Calibration, train
from qc.text.spelling._evaluation import Labelled, best_threshold, precise_threshold
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._reading import Reading
from qc.text.spelling._speller import Speller
from qc.text.spelling._suspects import Suspects
from qc.text.spelling._tokens import normalise

FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is shipped, and the held-out predictions it was judged by."""

    calibration: Calibration
    thresholds: dict[str, float]
    predictions: list[list[Mistake]]


def fit(speller: Speller, documents: Sequence[Labelled], *, folds: int = 6) -> Fitted:
    """Cross-validate by document, choose the thresholds, then fit on everything."""
    readings = [speller.read(normalise(document.text)) for document in documents]
    groups = _groups(len(documents), folds)
    predictions: list[list[Mistake]] = [[] for _ in documents]
    for held_out in groups:
        seen = [index for index in range(len(documents)) if index not in held_out]
        speller.calibration = _fit(speller, documents, readings, seen)
        for index in held_out:
            predictions[index] = speller.find(documents[index].text, FLOOR)
    speller.calibration = _fit(speller, documents, readings, list(range(len(documents))))
    hint, _ = best_threshold(documents, predictions)
    words = [
        [one for one in found if one.kind in (Kind.WORD, Kind.BROKEN)] for found in predictions
    ]
    precise = precise_threshold(documents, words)
    thresholds = {"hint": hint, "warning": precise[0] if precise else 0.9}
    return Fitted(speller.calibration, thresholds, predictions)


def _groups(size: int, folds: int) -> list[set[int]]:
    order = list(range(size))
    random.Random(20250525).shuffle(order)
    return [set(order[start::folds]) for start in range(folds)]


def _fit(
    speller: Speller,
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    chosen: Sequence[int],
) -> Calibration:
    """Fit once on the text as written, then again with the neighbours corrected added."""
    import numpy as np

    speller.calibration = None
    rows: list[Any] = []
    labels: list[Any] = []
    for _ in range(2):
        for index in chosen:
            suspects = speller.suspects(readings[index])[0]
            rows.append(suspects.features.astype(np.float32))
            labels.append(_labels(documents[index], readings[index], suspects))
        speller.calibration = train(np.concatenate(rows), np.concatenate(labels))
    return speller.calibration  # type: ignore[return-value]


def _labels(document: Labelled, reading: Reading, suspects: Suspects) -> Any:
    import numpy as np

    return np.array(
        [
            any(
                label.start < reading.end(piece) and reading.starts[piece] < label.end
                for label in document.labels
            )
            for piece in suspects.pieces.tolist()
        ],
        bool,
    )
