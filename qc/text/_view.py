"""The folded view: one normalised text per article, with exact offsets back to the original.

Two strings are made in C-level passes. `shape` has one class character for each code point of
the original (so its offsets are the original's); `text` is what is searched: separators are one
space, ignorable characters are gone and repeated letters are one. Only the places where a run was
shortened are remembered, so the way back is one bisection. Diacritics are not kept in the folded
text: they are read from the original where a match is verified.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qc.core.chunks import Kept
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text._letters import BREAK, FOLD, IGNORED, JOINT, PARAGRAPH_SEPARATOR, SPACE

if TYPE_CHECKING:
    from qc.core.article import Article, Block

BLOCK_GAP = f" {PARAGRAPH_SEPARATOR} "
_RUN_IGNORED = regex(r"([a-z ~\n])\x00*(?:\1\x00*)+|\x00+")
# "!" is read as i between letters (x!u) and behind a symbol that is a letter (t@!, bu0!)
_BANG = regex(  # the literal first: a search for it is quick
    r"!(?:(?<=[^\W\d_]!)(?=[^\W\d_]|[@$€0])|(?<=[@$€]!)|(?<=[^\W\d_]0!)|(?<=[@$€]0!))"
)
_SHAPES = Kept(lambda word: word.translate(FOLD))


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text and its folded forms; see the module. `text` has one space at either end.

    `original` is the text as given, but a "!" between two letters is read as the letter i.
    """

    original: str
    shape: str
    text: str
    cuts: list[int]
    shifts: list[int]

    def start(self, index: int) -> int:
        """The offset in the original of the character at `index` of `text`."""
        cut = bisect_right(self.cuts, index) - 1
        return index + self.shifts[cut]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of text[start:end], with repeated letters, without padding."""
        first, last = self.start(start), self.start(end)
        shape = self.shape
        while last > first and shape[last - 1] == SPACE:
            last -= 1
        while last > first and shape[last - 1] == IGNORED and _invisible(self.original[last - 1]):
            last -= 1
        return first, last


def _invisible(character: str) -> bool:
    """True for zero-width and control characters, False for combining marks."""
    return unicodedata.category(character) not in ("Mn", "Me")


def fold(original: str) -> FoldedText:
    """The folded view of a text, in time linear in its length."""
    read = _BANG.sub("¡", original) if "!" in original else original
    shape = SPACE.join(map(_SHAPES.__getitem__, read.split(SPACE)))
    source = f" {shape.replace(JOINT, SPACE)} "
    parts: list[str] = []
    cuts, shifts = [0], [-1]
    kept = length = 0
    for first, end in _ignored_runs(source) if IGNORED in source else _runs(source):
        parts.append(source[kept:first])
        length += first - kept
        kept = end
        cuts.append(length)
        shifts.append(kept - length - 1)
    parts.append(source[kept:])
    return FoldedText(read, shape, "".join(parts), cuts, shifts)


def _runs(source: str) -> Iterator[tuple[int, int]]:
    """The spans to leave out: of each run of one character all but the first."""
    data = source.encode("ascii")
    number = int.from_bytes(data, "big")
    same = (number ^ (number >> 8)).to_bytes(len(data), "big")  # 0: as the character before
    at = same.find(0)
    while at >= 0:
        end = at + 1
        while end < len(same) and not same[end]:
            end += 1
        if source[at] != BREAK:
            yield at, end
        at = same.find(0, end)


def _ignored_runs(source: str) -> Iterator[tuple[int, int]]:
    """The same, with what is ignored: it stands between the characters of a run, or anywhere."""
    for run in _RUN_IGNORED.finditer(source):
        yield run.start() + (run.lastindex or 0), run.end()


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All blocks of an article, in NFC, as one folded text; `starts` are their offsets in it."""

    blocks: tuple[Block, ...]
    starts: list[int]
    folded: FoldedText

    def locate(self, start: int, end: int) -> tuple[Block, int, int]:
        """The block of a span of the joined text, and the span in the block's own text."""
        index = bisect_right(self.starts, start) - 1
        block, offset = self.blocks[index], self.starts[index]
        first, last = block.nfc.original(start - offset, end - offset)
        return block, first, last


def article_view(article: Article) -> ArticleView:
    """The view of an article, built once."""
    return article.memo("folded_view", lambda: _build(article))


def _build(article: Article) -> ArticleView:
    starts: list[int] = []
    length = 0
    for block in article.blocks:
        starts.append(length)
        length += len(block.nfc.text) + len(BLOCK_GAP)
    joined = BLOCK_GAP.join(block.nfc.text for block in article.blocks)
    return ArticleView(article.blocks, starts, fold(joined))
