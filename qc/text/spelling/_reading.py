"""Read a text into numbered words: what the scorer looks at, what it leaves alone, and the case."""

from __future__ import annotations

import re
from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text.spelling._syllable import has_marks, has_vietnamese_marks, key_of
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import FOREIGN, NAME, PIECE, symbol_of

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


@dataclass(frozen=True, slots=True)
class Reading:
    """Pieces of a text in order; arrays run parallel to `surfaces`."""

    surfaces: list[str]
    starts: list[int]
    ids: Any  # int64 vocabulary numbers
    shapes: Any  # int8 LOWER CAPITAL UPPER MIXED, -1 for no word
    open: Any  # bool: the scorer may question this piece
    broken: Any  # bool: Vietnamese letters that form no syllable

    def end(self, index: int) -> int:
        """End of a piece in the text."""
        return self.starts[index] + len(self.surfaces[index])


class _Lexer(dict[str, tuple[int, int, bool, bool]]):
    """Surface -> (number, shape, open), filled as surfaces are met; one per table."""

    def __init__(self, table: Table, allowed: frozenset[str]) -> None:
        super().__init__()
        self._index = table.index
        self._allowed = allowed

    def __missing__(self, surface: str) -> tuple[int, int, bool, bool]:
        value = self._classify(surface)
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
        import numpy as np

        shields = [match.span() for match in SHIELDED.finditer(text)]
        surfaces, starts, rows = [], [], []
        lexer = self._lexer
        for match in PIECE.finditer(text):
            surface = match[0]
            surfaces.append(surface)
            starts.append(match.start())
            rows.append(lexer[surface])
        columns = np.array(rows, np.int64).reshape(-1, 4).T.copy()
        reading = Reading(
            surfaces,
            starts,
            columns[0],
            columns[1].astype(np.int8),
            columns[2].astype(bool),
            columns[3].astype(bool),
        )
        _close_shields(reading, shields)
        return reading


def _close_shields(reading: Reading, shields: list[tuple[int, int]]) -> None:
    """Pieces inside addresses, codes and numbers are foreign matter."""
    import numpy as np

    if not shields:
        return
    starts = np.array(reading.starts)
    for start, end in shields:
        first, last = np.searchsorted(starts, (start, end))
        reading.ids[first:last] = NAME
        reading.open[first:last] = False
        reading.broken[first:last] = False
