"""What stands around a word, near and far: how well it and its candidates fit there.

The n-grams of the table see two words on each side. Here every word has three short vectors: one
as a near neighbour, one as a far neighbour and one as the word asked about. The near neighbours
(eight on each side) are weighed by their place and added up, three of them on each side also pass
a hidden layer, and the far ones (up to seventy) say what the text is about. The sum, multiplied
with a word's own vector, tells how well the word fits. Vectors are bytes with a scale per word.

The same file says how often writers write one word for another (`rates`), for every candidate of
the table: counted on the corpora, where the n-grams alone were sure of a mistake.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qc.text.spelling._compiled import load_context
from qc.text.spelling._table import Columns, Table, open_columns
from qc.text.spelling._tokens import BREAK

SIZE = 96  # numbers of a vector
SIDE = 8  # near neighbours on each side
NEAR = 3  # of them before the hidden layer
HIDDEN = 96
FAR = 70  # far neighbours on each side, less the near ones
DRAWS = 12  # far neighbours that were drawn in training, where a sum of so many was learned
RATE_STEPS = 12.0  # a rate is kept as a byte: log(rate) = -value / RATE_STEPS
SURE_STEPS = 255.0
COLUMNS = (
    "near near_scale far far_scale out out_scale place bias weight hidden hidden_bias hidden_out"
).split()
UNKNOWN = (-11.0, -11.0, 0.0)  # rates of a word that the table does not know


class Context:
    """The model of one file, for the table it was made with."""

    def __init__(self, columns: Columns, table: Table, *, compiled: bool = True) -> None:
        if columns.facts["table"] != table.digest:
            raise ValueError(
                "the context model was made with another table of syllables; "
                "make it again or take the table it came with"
            )
        self._columns = columns
        self._table = table
        parts = {name: columns.raw(name) for name in COLUMNS}
        self._model = load_context(parts, len(table.vocabulary)) if compiled else None

    def scores(self, words: array[int], piece: int, candidates: Sequence[int]) -> list[float]:
        """How well each candidate fits in the place of a piece; differences are log-odds."""
        if self._model is not None:
            found: list[float] = self._model.scores(words, piece, array("i", candidates))
            return found
        import numpy as np

        chosen = np.array(candidates, np.int64)
        rows, scale = self._vectors("out")
        sums = rows[chosen] @ self._around(np.array(words, np.int64), piece)
        fits: list[float] = (sums * scale[chosen] + self._numbers("bias")[chosen]).tolist()
        return fits

    def rates(self, word: int, candidate: int) -> tuple[float, float, float]:
        """Of writing `word` for `candidate`: log rate of such a slip, of this pair, and sureness.

        Sureness are the log-odds that such a suspicion was a certain one on the corpora.
        """
        first, last = self._table.candidates_of(word)
        listed = self._table.raw("candidates").cast("H")[first:last].tolist()
        if candidate not in listed:
            return UNKNOWN
        row = first + listed.index(candidate)
        slip, pair, sure = (
            self._columns.raw(name)[row] for name in ("slip_rate", "pair_rate", "sureness")
        )
        share = (sure + 0.5) / (SURE_STEPS + 1)
        return -slip / RATE_STEPS, -pair / RATE_STEPS, math.log(share / (1 - share))

    def _around(self, words: Any, piece: int) -> Any:
        """What stands around a piece, as one vector."""
        import numpy as np

        padded = np.concatenate((np.full(SIDE, BREAK), words, np.full(SIDE, BREAK)))
        steps = np.arange(1, SIDE + 1)
        beside = np.concatenate((padded[piece + SIDE - steps], padded[piece + SIDE + steps]))
        rows, scale = self._vectors("near")
        near = rows[beside] * scale[beside][:, None]
        total = (near * self._numbers("place").reshape(2 * SIDE, SIZE)).sum(0)
        order = [*range(NEAR - 1, -1, -1), *range(SIDE, SIDE + NEAR)]
        hidden = self._numbers("hidden").reshape(2 * NEAR * SIZE, HIDDEN)
        units = near[order].ravel() @ hidden + self._numbers("hidden_bias")
        total += np.maximum(units, 0) @ self._numbers("hidden_out").reshape(HIDDEN, SIZE)
        first, last = max(piece - FAR, 0), max(piece - SIDE, 0)
        far = np.concatenate((words[first:last], words[piece + SIDE + 1 : piece + FAR + 1]))
        weight = self._numbers("weight")[far]
        if weight.sum() > 0:
            rows, scale = self._vectors("far")
            drawn = DRAWS * weight.sum() / (2 * FAR - 2 * SIDE)
            total += (weight * scale[far]) @ rows[far] * (math.sqrt(drawn) / weight.sum())
        return total

    def _vectors(self, name: str) -> tuple[Any, Any]:
        return self._columns.column(name).reshape(-1, SIZE), self._numbers(f"{name}_scale")

    def _numbers(self, name: str) -> Any:
        import numpy as np

        return self._columns.column(name).astype(np.float64)


def open_context(path: Path, table: Table, *, compiled: bool = True) -> Context | None:
    """The model of a file, or None where there is none."""
    return Context(open_columns(path), table, compiled=compiled) if path.exists() else None
