"""A logistic regression: the steadier half of the judge beside its trees.

With a thousand rows to learn from, trees find what a line cannot and a line is surer of the rest;
the mean of the two is better than either.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from qc.core.record import dataclass

CLIP = 4.0
RIDGE = 30.0
STEPS = 12  # of Newton's method; it has settled by then


@dataclass(frozen=True, slots=True)
class Line:
    """Weights of the scaled features, and the log-odds where all of them are average."""

    mean: list[float]
    scale: list[float]
    weight: list[float]
    bias: float

    def chance(self, row: Iterable[float]) -> float:
        """Probability of a row of features."""
        score = self.bias
        for value, mean, scale, weight in zip(row, self.mean, self.scale, self.weight, strict=True):
            score += weight * min(max((value - mean) / scale, -CLIP), CLIP)
        return 1 / (1 + math.exp(-score))


def train(rows: Any, labels: Any) -> Line:
    """Fit on rows of features and 0/1 labels by Newton's method, with a ridge on the weights."""
    import numpy as np

    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    scaled = np.clip((rows - mean) / scale, -CLIP, CLIP)
    inputs = np.column_stack((scaled, np.ones(len(rows))))
    ridge = np.full(inputs.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (chances - labels) + ridge * weights
        bend = (inputs.T * (chances * (1 - chances))) @ inputs + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return Line(mean.tolist(), scale.tolist(), weights[:-1].tolist(), float(weights[-1]))
