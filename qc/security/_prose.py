"""The article as one running text: a line per paragraph, a line of tabs per table row.

Personal data is recognised by what stands around it: the head of a column, the words before a
number. So the checks read the whole text at once and go back to the block they found it in.
"""

from __future__ import annotations

from bisect import bisect_right

from qc.core.article import Article, Block, BlockKind
from qc.core.record import dataclass

ATTACHED = "attachment:"  # fields that hold the text of attached files, judged by file
SKIPPED = frozenset({BlockKind.META, BlockKind.CODE})


@dataclass(frozen=True, slots=True)
class Piece:
    """One block and the span of the running text that it fills."""

    start: int
    end: int
    block: Block


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text, and the way back to the blocks."""

    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    def locate(self, start: int, end: int) -> tuple[Block, int, int] | None:
        """The block that `start` stands in, and the span in its text, cut at its end."""
        index = bisect_right(self.starts, start) - 1
        if index < 0:
            return None
        piece = self.pieces[index]
        if start >= piece.end:
            return None
        return piece.block, start - piece.start, min(end, piece.end) - piece.start


def prose_of(article: Article) -> Prose:
    """The running text of an article, built once."""
    return article.memo("security-prose", lambda: join(article.blocks))


def join(blocks: tuple[Block, ...]) -> Prose:
    """Join blocks into one text. A line break inside a cell becomes a space."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    last: Block | None = None
    for block in blocks:
        if block.kind in SKIPPED or block.field.startswith(ATTACHED):
            continue
        in_table = block.table is not None
        same_row = (
            last is not None and in_table and (last.table, last.row) == (block.table, block.row)
        )
        gap = "" if last is None else "\t" if same_row and last.col != block.col else "\n"
        if same_row and last is not None and last.col == block.col:
            gap = " "
        text = block.text.replace("\n", " ").replace("\t", " ") if in_table else block.text
        parts += [gap, text]
        start = length + len(gap)
        length = start + len(text)
        pieces.append(Piece(start, length, block))
        last = block
    return Prose("".join(parts), tuple(pieces), tuple(piece.start for piece in pieces))
