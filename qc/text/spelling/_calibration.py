"""From features to a probability: a small network (one hidden layer) trained on labelled mistakes.

The weights are a few thousand numbers in a JSON file beside the table. Training needs numpy only.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qc.core.artefacts import kept
from qc.text.spelling._ensemble import Ensemble
from qc.text.spelling._line import Line
from qc.text.spelling._trees import KINDS, Forest

CLIP = 6.0
PARTS = ("mean", "scale", "hidden", "hidden_bias", "output", "linear", "bias")
Weights = tuple[tuple[int, ...], bytes]


class Calibration:
    """Scale of the features, one hidden layer and a linear path; several seeds are averaged.

    `weights` gives shape and float32 bytes of each part: mean and scale [feature], hidden [seed,
    feature, unit], hidden_bias and output [seed, unit], linear [seed, feature], bias [seed].
    `ensemble` judges again what these probabilities suspect, where there is a context model.
    """

    def __init__(
        self,
        weights: Mapping[str, Weights],
        thresholds: dict[str, float],
        ensemble: Ensemble | None = None,
    ) -> None:
        self.weights = weights
        self.thresholds = thresholds
        self.ensemble = ensemble

    @classmethod
    def of(cls, thresholds: dict[str, float], **parts: Any) -> Calibration:
        """From numpy arrays."""
        import numpy as np

        return cls(
            {
                name: (tuple(np.shape(part)), np.asarray(part, np.float32).tobytes())
                for name, part in parts.items()
            },
            thresholds,
        )

    def __getattr__(self, name: str) -> Any:
        if name not in PARTS:
            raise AttributeError(name)
        import numpy as np

        shape, values = self.weights[name]
        self.__dict__[name] = found = np.frombuffer(values, np.float32).reshape(shape)
        return found

    def probability(self, features: Any) -> Any:
        """Probability that each suspect is a mistake."""
        import numpy as np

        if not len(features):
            return np.zeros(0)
        scaled = np.clip((features - self.mean) / self.scale, -CLIP, CLIP)
        total = np.zeros(len(features))
        for seed in range(len(self.bias)):
            units = np.maximum(scaled @ self.hidden[seed] + self.hidden_bias[seed], 0)
            score = units @ self.output[seed] + scaled @ self.linear[seed] + self.bias[seed]
            total += 1 / (1 + np.exp(-score))
        return total / len(self.bias)


def train(features: Any, labels: Any, *, units: int = 24, seeds: int = 3) -> Calibration:
    """Fit on rows of features and 0/1 labels (Adam, decaying step, weight decay)."""
    import numpy as np

    mean = features.mean(0)
    scale = features.std(0) + 1e-3
    scaled = np.clip((features - mean) / scale, -CLIP, CLIP).astype(np.float32)
    fits = [_fit(scaled, labels.astype(np.float32), units, seed) for seed in range(seeds)]
    hidden, hidden_bias, output, linear, bias = (np.stack(part) for part in zip(*fits, strict=True))
    return Calibration.of(
        {},
        mean=mean,
        scale=scale,
        hidden=hidden,
        hidden_bias=hidden_bias,
        output=output,
        linear=linear,
        bias=bias,
    )


def _fit(rows: Any, labels: Any, units: int, seed: int) -> list[Any]:
    import numpy as np

    rng = np.random.default_rng(seed)
    size = rows.shape[1]
    weights = [
        rng.normal(0, size**-0.5, (size, units)).astype(np.float32),
        np.zeros(units, np.float32),
        rng.normal(0, 0.1, units).astype(np.float32),
        np.zeros(size, np.float32),
        np.array(-3.0, np.float32),
    ]
    optimiser = _Adam(weights)
    epochs, batch = 20, 512
    for epoch in range(epochs):
        order = rng.permutation(len(rows))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            gradients = _gradients(weights, rows[chosen], labels[chosen])
            optimiser.step(gradients, 3e-3 * (1 - epoch / epochs))
    return weights


def _gradients(weights: list[Any], rows: Any, labels: Any) -> list[Any]:
    import numpy as np

    hidden, hidden_bias, output, linear, bias = weights
    units = np.maximum(rows @ hidden + hidden_bias, 0)
    score = units @ output + rows @ linear + bias
    error = (1 / (1 + np.exp(-score)) - labels) / len(rows)
    back = np.outer(error, output) * (units > 0)
    return [rows.T @ back, back.sum(0), units.T @ error, rows.T @ error, error.sum()]


class _Adam:
    """Adam with weight decay on everything but the bias."""

    def __init__(self, weights: list[Any]) -> None:
        import numpy as np

        self._weights = weights
        self._first = [np.zeros_like(weight) for weight in weights]
        self._second = [np.zeros_like(weight) for weight in weights]
        self._steps = 0

    def step(self, gradients: list[Any], rate: float, decay: float = 1e-3) -> None:
        """Move the weights against the gradients."""
        import numpy as np

        self._steps += 1
        for index, weight in enumerate(self._weights):
            gradient = gradients[index] + (decay * weight if index < 4 else 0)
            self._first[index] = 0.9 * self._first[index] + 0.1 * gradient
            self._second[index] = 0.999 * self._second[index] + 0.001 * gradient**2
            first = self._first[index] / (1 - 0.9**self._steps)
            second = self._second[index] / (1 - 0.999**self._steps)
            self._weights[index] = weight - rate * first / (np.sqrt(second) + 1e-8)


def save(calibration: Calibration, path: Path, thresholds: dict[str, float]) -> None:
    """Write the weights with five significant digits."""
    import numpy as np

    head = {"thresholds": thresholds}
    body = {
        name: {
            "shape": list(np.shape(getattr(calibration, name))),
            "values": [float(f"{value:.5g}") for value in np.ravel(getattr(calibration, name))],
        }
        for name in PARTS
    }
    judge = {"judge": _written(calibration.ensemble)} if calibration.ensemble else {}
    path.write_text(json.dumps({**head, **body, **judge}), encoding="utf-8")


def _written(ensemble: Ensemble) -> dict[str, Any]:
    forest, line = ensemble.forest, ensemble.line
    columns = {name: forest.array(name).ravel().tolist() for name in KINDS}
    for name in ("border", "value"):
        columns[name] = [float(f"{value:.6g}") for value in columns[name]]
    straight = {name: getattr(line, name) for name in ("mean", "scale", "weight", "bias")}
    return {"trees": {"nodes": forest.nodes, "base": forest.base, **columns}, "line": straight}


def load(path: Path) -> Calibration:
    """Read what `save` wrote."""
    read = kept("calibration", (path, Path(__file__)), lambda: _read(path))
    weights, thresholds, judge = read
    ensemble = Ensemble(Forest(*judge[0]), Line(*judge[1])) if judge else None
    return Calibration(weights, thresholds, ensemble)


def _read(path: Path) -> tuple[dict[str, Weights], dict[str, float], Any]:
    body = json.loads(path.read_text(encoding="utf-8"))
    weights = {
        name: (tuple(body[name]["shape"]), array("f", body[name]["values"]).tobytes())
        for name in PARTS
    }
    judge = body.get("judge")
    if judge is None:
        return weights, body["thresholds"], None
    trees, line = judge["trees"], judge["line"]
    codes = {name: "h" if kind == "<i2" else "f" for name, kind in KINDS.items()}
    columns = {name: array(code, trees[name]).tobytes() for name, code in codes.items()}
    forest = trees["nodes"], trees["base"], columns
    straight = line["mean"], line["scale"], line["weight"], line["bias"]
    return weights, body["thresholds"], (forest, straight)
