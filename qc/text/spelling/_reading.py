"""Read a text into numbered words: what the scorer looks at, what it leaves alone, and the case."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

from qc.core.chunks import Kept, Spans, find_in_chunks
from qc.core.lazy import regex
from qc.text.spelling._confusions import word_key
from qc.text.spelling._repair import Marks, marks_of
from qc.text.spelling._syllable import has_marks, has_vietnamese_marks, key_of
from qc.text.spelling._table import Table
from qc.text.spelling._tokens import FIRST_WORD, FOREIGN, NAME, PIECE, symbol_of

Row = tuple[int, int, bool, bool]  # number, shape, open, broken
Columns = tuple[Any, Any, Any, Any, Any, Any]  # starts, ends, numbers, forms, asked, faulty

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
    """Pieces of an NFC text in order; every column runs parallel to the others.

    The columns are plain sequences of numbers; `ids`, `shapes`, `open` and `broken` are the same
    for numpy.
    """

    def __init__(
        self,
        text: str,
        columns: Columns,
        odd: list[int],
        marks: Marks,
        phrases: list[int] | None = None,
    ) -> None:
        self.text = text
        self.starts, self.ends, self.numbers, self.forms, self.asked, self.faulty = columns
        self.odd = odd  # pieces that are no plain word of the table
        self.marks = marks
        self.phrases = phrases  # pieces with which a confusion may begin, where that is known

    def __len__(self) -> int:
        return len(self.starts)

    def surface(self, index: int) -> str:
        """A piece as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    @cached_property
    def surfaces(self) -> list[str]:
        """All pieces as they are written."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    @cached_property
    def keys(self) -> Keys:
        """The key of each piece (see `word_key`)."""
        return Keys(self)

    def end(self, index: int) -> int:
        """End of a piece in the text."""
        end: int = self.ends[index]
        return end

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


class Keys(Sequence[str]):
    """The keys of a reading, made when they are asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __len__(self) -> int:
        return len(self._reading)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        reading = self._reading
        return _KEYS[reading.text[reading.starts[at] : reading.ends[at]]]


class _Lexer:
    """Surface -> row; one per table."""

    def __init__(self, table: Table, allowed: frozenset[str]) -> None:
        self._index = table.index
        self._allowed = allowed

    def row(self, surface: str) -> Row:
        """Number, shape, whether the scorer may question it, whether it is broken."""
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
        self._rows = Kept(_Lexer(table, allowed).row)

    def read(self, text: str) -> Reading:
        """Number the pieces of an NFC text."""
        starts, ends = array("i"), array("i")
        for match in PIECE.finditer(text):
            starts.append(match.start())
            ends.append(match.end())
        rows = self._rows
        read = [rows[text[start:end]] for start, end in zip(starts, ends, strict=True)]
        numbers, forms, asked, faulty = zip(*read, strict=True) if read else ((),) * 4
        columns = array("i", numbers), array("b", forms), bytearray(asked), bytearray(faulty)
        for start, end in find_in_chunks(text, _SHIELDS):
            _close(starts, columns, start, end)
        odd = [
            index
            for index, (number, form, asks, fails) in enumerate(zip(*columns, strict=True))
            if form == MIXED or fails or (asks and number < FIRST_WORD)
        ]
        return Reading(text, (starts, ends, *columns), odd, marks_of(text))

    def pieces(self, chunk: str) -> Iterator[tuple[int, int, int, int, bool, bool]]:
        """Start, end, number, form, asked and faulty of the pieces of one chunk; as `read`."""
        if chunk.isalpha():
            yield 0, len(chunk), *self._rows[chunk]
            return
        shields = _shields_of(chunk)
        for match in PIECE.finditer(chunk):
            start, end = match.span()
            number, form, asked, faulty = self._rows[match[0]]
            if shields and any(first <= start < last for first, last in shields):
                number, asked, faulty = NAME, False, False
            yield start, end, number, form, asked, faulty


def _close(starts: Any, columns: tuple[Any, Any, Any, Any], start: int, end: int) -> None:
    """Pieces inside addresses, codes and numbers are foreign matter."""
    numbers, _, asked, faulty = columns
    for index in range(bisect_left(starts, start), bisect_left(starts, end)):
        numbers[index] = NAME
        asked[index] = faulty[index] = 0


def _shields_of(chunk: str) -> Spans:
    return tuple(match.span() for match in SHIELDED.finditer(chunk))


_SHIELDS = Kept(_shields_of)
_KEYS = Kept(word_key)
