"""UTF-16 offsets: clients of LanguageTool count as Java and JavaScript do."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Turns offsets in code points of one text into offsets in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._astral: tuple[int, ...] = ()
        if not text.isascii() and max(text, default="") > "\uffff":
            self._astral = tuple(i for i, letter in enumerate(text) if letter > "\uffff")

    def at(self, offset: int) -> int:
        """The code units before a code point."""
        return offset + bisect_left(self._astral, offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offset and length of a span."""
        first = self.at(start)
        return first, self.at(end) - first
