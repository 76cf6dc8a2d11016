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
from typing import TYPE_CHECKING

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text._letters import FOLD, IGNORED, JOINT, PARAGRAPH_SEPARATOR, SPACE

if TYPE_CHECKING:
    from qc.core.article import Article, Block

BLOCK_GAP = f" {PARAGRAPH_SEPARATOR} "
_RUN = regex(r"([a-z ~])\1+")
_RUN_IGNORED = regex(r"([a-z ~\n])\x00*(?:\1\x00*)+|\x00+")
# "!" is read as i between letters (x!u) and behind a symbol that is a letter (t@!, bu0!)
_BANG = regex(r"(?<=[^\W\d_])!(?=[^\W\d_]|[@$€0])|(?<=[@$€])!|(?<=[^\W\d_]0)!|(?<=[@$€]0)!")
_TIGHT = str.maketrans({JOINT: SPACE})


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
    shape = read.translate(FOLD)
    source = f" {shape.translate(_TIGHT) if JOINT in shape else shape} "
    parts: list[str] = []
    cuts, shifts = [0], [-1]
    kept = length = 0
    for run in (_RUN_IGNORED if IGNORED in source else _RUN).finditer(source):
        first = run.start() + (run.lastindex or 0)
        parts.append(source[kept:first])
        length += first - kept
        kept = run.end()
        cuts.append(length)
        shifts.append(kept - length - 1)
    parts.append(source[kept:])
    return FoldedText(read, shape, "".join(parts), cuts, shifts)


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
