"""Fit the calibration on labelled documents and say honestly what it is worth.

The figures come from document-level folds: no document is judged by weights that saw it. The
weights that are kept are then fitted on all documents; the thresholds are those of the folds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from qc.core.record import dataclass
from qc.text.spelling._calibration import Calibration, train
from qc.text.spelling._compiled import Judged
from qc.text.spelling._context import Context
from qc.text.spelling._ensemble import Ensemble
from qc.text.spelling._ensemble import train as set_up
from qc.text.spelling._evaluation import Labelled, best_threshold, precise_threshold
from qc.text.spelling._judge import GATE, describe
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._reading import Reading
from qc.text.spelling._speller import Speller
from qc.text.spelling._suspects import Suspects
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import normalise

FLOOR = 0.02
SEED = 20250525


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is shipped, and the held-out predictions it was judged by."""

    calibration: Calibration
    thresholds: dict[str, float]
    predictions: list[list[Mistake]]


def fit(
    speller: Speller, documents: Sequence[Labelled], *, folds: int = 6, seed: int = SEED
) -> Fitted:
    """Cross-validate by document, choose the thresholds, then fit on everything.

    With a context model what judges a second time is fitted too, on what calibrations that did
    not see a document suspected in it: what they learn from is as unsure as what they will judge.
    """
    readings = [speller.read(normalise(document.text)) for document in documents]
    groups = _groups(len(documents), folds, seed)
    everything = list(range(len(documents)))
    speller.calibration = None
    written = [speller.suspects(reading)[0] for reading in readings]
    parts = []
    suspected: list[list[Judged]] = [[] for _ in documents]
    for held_out in groups:
        seen = [index for index in everything if index not in held_out]
        parts.append(_fit(speller, documents, readings, written, seen))
        for index in held_out:
            suspected[index] = speller.suspected(readings[index], GATE)
    whole = _fit(speller, documents, readings, written, everything)
    if speller.context is not None:
        rows = _Described(speller.table, speller.context, documents, readings, suspected)
        for calibration, held_out in zip(parts, groups, strict=True):
            calibration.ensemble = rows.ensemble([one for one in everything if one not in held_out])
        whole.ensemble = rows.ensemble(everything)
    predictions: list[list[Mistake]] = [[] for _ in documents]
    for calibration, held_out in zip(parts, groups, strict=True):
        speller.calibration = calibration
        for index in held_out:
            predictions[index] = speller.find(documents[index].text, FLOOR)
    speller.calibration = whole
    hint, _ = best_threshold(documents, predictions)
    words = [
        [one for one in found if one.kind in (Kind.WORD, Kind.BROKEN)] for found in predictions
    ]
    precise = precise_threshold(documents, words)
    thresholds = {"hint": hint, "warning": precise[0] if precise else 0.9}
    return Fitted(whole, thresholds, predictions)


class _Described:
    """Features and labels of what was suspected in each document."""

    def __init__(
        self,
        table: Table,
        context: Context,
        documents: Sequence[Labelled],
        readings: Sequence[Reading],
        suspected: Sequence[list[Judged]],
    ) -> None:
        import numpy as np

        self._rows = []
        self._labels = []
        for document, reading, suspects in zip(documents, readings, suspected, strict=True):
            rows = describe(table, context, reading, suspects)
            self._rows.append(np.array(rows, float).reshape(len(rows), -1))
            pieces = [piece for piece, *_ in suspects]
            self._labels.append(_labels(document, reading, pieces))

    def ensemble(self, chosen: Sequence[int]) -> Ensemble | None:
        """What judges, fitted to the chosen documents, None where nothing was suspected in them."""
        import numpy as np

        rows = [self._rows[index] for index in chosen if len(self._rows[index])]
        labels = [self._labels[index] for index in chosen if len(self._rows[index])]
        return set_up(np.concatenate(rows), np.concatenate(labels)) if rows else None


def _groups(size: int, folds: int, seed: int) -> list[set[int]]:
    order = list(range(size))
    random.Random(seed).shuffle(order)
    return [set(order[start::folds]) for start in range(folds)]


def _fit(
    speller: Speller,
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    written: Sequence[Suspects],
    chosen: Sequence[int],
) -> Calibration:
    """Fit once on the text as written, then again with the neighbours corrected added."""
    import numpy as np

    rows: list[Any] = []
    labels: list[Any] = []

    def add(index: int, suspects: Suspects) -> None:
        rows.append(suspects.features.astype(np.float32))
        labels.append(_labels(documents[index], readings[index], suspects.pieces.tolist()))

    for index in chosen:
        add(index, written[index])
    speller.calibration = train(np.concatenate(rows), np.concatenate(labels))
    for index in chosen:
        add(index, speller.suspects(readings[index])[0])
    speller.calibration = fitted = train(np.concatenate(rows), np.concatenate(labels))
    return fitted


def _labels(document: Labelled, reading: Reading, pieces: Sequence[int]) -> Any:
    import numpy as np

    return np.array(
        [
            any(
                label.start < reading.end(piece) and reading.starts[piece] < label.end
                for label in document.labels
            )
            for piece in pieces
        ],
        bool,
    )
