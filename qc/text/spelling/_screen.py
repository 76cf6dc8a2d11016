"""The compiled screen: where a text may hold a suspect, at a tenth of the cost of finding out.

The kernel does the arithmetic of the numpy modules in single precision, in another order; it agrees
with them to some millionths. So it only chooses the pieces, with room to spare (`SLACK`), and
those are judged by the numpy modules: reports are the same with and without it.
"""

from __future__ import annotations

from array import array
from typing import Any

from qc.text.spelling._calibration import Calibration
from qc.text.spelling._channel import COST, Slip
from qc.text.spelling._reading import Reading
from qc.text.spelling._suspects import Extra
from qc.text.spelling._table import Table

SLACK = 1e-3
COLUMNS = (
    "unigrams kinds_before kinds_after capital_share candidate_starts candidates candidate_slips "
    "bigrams bigrams_low trigrams"
).split()


class Screen:
    """One table and its calibration, as the kernel holds them."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def find(
        self, reading: Reading, ids: array[int], extra: Extra, least: float
    ) -> list[tuple[int, int, float]]:
        """(piece, best candidate, probability) of every suspect from `least` on, in order.

        `ids` are the numbers of the pieces, with neighbours corrected; `extra` as for
        `find_suspects`.
        """
        rows = array("i")
        for piece, pairs in sorted(extra.items()):
            for number, slip in pairs:
                rows.extend((piece, number, slip))
        found: list[tuple[int, int, float]] = self._model.suspects(
            reading.numbers,
            ids,
            array("i", map(len, reading.surfaces)),
            reading.forms,
            reading.asked,
            reading.faulty,
            rows,
            least,
        )
        return found


def load_screen(table: Table, calibration: Calibration | None) -> Screen | None:
    """The screen, or None where the kernel was not compiled or does not know this table."""
    if calibration is None or not all(map(table.holds, COLUMNS)):
        return None
    try:
        from qc.text.spelling._kernel import Model
    except ImportError:
        return None
    columns: dict[str, Any] = {name: table.raw(name) for name in COLUMNS}
    for name in ("bigrams", "trigrams"):
        columns[f"{name}_shape"] = tuple(table.facts[name])
    columns |= {name: values for name, (_, values) in calibration.weights.items()}
    columns["costs"] = array("f", [COST[slip] for slip in Slip])
    seeds, units = calibration.weights["hidden_bias"][0]
    return Screen(Model(columns, len(table.vocabulary), units, seeds))
