"""Sentences of a text, near enough for a client to show one around a finding."""

from __future__ import annotations

import re
from bisect import bisect_right

# It begins only where a run of marks begins, so that a text of nothing but dots costs no square.
END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+\s+|[\r\n]+\s*")


class Sentences:
    """Where the sentences of a text begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in END.finditer(text) if match.end())]

    def around(self, start: int) -> tuple[int, int]:
        """The span of the sentence that holds an offset, without the space behind it."""
        index = bisect_right(self._starts, start) - 1
        first = self._starts[index]
        follows = index + 1 < len(self._starts)
        last = self._starts[index + 1] if follows else len(self.text)
        return first, first + len(self.text[first:last].rstrip())

    def ranges(self) -> list[tuple[int, int]]:
        """The spans of all sentences that hold anything."""
        spans = (self.around(start) for start in self._starts)
        return [(start, end) for start, end in spans if start < end]
