"""Plain text: the whole file is the body, from its first character; paragraphs are blocks."""

from __future__ import annotations

from qc.core.article import BlockKind, Place
from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.documents._builder import Builder
from qc.documents._fields import FieldSet, read_fields

PARAGRAPH = regex(r"\S[^\n\r]*(?:(?:\r\n|\n|\r)(?![ \t]*(?:\r\n|\n|\r|\Z))[^\n\r]*)*")


def load_text(text: str, builder: Builder) -> FieldSet:
    """Read plain text into `builder`; blocks are the paragraphs between empty lines."""
    walk_text(text, builder)
    return read_fields({})


def walk_text(
    text: str, builder: Builder, *, place: Place | None = None, outer: OffsetMap | None = None
) -> None:
    """Send plain text to `builder`; `outer` maps it to the file where they differ."""
    position = 0
    for match in PARAGRAPH.finditer(text):
        paragraph = match[0].rstrip()
        start = match.start()
        offsets = OffsetMap.shift(len(paragraph), start)
        builder.block(
            BlockKind.PARAGRAPH,
            paragraph,
            gap=text[position:start],
            offsets=offsets if outer is None else offsets.then(outer),
            place=place or Place(),
        )
        position = start + len(paragraph)
    builder.tail(text[position:])
