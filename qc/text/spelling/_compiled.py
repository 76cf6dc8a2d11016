"""The compiled kernel, where it was built: reads texts and finds suspects as the Python modules do.

It gives the same pieces, the same suspects and the same probabilities but for the last digits of a
double; the Python and numpy modules remain what it is tested against, and do the work without it.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from qc.text.spelling._calibration import Calibration
from qc.text.spelling._channel import COST, Slip
from qc.text.spelling._confusions import Confusions, word_key
from qc.text.spelling._reading import MIXED, Reader, Reading
from qc.text.spelling._repair import marks_in
from qc.text.spelling._suspects import Extra
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import FIRST_WORD

COLUMNS = (
    "unigrams kinds_before kinds_after capital_share candidate_starts candidates candidate_slips "
    "bigrams bigrams_low trigrams"
).split()
ASKED, FAULTY, ODD = 1, 2, 4
VERSION = 5  # of what is called of the kernel; the same in module.c

Judged = tuple[int, int, int, float]
"""Piece, best candidate, runner-up or -1, probability."""


class CompiledReader:
    """A reader that asks for each new word or odd chunk once, and keeps what it is told of it."""

    def __init__(self, kernel: Any, plain: Reader, confusions: Confusions) -> None:
        self._plain = plain
        self._numbers: dict[str, int] = {"": 0}
        phrases = array("I")
        for first, second in confusions.starts:
            left = self._numbers.setdefault(first, len(self._numbers))
            right = self._numbers.setdefault(second, len(self._numbers))
            phrases.append(left << 16 | right)
        plain_numbers = not any(key[:1].isdigit() for key in self._numbers)
        self._reader = kernel.Reader(self._chunk, phrases, plain_numbers)

    def read(self, text: str) -> Reading:
        """Number the pieces of an NFC text."""
        starts, ends, numbers, forms, asked, faulty, odd, phrases, marks = self._reader.read(text)
        columns = (
            array("i", starts),
            array("i", ends),
            array("i", numbers),
            array("b", forms),
            bytearray(asked),
            bytearray(faulty),
        )
        return Reading(text, columns, odd, marks, phrases)

    def _chunk(self, chunk: str) -> tuple[array[int], array[int]]:
        """Rows of start, end, number, form, flags, key; rows of kind, start, end of the marks."""
        rows, marks = array("i"), array("i")
        for start, end, number, form, asked, faulty in self._plain.pieces(chunk):
            odd = form == MIXED or faulty or (asked and number < FIRST_WORD)
            flags = ASKED * asked | FAULTY * faulty | ODD * bool(odd)
            key = self._numbers.get(word_key(chunk[start:end]), 0)
            rows.extend((start, end, number, form, flags, key))
        for mark in marks_in(chunk):
            marks.extend(mark)
        return rows, marks


class CompiledModel:
    """One table and its calibration, as the kernel holds them."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def judge(self, reading: Reading, extra: Extra, corrected: float, least: float) -> list[Judged]:
        """Every suspect from the probability `least` on, in order.

        Its neighbours are corrected first where they are suspects from `corrected` on.
        """
        rows = array("i")
        for piece, pairs in sorted(extra.items()):
            for number, slip in pairs:
                rows.extend((piece, number, slip))
        found: list[Judged] = self._model.suspects(
            reading.numbers,
            reading.starts,
            reading.ends,
            reading.forms,
            reading.asked,
            reading.faulty,
            rows,
            corrected,
            least,
        )
        return found


def load_reader(plain: Reader, confusions: Confusions) -> CompiledReader | None:
    """The compiled reader, or None where the kernel was not built."""
    kernel = _kernel()
    return None if kernel is None else CompiledReader(kernel, plain, confusions)


@lru_cache(maxsize=1)
def load_model(table: Table, calibration: Calibration) -> CompiledModel | None:
    """The compiled model, or None where the kernel was not built or knows no such table.

    The spellers of several word lists share it.
    """
    kernel = _kernel()
    if kernel is None or not all(map(table.holds, COLUMNS)):
        return None
    if calibration.weights["mean"][0] != (kernel.FEATURES,) or len(Slip) != kernel.SLIPS:
        return None
    columns: dict[str, Any] = {name: table.raw(name) for name in COLUMNS}
    for name in ("bigrams", "trigrams"):
        columns[f"{name}_shape"] = tuple(table.facts[name])
    columns |= {name: values for name, (_, values) in calibration.weights.items()}
    columns["costs"] = array("f", [COST[slip] for slip in Slip])
    seeds, units = calibration.weights["hidden_bias"][0]
    return CompiledModel(kernel.Model(columns, len(table.vocabulary), units, seeds))


def load_context(columns: Mapping[str, memoryview], vocabulary: int) -> Any:
    """The compiled model of what stands around a word, or None where the kernel was not built."""
    kernel = _kernel()
    return None if kernel is None else kernel.Context(dict(columns), vocabulary)


def load_forest(columns: Mapping[str, Any], trees: int, nodes: int, base: float) -> Any:
    """The compiled trees, or None where the kernel was not built."""
    kernel = _kernel()
    return None if kernel is None else kernel.Forest(dict(columns), trees, nodes, base)


def has_kernel() -> bool:
    """Whether the kernel of this version was built."""
    return _kernel() is not None


def _kernel() -> Any:
    """The kernel, or None where none was built, or one of another state of this code."""
    try:
        from qc.text.spelling import _kernel as kernel
    except ImportError:
        return None
    return kernel if getattr(kernel, "VERSION", 0) == VERSION else None
