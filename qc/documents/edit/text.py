"""Changes in Markdown, HTML, plain text and JSON: the bytes around them stay as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from qc.documents.edit.change import Change, Edited

MARKS = frozenset("<>&*_[]`\\|")
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def edit_text(data: bytes, source_text: str, format: str, changes: Sequence[Change]) -> Edited:
    """The file with the changes written into it.

    A change is left out where the text does not stand in the file letter by letter (an entity or
    markup lies inside), where it would overlap another, or where the encoding is an old one.
    """
    bom, encoding = next(((b, e) for b, e in BOMS if data.startswith(b)), (b"", "utf-8"))
    try:
        faithful = bom + source_text.encode(encoding) == data
    except UnicodeEncodeError:
        faithful = False
    if not faithful:
        return Edited(data, (), tuple(changes))
    pieces: list[str] = []
    made: list[Change] = []
    position = 0
    for start, end, text, change in _placed(changes, format):
        if start < position or source_text[start:end] != change.before:
            continue
        pieces += [source_text[position:start], text]
        position = end
        made.append(change)
    pieces.append(source_text[position:])
    left = tuple(each for each in changes if each not in made)
    return Edited(bom + "".join(pieces).encode(encoding), tuple(made), left)


def _placed(changes: Sequence[Change], format: str) -> list[tuple[int, int, str, Change]]:
    """The changes that can be written, with their spans in the file, from top to bottom."""
    placed = []
    for change in changes:
        span = _span(change)
        text = _written(change, format)
        if span is not None and text is not None:
            placed.append((*span, text, change))
    return sorted(placed, key=lambda each: each[:2])


def _span(change: Change) -> tuple[int, int] | None:
    offsets = change.block.offsets
    return offsets.source(change.start, change.end) if offsets is not None else None


def _written(change: Change, format: str) -> str | None:
    """The new text as the format writes it; None where that would need more than letters."""
    text = change.text
    if format == "markdown" and MARKS & set(text):
        return None
    if format == "html":
        return escape(text, quote=True)
    if format == "json":
        if MARKS & set(text):
            return None
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return text
