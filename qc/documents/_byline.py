"""Bylines: author and source as the last lines of an article say them ("Tin, ảnh: …")."""

from __future__ import annotations

import unicodedata

from qc.core.lazy import regex
from qc.core.record import replace
from qc.documents._builder import Builder
from qc.documents._fields import FieldSet

AUTHOR = regex(
    r"(?i)\s*(?:tác giả|người viết|bài viết|thực hiện|tin, bài|bài|tin|tin bài)"
    r"(?:\s*(?:,|và|-|–)\s*(?:ảnh|clip|video))*\s*:\s*(?P<who>[^:\n]{2,80}?)\s*\Z"
)
SOURCE = regex(r"(?i)\s*(?:nguồn|nguồn tin|theo)\s*:\s*(?P<who>[^\n]{2,160}?)\s*\Z")
URL = regex(r"https?://\S+")
LAST_BLOCKS = 6


def add_byline(builder: Builder, fields: FieldSet) -> FieldSet:
    """Take author and source from the last lines of the body where the fields give none."""
    body = [block for block in builder.blocks if block.field == "body" and not block.hidden]
    known = fields.fields
    for block in body[-LAST_BLOCKS:]:
        text = unicodedata.normalize("NFC", block.text)
        if known.author is None and "author" not in builder.found and (who := AUTHOR.match(text)):
            known = replace(known, author=who["who"])
        elif known.source is None and (who := SOURCE.match(text)):
            url = URL.search(text)
            address = known.source_url or (url[0] if url else None)
            known = replace(known, source=who["who"], source_url=address)
    return fields if known is fields.fields else replace(fields, fields=known)
