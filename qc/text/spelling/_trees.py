"""Boosted trees: the judge's way from features to a probability, trained and evaluated with numpy.

Gradient boosting for the logistic loss with second-order leaves (Friedman 2001; Chen & Guestrin
2016), on features cut into a few bins. All trees have the same number of nodes, so one array holds
them and all rows go down all trees at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BINS = 32
LEAVES = 6
ROUNDS = 200
RATE = 0.05
LEAST_ROWS = 25  # rows in a leaf
RIDGE = 5.0
ROW_SHARE, COLUMN_SHARE = 0.7, 0.4
NODES = 2 * LEAVES - 1
KINDS = {"column": "<i2", "border": "<f4", "low": "<i2", "value": "<f4"}


class Forest:
    """Trees of `nodes` nodes each, in four columns as bytes; a leaf leads to itself.

    `column` (int16) and `border` (float32) say which child a row goes to: `low` (int16) where its
    value is at most the border, otherwise `low + 1`. `value` (float32) is a leaf's share of the
    log-odds, `base` their start.
    """

    def __init__(self, nodes: int, base: float, columns: Mapping[str, bytes]) -> None:
        self.nodes = nodes
        self.base = base
        self.columns = columns

    @classmethod
    def of(cls, base: float, **columns: Any) -> Forest:
        """From numpy arrays [tree, node]."""
        import numpy as np

        found = {name: np.asarray(columns[name], KINDS[name]).tobytes() for name in sorted(columns)}
        return cls(columns["low"].shape[1], base, found)

    @property
    def trees(self) -> int:
        """How many."""
        return len(self.columns["low"]) // (2 * self.nodes)

    def array(self, name: str) -> Any:
        """A column as [tree, node]."""
        import numpy as np

        return np.frombuffer(self.columns[name], KINDS[name]).reshape(-1, self.nodes)

    def chances(self, rows: Any) -> Any:
        """Probability of every row of features."""
        import numpy as np

        column, border, low, value = map(self.array, ("column", "border", "low", "value"))
        tree = np.arange(len(low))
        line = np.arange(len(rows))[:, None]
        node = np.zeros((len(rows), len(low)), np.int64)
        for _ in range(self.nodes // 2):  # the deepest tree is a chain
            higher = rows[line, column[tree, node]] > border[tree, node]
            below = low[tree, node]
            node = np.where(below == node, node, below + higher)
        score = value[tree, node].sum(1, dtype=np.float64) + self.base
        return 1 / (1 + np.exp(-score))


def train(features: Any, labels: Any, *, seeds: int = 2, rounds: int = ROUNDS) -> Forest:
    """Fit on rows of features and 0/1 labels; the seeds' forests are averaged by score."""
    import numpy as np

    rows = np.asarray(features, np.float32)
    truth = np.asarray(labels, np.float64)
    share = np.clip(truth.mean(), 1e-4, 1 - 1e-4)
    base = float(np.log(share / (1 - share)))
    borders = _borders(rows)
    binned = np.stack(
        [np.searchsorted(border, rows[:, at]) for at, border in enumerate(borders)], axis=1
    )
    grown = [tree for seed in range(seeds) for tree in _boost(binned, truth, base, rounds, seed)]
    column, cut, low, value = (np.stack(part) for part in zip(*grown, strict=True))
    table = np.full((len(borders), BINS), np.inf, np.float32)
    for at, border in enumerate(borders):
        table[at, : len(border)] = border
    return Forest.of(base, column=column, border=table[column, cut], low=low, value=value / seeds)


def _borders(rows: Any) -> list[Any]:
    """At most BINS - 1 borders for each feature, from its quantiles."""
    import numpy as np

    steps = np.linspace(0, 1, BINS + 1)[1:-1]
    return [np.unique(np.quantile(column, steps).astype(np.float32)) for column in rows.T]


def _boost(binned: Any, truth: Any, base: float, rounds: int, seed: int) -> list[Any]:
    import numpy as np

    rng = np.random.default_rng(seed)
    score = np.full(len(truth), base)
    size, width = binned.shape
    trees = []
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-score))
        used = np.flatnonzero(rng.random(size) < ROW_SHARE)
        columns = np.sort(rng.permutation(width)[: max(1, int(width * COLUMN_SHARE))])
        tree = _grow(binned, columns, used, truth - chance, chance * (1 - chance))
        trees.append(tree)
        score += tree[3][_leaf(binned, tree)]
    return trees


def _leaf(binned: Any, tree: Any) -> Any:
    """Leaf of every row."""
    import numpy as np

    column, cut, low, _ = tree
    node = np.zeros(len(binned), np.int64)
    line = np.arange(len(binned))
    for _ in range(LEAVES - 1):
        higher = binned[line, column[node]] > cut[node]
        node = np.where(low[node] == node, node, low[node] + higher)
    return node


def _grow(binned: Any, columns: Any, used: Any, slope: Any, bend: Any) -> Any:
    """One tree, the leaf with the greatest gain first: (column, bin, low child, value) of nodes."""
    import numpy as np

    column, cut = np.zeros(NODES, np.int64), np.zeros(NODES, np.int64)
    low, value = np.arange(NODES), np.zeros(NODES)
    rows = {0: used}
    value[0] = _step(slope[used], bend[used])
    best = {0: _split(binned[np.ix_(used, columns)], slope[used], bend[used])}
    for born in range(1, NODES, 2):
        node = max(best, key=lambda leaf: best[leaf][0])
        gain, at, border = best.pop(node)
        if gain <= 0:
            break
        here = rows.pop(node)
        column[node], cut[node], low[node] = columns[at], border, born
        higher = binned[here, columns[at]] > border
        for child, part in ((born, here[~higher]), (born + 1, here[higher])):
            rows[child] = part
            value[child] = _step(slope[part], bend[part])
            best[child] = _split(binned[np.ix_(part, columns)], slope[part], bend[part])
    return column, cut, low, value


def _step(slope: Any, bend: Any) -> float:
    return float(RATE * slope.sum() / (bend.sum() + RIDGE))


def _split(binned: Any, slope: Any, bend: Any) -> tuple[float, int, int]:
    """Greatest gain, its column and the last bin of the lower side."""
    import numpy as np

    size, width = binned.shape
    if size < 2 * LEAST_ROWS:
        return 0.0, 0, 0
    cell = (binned + np.arange(width) * BINS).ravel()
    sums = [
        np.bincount(cell, np.repeat(weight, width), width * BINS).reshape(width, BINS).cumsum(1)
        for weight in (slope, bend, np.ones(size))
    ]
    (low_slope, low_bend, low_rows) = sums
    slopes, bends = slope.sum(), bend.sum()
    gain = (
        low_slope**2 / (low_bend + RIDGE)
        + (slopes - low_slope) ** 2 / (bends - low_bend + RIDGE)
        - slopes**2 / (bends + RIDGE)
    )
    gain[(low_rows < LEAST_ROWS) | (size - low_rows < LEAST_ROWS)] = 0
    at = int(gain.argmax())
    return float(gain.ravel()[at]), at // BINS, at % BINS
