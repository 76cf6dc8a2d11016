"""A run of text under construction: white space collapsed, every piece mapped to the source."""

from __future__ import annotations

from collections.abc import Iterable

from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.documents._syllable import splits

SPACES = " \t\n\r\f"
IRREGULAR = regex(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
UNEVEN = regex(r"[\t\n\r\f]|  ")
LINE_SPACE = regex(r"[ \t]*[\t\n\r\f][ \t\n\r\f]*")
UNEVEN_LINE = regex(r"[\t\n\r\f]")
LAST_WORD = regex(r"\w+\Z")
FIRST_WORD = regex(r"\w+")

Segments = list[tuple[int, int, int, int]]


class Run:
    """Text of one block as it grows. `keep_space` is for preformatted text.

    `squeeze`: repeated spaces inside a line count as one, as in HTML; in Markdown they are what the
    writer typed and stay.
    """

    def __init__(self, *, keep_space: bool = False, squeeze: bool = True) -> None:
        self.keep_space = keep_space
        self._space = IRREGULAR if squeeze else LINE_SPACE
        self._uneven_space = UNEVEN if squeeze else UNEVEN_LINE
        self._before = ("", " ", "\n") if squeeze else ("", "\n")
        self.length = 0
        self._pieces: list[str] = []
        self._segments: Segments = []
        self._boundary = ""
        self._last = ""

    def boundary(self, kind: str) -> None:
        """An element begins or ends here: "link" always parts words, "inline" may."""
        if self._boundary != "link":
            self._boundary = kind

    def add(self, text: str, segments: Iterable[tuple[int, int, int, int]]) -> None:
        """Append decoded text; `segments` map it to the source."""
        if not text or (not self.length and not self.keep_space and not text.strip(SPACES)):
            return
        if self._boundary:
            self._part(text)
        for a, b, s, t in segments:
            if a == b:  # a character reference that stands for nothing
                continue
            piece = text[a:b]
            if b - a != t - s or self.keep_space or not self._uneven(piece):
                self._append(piece, s, t)
            else:
                self._collapsed(piece, s)

    def line_break(self, start: int, end: int) -> None:
        """A forced line break written in the source span [start, end)."""
        self._drop_space()
        self._append("\n", start, end)

    def finish(self) -> tuple[str, OffsetMap]:
        """The text without white space at its end, and its map."""
        if not self.keep_space:
            while self._last in (" ", "\n") and self._pieces:
                self._cut()
        if len(self._segments) == 1:
            return self._pieces[0], OffsetMap((self._segments[0][0],), (self._segments[0],))
        return "".join(self._pieces), OffsetMap.of(self._segments)

    def _uneven(self, piece: str) -> bool:
        lead = piece[0] == " " and self._last in self._before
        return lead or self._uneven_space.search(piece) is not None

    def _collapsed(self, piece: str, source: int) -> None:
        """Append text in which a run of white space that is not one space becomes one."""
        lead = len(piece) - len(piece.lstrip(SPACES))
        position = lead if self._last in self._before else 0
        for match in self._space.finditer(piece, position):
            start = match.start()
            if position < start:
                self._append(piece[position:start], source + position, source + start)
            if self._last not in ("", " ", "\n"):
                self._append(" ", source + start, source + match.end())
            position = match.end()
        if position < len(piece):
            self._append(piece[position:], source + position, source + len(piece))

    def _append(self, piece: str, start: int, end: int) -> None:
        self._pieces.append(piece)
        self._segments.append((self.length, self.length + len(piece), start, end))
        self.length += len(piece)
        self._last = piece[-1]

    def _part(self, text: str) -> None:
        kind, self._boundary = self._boundary, ""
        if not (self._last.isalnum() and text[0].isalnum()):
            return
        if kind == "inline":
            left = LAST_WORD.search("".join(self._pieces[-4:])[-40:])
            right = FIRST_WORD.match(text[:40])
            if left is None or right is None or not splits(left[0], right[0]):
                return
        self._pieces.append(" ")
        self.length += 1
        self._last = " "

    def _drop_space(self) -> None:
        while self._last == " ":
            self._cut()

    def _cut(self) -> None:
        """Remove the last character."""
        piece = self._pieces.pop()[:-1]
        self.length -= 1
        if self._segments and self._segments[-1][1] > self.length:
            a, _, s, t = self._segments.pop()
            if piece:
                self._segments.append((a, self.length, s, t - 1))
        if piece:
            self._pieces.append(piece)
        tail = piece or (self._pieces[-1] if self._pieces else "")
        self._last = tail[-1:] if tail else ""
