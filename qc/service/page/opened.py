"""Opening a draft: a document as fields and blocks of plain text that the page can show.

No HTML of the draft is handed on. The page builds its own elements from kinds and texts, so
nothing that a draft contains can become markup there.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from qc.core.article import Article, Block, BlockKind, File, Image
from qc.core.errors import QcError

SHOWN_KINDS = frozenset(
    [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.CELL,
        BlockKind.CAPTION,
        BlockKind.QUOTE,
        BlockKind.CODE,
    ]
)
HEADS = ("title", "sapo")
PLAIN_FIELDS = ("author", "source", "source_url", "category", "kind", "approved_by")
MAX_EMBEDDED_BYTES = 48 * 1024 * 1024


def opened(article: Article) -> dict[str, Any]:
    """What the page shows of a draft: its format, fields, blocks, media and embedded files."""
    return {
        "name": article.source,
        "format": article.format,
        "fields": _fields(article),
        "heads": {
            block.field: {"id": index, "text": block.text}
            for index, block in reversed(list(enumerate(article.blocks)))
            if block.field in HEADS
        },
        "blocks": [_block(index, block, article) for index, block in shown_blocks(article)],
        "media": list(_media(article)),
    }


def shown_blocks(article: Article) -> Iterator[tuple[int, Block]]:
    """The blocks of the body that a reader sees, with their numbers in the article."""
    for index, block in enumerate(article.blocks):
        in_text = block.field == "body" and block.place.part == "body"
        if in_text and not block.hidden and block.kind in SHOWN_KINDS and block.text.strip():
            yield index, block


def _fields(article: Article) -> dict[str, Any]:
    fields = article.fields
    found: dict[str, Any] = {
        name: getattr(fields, name) for name in PLAIN_FIELDS if getattr(fields, name)
    }
    for name in ("published_at", "updated_at", "expires_at"):
        moment = getattr(fields, name)
        written = fields.invalid.get(name)
        if moment is not None or written:
            found[name] = _moment(moment) if moment is not None else written
    found |= {name: text for name, text in fields.invalid.items() if name in PLAIN_FIELDS}
    if fields.consent_ids:
        found["consent_ids"] = ", ".join(fields.consent_ids)
    if fields.ai_generated is not None:
        found["ai_generated"] = "true" if fields.ai_generated else "false"
    if fields.featured_image:
        found["featured_image"] = fields.featured_image
    return found


def _moment(moment: datetime) -> str:
    """A date as an editor writes it; with the hour where there is one."""
    return (
        f"{moment:%d/%m/%Y}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%dT%H:%M}"
    )


def _block(index: int, block: Block, article: Article) -> dict[str, Any]:
    data: dict[str, Any] = {"id": index, "kind": block.kind.value, "text": block.text}
    if block.level is not None:
        data["level"] = block.level
    if block.kind is BlockKind.CELL:
        data |= {"table": block.table, "row": block.row, "header": block.header}
    links = [
        {"start": link.start, "end": link.end, "href": link.href}
        for link in article.links
        if link.block is block and link.start < link.end
    ]
    if links:
        data["links"] = links
    return data


def _media(article: Article) -> Iterator[dict[str, Any]]:
    """Pictures, clips and attachments, with the bytes of those that the document itself holds."""
    left = MAX_EMBEDDED_BYTES
    for file in (*article.images, *article.videos, *article.attachments):
        kind = type(file).__name__.lower()
        data: dict[str, Any] = {"kind": kind, "path": file.path, "remote": file.remote}
        if isinstance(file, Image):
            data |= {"role": file.role.value, "alt": file.alt, "caption": file.caption}
            data["credit"] = file.credit
            data["width"], data["height"] = file.display_width_px, file.display_height_px
        data["before"] = _before(file, article)
        content = _embedded(file)
        if content is not None and len(content) <= left:
            left -= len(content)
            data["data"] = base64.b64encode(content).decode()
        yield data


def _embedded(file: File) -> bytes | None:
    if file.blob is None or file.blob.path is not None:
        return None
    try:
        return file.blob.bytes
    except QcError:
        return None


def _before(file: File, article: Article) -> int | None:
    """The number of the shown block in front of which a file stands; None: behind all."""
    place = file.place.paragraph
    start = file.tag_span[0] if file.tag_span else None
    for index, block in shown_blocks(article):
        if place is not None and block.place.paragraph is not None:
            if block.place.paragraph >= place:
                return index
        elif start is not None and block.offsets is not None:
            span = block.offsets.source(0, len(block.text))
            if span is not None and span[0] >= start:
                return index
    return None
