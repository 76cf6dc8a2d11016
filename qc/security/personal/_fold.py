"""The folded view: lower case, no accents, plain digits, dashes and spaces, with the way back.

Cue words and numbers are looked for in this view, so that NFC and NFD, full-width digits,
zero-width characters and unaccented typing read alike.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from qc.core.chunks import Kept
from qc.core.lazy import regex
from qc.core.record import dataclass

if TYPE_CHECKING:
    from qc.core.article import Block

_DASHES = "‐‑‒–—―−﹘﹣－"
_DROPPED = regex(
    "[\u0300-\u036f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form; `original(i, j)` is the span it stands for in the source."""

    text: str
    source: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source text behind the span [start, end) of the view."""
        if not self.cuts:
            return start, end
        if start >= end:
            place = self._place(start)
            return place, place
        last = self._place(end - 1) + 1
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return self._place(start), last

    def slice(self, start: int, end: int) -> str:
        """The source text behind a span of the view."""
        begin, stop = self.original(start, end)
        return self.source[begin:stop]

    def folded_index(self, place: int) -> int:
        """The index in the view of a place in the source (of what precedes it if dropped)."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self._place(middle) < place:
                low = middle + 1
            else:
                high = middle
        return low

    def _place(self, index: int) -> int:
        return index + self.shifts[bisect_right(self.cuts, index)]


def fold(text: str) -> Folded:
    """Fold `text`. Linear in its length; one code point stays one, or is dropped."""
    if text.isascii():
        return Folded(text.lower(), text)
    try:
        return Folded(" ".join(map(_WORDS.__getitem__, text.split(" "))), text)
    except TypeError:  # of a word that holds what is dropped
        return _shortened(text)


def _shortened(text: str) -> Folded:
    pieces: list[str] = []
    cuts: list[int] = []
    shifts = [0]
    position = dropped = 0
    for match in _DROPPED.finditer(text):
        pieces.append(text[position : match.start()])
        cuts.append(match.start() - dropped)
        dropped += match.end() - match.start()
        shifts.append(dropped)
        position = match.end()
    pieces.append(text[position:])
    return Folded("".join(pieces).translate(_table()), text, tuple(cuts), tuple(shifts))


def _word(word: str) -> str | None:
    """The folded word; None where a code point of it is dropped."""
    return None if _DROPPED.search(word) else word.translate(_table())


_WORDS: Kept[Any] = Kept(_word)


def folded(text: str) -> str:
    """Only the folded text."""
    return fold(text).text


def block_fold(block: Block) -> Folded:
    """The folded NFC text of a block, made once."""
    return block.memo("security-fold", lambda: fold(block.nfc.text))


def fold_pieces(text: str, pieces: Iterable[tuple[int, int, Block]]) -> Folded:
    """`fold(text)`, put together from the folded blocks that stand in it where that is the same."""
    parts: list[str] = []
    at = 0
    for start, end, block in pieces:
        view = block_fold(block)
        plain = view.source.isprintable() or not view.source.isascii()
        if view.cuts or not plain or view.source != text[start:end]:
            return fold(text)
        parts += (text[at:start], view.text)
        at = end
    return Folded("".join(parts), text) if at == len(text) else fold(text)


class _Table(dict[int, str]):
    """Folds one code point to one code point, remembering what it has seen."""

    def __missing__(self, code: int) -> str:
        value = _fold_one(chr(code))
        self[code] = value
        return value


@cache
def _table() -> _Table:
    return _Table()


def _fold_one(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character in "đĐðÐ":
        return "d"
    if character.isspace():
        return (
            "\n"
            if character in "\n\x0b\x0c\x85\u2028\u2029"
            else "\t"
            if character == "\t"
            else " "
        )
    base = unicodedata.normalize("NFKD", character)[:1] or character
    lower = base.lower()
    return lower if len(lower) == 1 else base
