"""From the lines of an office document (docx, odt) to an article: what docx and odt share."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from qc.core.article import Block, BlockKind, Image, Legacy, Place, Role
from qc.core.blob import Blob
from qc.core.lazy import regex
from qc.core.record import dataclass, field, replace
from qc.documents._builder import Builder
from qc.documents._credit import credit_of
from qc.documents._fields import FieldSet, read_fields
from qc.documents._office_head import read_head
from qc.documents._ooxml.styles import Look
from qc.documents._values import Raw, Value

CAPTION = regex(r"(?i)\s*(?:ảnh|hình(?! như| thức| thành| dung)|nguồn ảnh|chú thích ảnh)\b")
MAX_CAPTION = 400
KIND_OF_PART = {
    "header": BlockKind.HEADER,
    "footer": BlockKind.FOOTER,
    "footnote": BlockKind.FOOTNOTE,
    "endnote": BlockKind.FOOTNOTE,
    "comment": BlockKind.COMMENT,
    "textbox": BlockKind.TEXTBOX,
    "diagram": BlockKind.TEXTBOX,
}
KIND_OF_STYLE = {
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTE,
    "intense quote": BlockKind.QUOTE,
    "html preformatted": BlockKind.CODE,
}


@dataclass(frozen=True, slots=True)
class LineLink:
    """A link over [start, end) of the text of a line."""

    href: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, or a file embedded as an object, that a line anchors."""

    path: str
    blob: Blob | None = None
    problem: str | None = None
    remote: bool = False
    picture: bool = True
    alt: str | None = None
    title: str | None = None
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text of a line that a reader of the page does not see."""

    text: str
    font: str | None = None
    legacy: Legacy | None = None


class Inked(Protocol):
    """A stretch of visible text with its look."""

    text: str

    @property
    def look(self) -> Look:
        """Font, weight and slant."""


@dataclass(slots=True)
class Line:
    """One paragraph of an office document. `style` is its lower-case style name, `level` 1-9."""

    text: str
    place: Place
    style: str = ""
    level: int | None = None
    listed: bool = False
    pieces: Sequence[Inked] = ()
    centered: bool = False
    header_cell: bool = False
    grid_column: int | None = None
    font: str | None = None
    legacy: Legacy | None = None
    links: Sequence[LineLink] = ()
    shown: Sequence[Shown] = ()
    hidden: Sequence[HiddenText] = ()

    @property
    def bold(self) -> bool:
        """All its visible letters are bold."""
        inked = [piece.look for piece in self.pieces if piece.text.strip()]
        return bool(inked) and all(look.bold for look in inked)

    @property
    def italic(self) -> bool:
        """All its visible letters are in italics."""
        inked = [piece.look for piece in self.pieces if piece.text.strip()]
        return bool(inked) and all(look.italic for look in inked)

    @property
    def in_body(self) -> bool:
        """In the running text of the article, outside tables."""
        return self.place.part == "body" and self.place.table is None

    @property
    def value(self) -> Value:
        """The line as the value of a field."""
        return Value(self.text, None, self.place, self.legacy)


def build_lines(lines: list[Line], builder: Builder, properties: Mapping[str, Raw]) -> FieldSet:
    """Send the lines into `builder`; fields come from the head of the text and the properties."""
    head = read_head(lines)
    for name, value in head.found.items():
        builder.value(name, value)
    raw: dict[str, Raw] = dict(head.raw)
    known = {*head.raw_fields, *head.found}
    raw.update({name: value for name, value in properties.items() if name not in known})
    writer = _Writer(builder)
    for index, line in enumerate(lines):
        writer.line(line, text=index not in head.consumed)
    return read_fields(raw)


class _Writer:
    """Writes lines as blocks; a caption belongs to the pictures that stand just before it."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._open: list[tuple[int, Place]] = []
        self._text_seen = False

    def line(self, line: Line, *, text: bool) -> None:
        """Write one line; `text` is False where its text is a field of the article already."""
        for shown in line.shown:
            self._shown(shown, line)
        block = None
        if text and line.text.strip():
            block = self._text(line)
        for hidden in line.hidden:
            if hidden.text.strip():
                self._block(line, hidden.text, hidden=True, font=hidden.font, legacy=hidden.legacy)
        for link in line.links:
            self._link(link, line, block)

    def _text(self, line: Line) -> Block:
        kind = self._kind(line)
        block = self._block(line, line.text, kind=kind, font=line.font, legacy=line.legacy)
        if kind is BlockKind.CAPTION:
            self._caption(line)
        elif line.place.part == "body":
            self._open = [each for each in self._open if _waits(each[1], line.place)]
            self._text_seen = True
        return block

    def _block(self, line: Line, text: str, **known: Any) -> Block:
        place = line.place
        return self._builder.block(
            known.pop("kind", None) or KIND_OF_PART.get(place.part, BlockKind.PARAGRAPH),
            text,
            field=place.part,
            place=place,
            hidden=known.pop("hidden", place.part == "comment"),
            level=min(line.level, 6) if line.level and known.get("kind") is None else None,
            table=place.table,
            row=place.row,
            col=line.grid_column or place.column,
            header=line.header_cell,
            **known,
        )

    def _kind(self, line: Line) -> BlockKind:
        kind = KIND_OF_PART.get(line.place.part)
        if kind in (None, BlockKind.TEXTBOX) and self._is_caption(line):
            return BlockKind.CAPTION
        if kind is not None:
            return kind
        if line.place.table is not None:
            return BlockKind.CELL
        if line.level is not None:
            return BlockKind.HEADING
        if line.style in KIND_OF_STYLE:
            return KIND_OF_STYLE[line.style]
        return BlockKind.LIST_ITEM if line.listed else BlockKind.PARAGRAPH

    def _is_caption(self, line: Line) -> bool:
        if line.style == "caption":
            return True
        if not self._captioned(line) or len(line.text) > MAX_CAPTION:
            return False
        said = CAPTION.match(unicodedata.normalize("NFC", line.text)) is not None
        return said or (line.italic and line.level is None)

    def _captioned(self, line: Line) -> list[int]:
        """The pictures a caption on this line belongs to: those above it, in its column."""
        column = line.place.column
        same = [index for index, place in self._open if place.column == column]
        return same or [index for index, place in self._open if place.table is None]

    def _caption(self, line: Line) -> None:
        images = self._builder.images
        captioned = self._captioned(line)
        for index in captioned:
            image = images[index]
            credit = image.credit or credit_of(line.text)
            images[index] = replace(image, caption=line.text, credit=credit)
        self._open = [each for each in self._open if each[0] not in captioned]

    def _shown(self, shown: Shown, line: Line) -> None:
        known = {"blob": shown.blob, "problem": shown.problem, "remote": shown.remote}
        if not shown.picture:
            self._builder.attachment(shown.path, place=line.place, **known)
            return
        self._open.append((len(self._builder.images), line.place))
        self._image(shown, line, known)
        for kind, said in ((BlockKind.ALT, shown.alt), (BlockKind.TITLE_ATTR, shown.title)):
            if said and said.strip():
                self._builder.block(kind, said, field=kind.value, place=line.place)

    def _image(self, shown: Shown, line: Line, known: dict[str, Any]) -> Image:
        role = Role.LOGO if line.place.part in ("header", "footer") else Role.INLINE
        if line.in_body and not self._text_seen and not self._builder.images:
            role = Role.FEATURED
        return self._builder.image(
            shown.path,
            place=line.place,
            role=role,
            alt=shown.alt,
            display_width_px=shown.width_px,
            display_height_px=shown.height_px,
            **known,
        )

    def _link(self, link: LineLink, line: Line, block: Block | None) -> None:
        self._builder.link(
            link.href,
            text=line.text[link.start : link.end],
            attributes=link.attributes,
            place=line.place,
            block=block,
            start=link.start if block else 0,
            end=link.end if block else 0,
        )


def _waits(picture: Place, text: Place) -> bool:
    """Whether a picture still waits for its caption after a text: beside it, or in its table."""
    return picture == text or (picture.table is not None and picture.table == text.table)
