"""Word: the text of a .docx with its places, and what is embedded in it.

Read are the body, tables, text boxes, headers, footers, footnotes, endnotes, comments, core and
custom properties, pictures, embedded files and links. Deleted text of tracked changes is no text,
inserted text is; hidden runs are hidden blocks. Nothing outside the file is opened or fetched.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Legacy, Place
from qc.core.blob import Blob
from qc.core.errors import LoadError
from qc.core.record import replace
from qc.documents._builder import Builder
from qc.documents._fields import FieldSet
from qc.documents._legacy.convert import convert_stretches, converted
from qc.documents._legacy.fonts import FontEncodings, encoding_of_font
from qc.documents._office import HiddenText, Line, LineLink, Shown, build_lines
from qc.documents._ooxml.archive import Archive
from qc.documents._ooxml.drawing import Embedded, Picture
from qc.documents._ooxml.names import A
from qc.documents._ooxml.properties import (
    core_properties,
    custom_properties,
    property_values,
    with_properties,
)
from qc.documents._ooxml.relations import Relation
from qc.documents._ooxml.runs import LinkSpan, Paragraph, Piece
from qc.documents._ooxml.wordfile import Told, WordFile
from qc.documents._ooxml.xml import parse_xml

CORE_PART = "docProps/core.xml"
CUSTOM_PART = "docProps/custom.xml"
REMOTE_KINDS = frozenset(("attachedTemplate", "oleObject", "subDocument", "frame"))
MAX_MEDIA_BYTES = 256 * 1024 * 1024


def load_docx(data: bytes, builder: Builder) -> FieldSet:
    """Read a Word document into `builder`. Raises LoadError for what is no sound .docx."""
    file = WordFile(data)
    told = list(file.paragraphs())
    pieces = (piece for each in told for piece in each.paragraph.pieces)
    fonts = ((piece.look.font, piece.text) for piece in pieces) if file.may_be_legacy else ()
    encodings = FontEncodings(fonts)
    reader = _LineReader(file.archive, encodings)
    lines: list[Line] = []
    for each in told:
        lines.extend(reader.lines(each))
    core = core_properties(file.archive, CORE_PART)
    properties = property_values(core, custom_properties(file.archive, CUSTOM_PART))
    fields = build_lines(lines, builder, properties)
    for relation in file.relations.values():
        if relation.external and relation.kind in REMOTE_KINDS:
            builder.link(relation.target, attributes={"rel": relation.kind}, place=Place())
    for name in file.archive.names:
        if name.lower().endswith("vbaproject.bin"):
            builder.attachment(name, blob=Blob(data=file.archive.read(name)))
    return replace(fields, fields=with_properties(fields.fields, core))


class _LineReader:
    """Turns the paragraphs of a Word file into lines of an office document."""

    def __init__(self, archive: Archive, encodings: FontEncodings) -> None:
        self._archive = archive
        self._encodings = encodings
        self._media: dict[str, tuple[Blob | None, str | None]] = {}
        self._diagram_paragraphs = 0

    def lines(self, told: Told) -> Iterator[Line]:
        """The line of a paragraph, and one for each paragraph of a diagram anchored in it."""
        paragraph = told.paragraph
        line = self._line(paragraph)
        diagrams: list[str] = []
        if told.shown:
            line.shown = list(self._shown(told, diagrams))
        if paragraph.links:
            line.links = list(self._links(paragraph, line, told.story.relations))
        yield line
        for name in diagrams:
            for text in self._diagram(name):
                self._diagram_paragraphs += 1
                yield Line(text, Place(part="diagram", paragraph=self._diagram_paragraphs))

    def _line(self, paragraph: Paragraph) -> Line:
        pieces = paragraph.pieces
        style = paragraph.style
        line = Line("", paragraph.place, style.name, style.level, style.listed)
        visible = pieces
        if pieces and pieces[0].reader.may_hide:
            visible = [piece for piece in pieces if not piece.hidden]
            if len(visible) < len(pieces):
                line.hidden = list(self._hidden(pieces))
        line.text, line.legacy, line.font = self._text(visible)
        line.pieces = visible
        line.centered = style.align == "center"
        line.header_cell = paragraph.header_cell
        line.grid_column = paragraph.grid_column
        return line

    def _text(self, pieces: list[Piece]) -> tuple[str, Legacy | None, str | None]:
        """The Unicode text of pieces, what was written, and the font that tells most about it."""
        if not self._encodings:
            font = pieces[0].look.font if pieces else None
            return "".join([piece.text for piece in pieces]), None, font
        fonts = sorted({piece.look.font or "" for piece in pieces})
        font = next((each for each in fonts if encoding_of_font(each)), None)
        written = [self._encodings.written(piece.text, piece.look.font) for piece in pieces]
        text, legacy = convert_stretches(written)
        return text, legacy, font

    def _hidden(self, pieces: list[Piece]) -> Iterator[HiddenText]:
        group: list[Piece] = []
        for piece in pieces:
            if piece.hidden:
                group.append(piece)
            elif group:
                yield self._hidden_text(group)
                group = []
        if group:
            yield self._hidden_text(group)

    def _hidden_text(self, group: list[Piece]) -> HiddenText:
        text, legacy, font = self._text(group)
        return HiddenText(text, font, legacy)

    def _links(
        self, paragraph: Paragraph, line: Line, relations: dict[str, Relation]
    ) -> Iterator[LineLink]:
        ends = [0]
        for piece in paragraph.pieces:
            ends.append(ends[-1] + (0 if piece.hidden else len(piece.text)))
        for link in paragraph.links:
            href = _address(link, relations)
            if href:
                start, end = ends[link.first], ends[max(link.last, link.first)]
                if line.legacy is not None:
                    start, end = converted(line.legacy, start), converted(line.legacy, end)
                yield LineLink(href, start, end)

    def _shown(self, told: Told, diagrams: list[str]) -> Iterator[Shown]:
        for each in told.shown:
            relation = told.story.relations.get(each.relation)
            if isinstance(each, Embedded) and each.diagram:
                if relation is not None and not relation.external:
                    diagrams.append(relation.target)
                continue
            path = relation.target if relation is not None else each.relation
            if relation is not None and relation.external:
                yield _external(path, each)
                continue
            blob, problem = self._embedded(path)
            if isinstance(each, Embedded):
                yield Shown(path, blob, problem, picture=False)
            else:
                yield replace(_seen(path, each), blob=blob, problem=problem)

    def _embedded(self, path: str) -> tuple[Blob | None, str | None]:
        if path not in self._media:
            if path not in self._archive:
                self._media[path] = (None, "missing")
            else:
                try:
                    data = self._archive.read(path, MAX_MEDIA_BYTES)
                    self._media[path] = (Blob(data=data), None)
                except LoadError:
                    self._media[path] = (None, "unreadable")
        return self._media[path]

    def _diagram(self, name: str) -> Iterator[str]:
        """The paragraphs of a SmartArt drawing or a chart."""
        if name not in self._archive:
            return
        for paragraph in parse_xml(self._archive.read(name), name).iter(A + "p"):
            text = "".join(each.text or "" for each in paragraph.iter(A + "t"))
            if text.strip():
                yield text


def _seen(path: str, picture: Picture) -> Shown:
    return Shown(
        path,
        alt=picture.alt,
        title=picture.title,
        width_px=picture.width_px,
        height_px=picture.height_px,
    )


def _external(address: str, each: Picture | Embedded) -> Shown:
    if isinstance(each, Embedded):
        return Shown(address, problem="outside", picture=False, remote=True)
    remote = "//" in address
    return replace(_seen(address, each), remote=remote, problem=None if remote else "outside")


def _address(link: LinkSpan, relations: dict[str, Relation]) -> str:
    if link.address is not None:
        return link.address
    relation = relations.get(link.relation or "")
    if relation is None:
        return ""
    return relation.target + (f"#{link.anchor}" if link.anchor else "")
