"""The NFC view of a text, with the way back to the original code points."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator

from qc.core.record import dataclass


@dataclass(frozen=True, slots=True)
class NfcView:
    """`text` is the NFC form; `original(i, j)` gives the span in the text it was made from.

    `begins[k]` and `ends[k]` are the original span of the k-th code point of the view; both
    are None when the text was NFC already.
    """

    text: str
    begins: array[int] | None = None
    ends: array[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that the span [start, end) of the view stands for."""
        if self.begins is None or self.ends is None:
            return start, end
        if start < end:
            return self.begins[start], self.ends[end - 1]
        if start < len(self.begins):
            return self.begins[start], self.begins[start]
        tail = self.ends[-1] if self.ends else 0
        return tail, tail


def nfc_view(text: str) -> NfcView:
    """Normalise `text` to NFC, keeping the offsets. Time is linear in the length of the text."""
    if unicodedata.is_normalized("NFC", text):
        return NfcView(text)
    begins: array[int] = array("l")
    ends: array[int] = array("l")
    pieces: list[str] = []
    for begin, end in _chunks(text):
        chunk = text[begin:end]
        piece = unicodedata.normalize("NFC", chunk)
        pieces.append(piece)
        if piece == chunk:
            begins.extend(range(begin, end))
            ends.extend(range(begin + 1, end + 1))
        else:
            begins.extend([begin] * len(piece))
            ends.extend([end] * len(piece))
    return NfcView("".join(pieces), begins, ends)


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Runs that normalise independently: plain stretches, and a starter with its marks."""
    plain = index = 0
    length = len(text)
    while index < length:
        if text[index] < "\u0300" or not _joins_back(text[index]):
            index += 1
            continue
        base = max(index - 1, plain)
        if plain < base:
            yield plain, base
        while index < length and text[index] >= "\u0300" and _joins_back(text[index]):
            index += 1
        yield base, index
        plain = index
    if plain < length:
        yield plain, length


def _joins_back(character: str) -> bool:
    """Whether normalisation may change or compose this code point with what stands before."""
    return (
        unicodedata.combining(character) != 0
        or 0x1161 <= ord(character) <= 0x11C2
        or character in _BACKWARD
        or not unicodedata.is_normalized("NFC", character)
    )


_BACKWARD = frozenset(
    "\u09be\u09d7\u0b3e\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)
