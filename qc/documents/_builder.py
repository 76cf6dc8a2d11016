"""The builder: collects the pieces of an article while a loader walks a document."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from qc.core.article import (
    Article,
    Attachment,
    Block,
    BlockKind,
    Image,
    Link,
    Markup,
    Place,
    Role,
    Video,
)
from qc.core.blob import Blob, BlobPool
from qc.core.errors import QcError
from qc.core.offsets import OffsetMap
from qc.core.record import replace
from qc.documents._credit import credit_of
from qc.documents._fields import FieldSet, MediaEntry
from qc.documents._legacy.apply import convert_legacy
from qc.documents._legacy.convert import clipped
from qc.documents._media import IMAGE_SUFFIXES, VIDEO_SUFFIXES, open_media, suffix
from qc.documents._values import Value

FIRST = {"title": 0, "sapo": 1}
WRITTEN_KINDS = {"title": BlockKind.TITLE, "sapo": BlockKind.SAPO}
DOWNLOADS = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".odt",
        ".ods",
        ".odp",
        ".zip",
        ".rar",
        ".7z",
        ".txt",
        ".csv",
        ".rtf",
    ]
)


class Builder:
    """Assembles one Article. Blocks of a field are joined by line breaks unless a gap is given.

    `root` is the folder in which the media of the article are looked up (None: nowhere),
    `blobs` what was opened for other articles.
    """

    def __init__(
        self,
        source: str,
        format: str,
        *,
        source_text: str | None,
        root: Path | None,
        blobs: BlobPool | None = None,
    ) -> None:
        self.source = source
        self.format = format
        self.source_text = source_text
        self.root = root
        self.blobs = blobs
        self.encoding = "utf-8"
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.videos: list[Video] = []
        self.links: list[Link] = []
        self.attachments: list[Attachment] = []
        self.markups: list[Markup] = []
        self._pieces: dict[str, list[str]] = {}
        self._lengths: dict[str, int] = {}
        self.found: dict[str, Value] = {}

    def block(
        self,
        kind: BlockKind,
        text: str,
        *,
        field: str = "body",
        gap: str | None = None,
        **where: Any,
    ) -> Block:
        """Add a block; `where` is offsets, place, hidden, level, table, row, col, header, font."""
        pieces = self._pieces.setdefault(field, [])
        if gap is None:
            gap = "\n" if pieces else ""
        if gap:
            pieces.append(gap)
            self._lengths[field] = self._lengths.get(field, 0) + len(gap)
        start = self._lengths.get(field, 0)
        block = Block(kind=kind, field=field, text=text, start=start, **where)
        pieces.append(text)
        self._lengths[field] = start + len(text)
        self.blocks.append(block)
        return block

    def field_texts(self) -> dict[str, str]:
        """The text of each field so far."""
        return {name: "".join(pieces) for name, pieces in self._pieces.items()}

    def replace_blocks(self, blocks: list[Block], pieces: dict[str, list[str]]) -> None:
        """Put other blocks, with the texts of their fields, in the place of those so far."""
        self.blocks = blocks
        self._pieces = pieces
        self._lengths = {name: sum(map(len, each)) for name, each in pieces.items()}

    def tail(self, text: str, field: str = "body") -> None:
        """Text behind the last block that belongs to the field but to no block."""
        self._pieces.setdefault(field, []).append(text)
        self._lengths[field] = self._lengths.get(field, 0) + len(text)

    def value(self, name: str, value: Value) -> None:
        """The text of a field found in the document (its title, a meta element …): first wins."""
        if value.text.strip():
            self.found.setdefault(name, value)

    def image(self, path: str, **known: Any) -> Image:
        """Add a picture; its file is looked up unless `blob` is given."""
        image = Image(path=path, **self._opened(path, known))
        self.images.append(image)
        return image

    def video(self, path: str, **known: Any) -> Video:
        """Add a clip."""
        video = Video(path=path, **self._opened(path, known))
        self.videos.append(video)
        return video

    def attachment(self, path: str, **known: Any) -> Attachment:
        """Add a file offered for download."""
        attachment = Attachment(path=path, **self._opened(path, known))
        self.attachments.append(attachment)
        return attachment

    def link(self, href: str, **known: Any) -> Link:
        """Add a link; one to a document that lies beside the article is an attachment too."""
        link = Link(href=href, **known)
        self.links.append(link)
        if suffix(href) in DOWNLOADS and all(each.path != href for each in self.attachments):
            self.attachment(href, title=link.text, place=link.place, tag_span=link.tag_span)
        return link

    def build(self, data: bytes, fields: FieldSet, today: date) -> Article:
        """The finished article; `data` are the bytes of the document."""
        fields = convert_legacy(self, fields)
        body, self.blocks = self.blocks, []
        self.found = {k: v for k, v in self.found.items() if k not in fields.written}
        written = {**fields.written, **self.found}
        for name in sorted(written, key=lambda each: FIRST.get(each, len(FIRST))):
            self._written(name, written[name])
        self.blocks += body
        self._listed(fields)
        self._featured(fields.fields.featured_image)
        known: dict[str, Any] = {
            name: value.text.strip()
            for name, value in self.found.items()
            if getattr(fields.fields, name, "") is None
        }
        return Article(
            source=self.source,
            format=self.format,
            digest=self._digest(data),
            fields=replace(fields.fields, **known) if known else fields.fields,
            texts=self.field_texts(),
            blocks=tuple(self.blocks),
            images=tuple(self.images),
            videos=tuple(self.videos),
            links=tuple(self.links),
            attachments=tuple(self.attachments),
            markups=tuple(self.markups),
            source_text=self.source_text,
            encoding=self.encoding,
            today=today,
        )

    def _written(self, name: str, value: Value) -> None:
        kind = WRITTEN_KINDS.get(name, BlockKind.FIELD)
        lead = len(value.text) - len(value.text.lstrip())
        text = value.text.strip()
        offsets = value.offsets
        if offsets is not None and lead:
            offsets = OffsetMap.shift(len(text), lead).then(offsets)
        legacy = value.legacy and clipped(value.legacy, lead, lead + len(text))
        self.block(kind, text, field=name, offsets=offsets, place=value.place, legacy=legacy)

    def _listed(self, fields: FieldSet) -> None:
        for entry in fields.images:
            self._listed_image(entry)
        for entry in fields.videos:
            path = entry.path.text.strip()
            caption = entry.caption.text if entry.caption else None
            if all(each.path != path for each in self.videos):
                self.video(path, caption=caption, captions=entry.captions, place=entry.path.place)
        for entry in fields.attachments:
            path = entry.path.text.strip()
            if all(each.path != path for each in self.attachments):
                self.attachment(path, title=entry.title, place=entry.path.place)

    def _listed_image(self, entry: MediaEntry) -> None:
        path = entry.path.text.strip()
        said: dict[str, Any] = {
            "alt": entry.alt.text if entry.alt else None,
            "caption": entry.caption.text if entry.caption else None,
            "credit": entry.credit or credit_of(entry.caption.text if entry.caption else None),
            "display_width_px": entry.display_width_px,
            "display_height_px": entry.display_height_px,
            "role": entry.role,
        }
        said = {name: value for name, value in said.items() if value is not None}
        for value, kind in ((entry.alt, BlockKind.ALT), (entry.caption, BlockKind.CAPTION)):
            if value is not None:
                self.block(
                    kind, value.text, field=kind.value, offsets=value.offsets, place=value.place
                )
        for index, image in enumerate(self.images):
            if image.path == path:
                self.images[index] = replace(image, **said)
                return
        self.image(path, place=entry.path.place, **said)

    def _featured(self, path: str | None) -> None:
        if not path:
            return
        for index, image in enumerate(self.images):
            if image.path == path:
                self.images[index] = replace(image, role=Role.FEATURED)
                return
        self.images.insert(0, Image(path=path, role=Role.FEATURED, **self._opened(path, {})))

    def _opened(self, path: str, known: dict[str, Any]) -> dict[str, Any]:
        if known.get("blob") is None and "problem" not in known:
            opened = open_media(path, self.root, self.blobs)
            known |= {"blob": opened.blob, "problem": opened.problem, "remote": opened.remote}
        return known

    def _digest(self, data: bytes) -> str:
        digest = hashlib.sha256(data)
        for file in (*self.images, *self.videos, *self.attachments):
            digest.update(f"\0{file.path}\0{_blob_digest(file.blob)}".encode())
        return digest.hexdigest()


def _blob_digest(blob: Blob | None) -> str:
    if blob is None:
        return "-"
    try:
        return blob.sha256
    except QcError:
        return "unreadable"


def media_kind(path: str) -> str | None:
    """ "image", "video" or None by the extension of a path."""
    ending = suffix(path)
    return "image" if ending in IMAGE_SUFFIXES else "video" if ending in VIDEO_SUFFIXES else None


__all__ = ["Builder", "Place", "media_kind"]
