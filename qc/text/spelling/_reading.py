"""Read a text into numbered words: what the scorer looks at, what it leaves alone, and the case."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cached_property
from typing import Any

from qc.core.chunks import Kept, Spans, find_in_chunks
from qc.core.lazy import regex
from qc.text.spelling._confusions import word_key
from qc.text.spelling._syllable import has_marks, has_vietnamese_marks, key_of
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import FIRST_WORD, FOREIGN, NAME, PIECE, symbol_of

Row = tuple[int, int, bool, bool, str]  # number, shape, open, broken, key

# Each line costs time in proportion to the text: a run of letters, digits or dots without a space
# is read from its beginning only, and no two quantifiers share it.
SHIELDED = regex(
    r"""
    (?:https?://|www\.)\S+                      # web address
    | (?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+    # e-mail address
    | (?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*
      \.(?:vn|com|net|org|edu|gov|info|io|html?|pdf|docx?|xlsx?|jpe?g|png)\b
    | [\#@]\w+                                  # hashtag, account
    | \b(?=[^\W\d]*+\d)[\w.-]{1,80}+(?:/[\w&.-]+)+  # number of an act: 37/2020/TT-BGDĐT
    | \b[A-ZĐ]\w*+(?:[/&-][A-ZĐ]\w*+)+          # GD&ĐT, TT-BGDĐT
    | \b(?=\w*\d)(?=\w*[^\W\d_])\w+             # letters joined to digits
    """,
    re.VERBOSE | re.IGNORECASE,
)

LOWER, CAPITAL, UPPER, MIXED = range(4)


class Reading:
    """Pieces of a text in order; every column runs parallel to `surfaces`.

    The columns are plain arrays; `ids`, `shapes`, `open` and `broken` are the same for numpy.
    """

    def __init__(self, surfaces: list[str], starts: list[int], rows: list[Row]) -> None:
        self.surfaces = surfaces
        self.starts = starts
        numbers, shapes, asked, faulty, keys = zip(*rows, strict=True) if rows else ((),) * 5
        self.numbers = array("i", numbers)
        self.forms = array("b", shapes)
        self.asked = bytearray(asked)
        self.faulty = bytearray(faulty)
        self.keys = list(keys)

    def end(self, index: int) -> int:
        """End of a piece in the text."""
        return self.starts[index] + len(self.surfaces[index])

    def close(self, start: int, end: int) -> None:
        """Pieces inside addresses, codes and numbers are foreign matter."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        for index in range(first, last):
            self.numbers[index] = NAME
            self.asked[index] = self.faulty[index] = 0
            self.keys[index] = word_key(self.surfaces[index])

    @cached_property
    def ids(self) -> Any:
        """int64 vocabulary numbers."""
        import numpy as np

        return np.array(self.numbers, np.int64)

    @cached_property
    def shapes(self) -> Any:
        """int8 LOWER CAPITAL UPPER MIXED, -1 for no word."""
        import numpy as np

        return np.array(self.forms, np.int8)

    @cached_property
    def open(self) -> Any:
        """bool: the scorer may question this piece."""
        import numpy as np

        return np.array(self.asked, bool)

    @cached_property
    def broken(self) -> Any:
        """bool: Vietnamese letters that form no syllable."""
        import numpy as np

        return np.array(self.faulty, bool)


class _Lexer(dict[str, Row]):
    """Surface -> row, filled as surfaces are met; one per table."""

    def __init__(self, table: Table, allowed: frozenset[str]) -> None:
        super().__init__()
        self._index = table.index
        self._vocabulary = table.vocabulary
        self._allowed = allowed

    def __missing__(self, surface: str) -> Row:
        number, shape, is_open, broken = self._classify(surface)
        key = self._vocabulary[number] if number >= FIRST_WORD else word_key(surface)
        value = number, shape, is_open, broken, key
        if len(self) < 200_000:
            self[surface] = value
        return value

    def _classify(self, surface: str) -> tuple[int, int, bool, bool]:
        if not surface[0].isalpha():
            return symbol_of(surface), -1, False, False
        lower = surface.lower()
        shape = shape_of(surface)
        key = key_of(lower)
        number = self._index.get(key or lower)
        if number is None:
            number = FOREIGN if shape == LOWER else NAME
        if lower in self._allowed:
            return number, shape, False, False
        if len(lower) == 1 and key is None:
            return number, shape, False, False  # an item of a list: đ)
        bare_upper = shape == UPPER and (not has_marks(surface) or len(surface) < 3)
        is_open = not bare_upper and shape != MIXED
        broken = is_open and key is None and has_vietnamese_marks(lower)
        return number, shape, is_open, broken


def shape_of(word: str) -> int:
    """Letter case of a word."""
    if word.islower():
        return LOWER
    if len(word) > 1 and word.isupper():
        return UPPER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return CAPITAL
    return MIXED


class Reader:
    """Reads texts against one table; remembers how each surface was classified."""

    def __init__(self, table: Table, allowed: frozenset[str] = frozenset()) -> None:
        self._lexer = _Lexer(table, allowed)

    def read(self, text: str) -> Reading:
        """Number the pieces of an NFC text."""
        surfaces, starts = [], []
        for match in PIECE.finditer(text):
            surfaces.append(match[0])
            starts.append(match.start())
        lexer = self._lexer
        reading = Reading(surfaces, starts, [lexer[surface] for surface in surfaces])
        for start, end in find_in_chunks(text, _SHIELDS):
            reading.close(start, end)
        return reading


def _shields_of(chunk: str) -> Spans:
    return tuple(match.span() for match in SHIELDED.finditer(chunk))


_SHIELDS = Kept(_shields_of)
