"""What a judge decides by."""

from __future__ import annotations

from typing import Any

from qc.core.record import dataclass
from qc.text.spelling import _line, _trees
from qc.text.spelling._line import Line
from qc.text.spelling._trees import Forest


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Trees and a line, fitted to one context model."""

    forest: Forest
    line: Line


def train(rows: Any, labels: Any) -> Ensemble:
    """Fit both on rows of features and 0/1 labels."""
    return Ensemble(_trees.train(rows, labels), _line.train(rows, labels))
