"""A classifier of comments: characters n-grams, hashed, with one weight each.

No model is shipped: the public comment sets may not be redistributed. A portal trains one on its
own moderated comments. Training is logistic regression by stochastic gradient descent with
per-weight step sizes (AdaGrad); it needs numpy, and seconds for ten thousand comments.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from qc.core.errors import Unavailable
from qc.core.lazy import regex
from qc.core.record import dataclass

BITS = 18
SHORTEST, LONGEST = 2, 5
FORMAT = 1
_WORD = regex(r"\S+")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of the hashed n-grams, and the bias."""

    weights: Any
    bias: float

    def score(self, text: str) -> float:
        """How probably a text is toxic, 0 to 1."""
        return _sigmoid(self.bias + _mean(self.weights, features(text)))


def features(text: str) -> list[int]:
    """The hashed n-grams of the words of a text, each once."""
    found: set[int] = set()
    mask = (1 << BITS) - 1
    for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()):
        word = f" {match[0][:40]} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(max(len(word) - size + 1, 1)):
                found.add(zlib.crc32(word[start : start + size].encode()) & mask)
    return sorted(found)


def train(texts: Sequence[str], toxic: Sequence[bool], *, epochs: int = 6, seed: int = 1) -> Model:
    """Fit a model. Both kinds weigh the same, however few the toxic ones are."""
    import numpy as np

    rng = np.random.default_rng(seed)
    rows = [np.array(features(text), dtype=np.int64) for text in texts]
    positive = max(sum(toxic), 1)
    balance = max(len(toxic) - positive, 1) / positive
    weights = np.zeros(1 << BITS)
    squares = np.full(1 << BITS, 1e-6)
    bias = 0.0
    for epoch in range(epochs):
        for index in rng.permutation(len(rows)):
            row = rows[index]
            if not len(row):
                continue
            guess = _sigmoid(bias + _mean(weights, row))
            error = (guess - toxic[index]) * (balance if toxic[index] else 1.0)
            slope = error / len(row) ** 0.5 + 1e-6 * weights[row]
            squares[row] += slope * slope
            weights[row] -= 0.3 * slope / np.sqrt(squares[row])
            bias -= 0.02 / (1 + epoch) * error
    return Model(weights, float(bias))


def split(count: int, share: float, seed: int) -> Iterator[bool]:
    """For each of `count` rows whether it is held out for measuring."""
    for index in range(count):
        yield zlib.crc32(f"{seed}:{index}".encode()) % 1000 < share * 1000


def save(model: Model, path: Path) -> None:
    """Write a model as a numpy archive without pickled objects."""
    import numpy as np

    with path.open("wb") as stream:
        np.savez_compressed(
            stream,
            format=np.array(FORMAT),
            bias=np.array(model.bias),
            weights=model.weights.astype(np.float16),
        )


@lru_cache(maxsize=2)
def load(path: str) -> Model:
    """Read a model; Unavailable where it is missing or not one of ours."""
    try:
        import numpy as np

        with np.load(path, allow_pickle=False) as stored:
            if int(stored["format"]) != FORMAT or len(stored["weights"]) != 1 << BITS:
                raise ValueError("not this version")
            return Model(stored["weights"].astype(np.float32), float(stored["bias"]))
    except (OSError, ValueError, KeyError) as error:
        raise Unavailable(f"the comment model {path} cannot be read: {error}") from error


def _mean(weights: Any, row: Any) -> float:
    return float(weights[row].sum()) / len(row) ** 0.5 if len(row) else 0.0


def _sigmoid(value: float) -> float:
    return 1 / (1 + exp(-max(min(value, 30.0), -30.0)))
