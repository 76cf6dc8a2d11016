"""Paragraphs of an odt in document order, each with its place and the nodes that hold its text."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Place
from qc.core.record import dataclass, field, replace
from qc.documents._odf.names import (
    CONTAINERS,
    DRAW,
    OFFICE,
    PARAGRAPHS,
    SKIPPED,
    TABLE,
    TEXT,
    XLINK,
)
from qc.documents._odf.styles import OdfStyle, OdfStyles
from qc.documents._ooxml.styles import Look
from qc.documents._ooxml.xml import Element

CHARACTERS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
MAX_SPACES = 1000
MAX_COLUMNS = 1024
SPACES = " \t\r\n"


@dataclass(slots=True, eq=False)
class OdfPiece:
    """A stretch of text: the text of `element`, or what stands behind it (`tail`)."""

    text: str
    element: Element
    look: Look
    tail: bool = False

    @property
    def hidden(self) -> bool:
        """Whether a reader of the printed page does not see it."""
        return self.look.unseen


@dataclass(slots=True)
class OdfParagraph:
    """One paragraph with its place, style, pieces, links and the frames anchored in it."""

    element: Element
    place: Place
    style: OdfStyle
    listed: bool = False
    header_cell: bool = False
    grid_column: int | None = None
    pieces: list[OdfPiece] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Inside:
    """What surrounds the paragraphs that are being read."""

    place: Place
    listed: bool = False
    hidden: bool = False
    header_cell: bool = False
    grid_column: int | None = None


class OdfReader:
    """Reads stories; paragraphs of each part are numbered from 1, tables included."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._counts: dict[str, int] = {}
        self._tables = 0

    def story(self, root: Element, part: str) -> Iterator[OdfParagraph]:
        """The paragraphs of one story; notes, comments and boxes follow their paragraph."""
        yield from self._walk(root, _Inside(Place(part=part)))

    def _walk(self, container: Element, inside: _Inside) -> Iterator[OdfParagraph]:
        for child in container:
            tag = child.tag
            if tag in PARAGRAPHS:
                yield from self._paragraph(child, inside)
            elif tag == TABLE + "table":
                yield from self._table(child, inside)
            elif tag in CONTAINERS:
                listed = inside.listed or tag == TEXT + "list"
                hidden = inside.hidden or child.get(TEXT + "display") == "none"
                yield from self._walk(child, replace(inside, listed=listed, hidden=hidden))
            elif tag == DRAW + "frame" or tag.startswith(DRAW):
                yield from self._floating(child, inside)

    def _floating(self, frame: Element, inside: _Inside) -> Iterator[OdfParagraph]:
        """A frame anchored to the page counts as a paragraph without text."""
        paragraph = self._new(frame, inside, OdfStyle())
        yield from self._with_frames(paragraph, [frame], [])

    def _paragraph(self, element: Element, inside: _Inside) -> Iterator[OdfParagraph]:
        style = self._styles.paragraph(element.get(TEXT + "style-name"))
        if inside.hidden:
            style = replace(style, look=replace(style.look, hidden=True))
        paragraph = self._new(element, inside, style)
        frames: list[Element] = []
        notes: list[Element] = []
        self._inline(element, style.look, paragraph, (frames, notes))
        _trim(paragraph)
        yield from self._with_frames(paragraph, frames, notes)

    def _new(self, element: Element, inside: _Inside, style: OdfStyle) -> OdfParagraph:
        part = inside.place.part
        self._counts[part] = self._counts.get(part, 0) + 1
        return OdfParagraph(
            element,
            replace(inside.place, paragraph=self._counts[part]),
            style,
            inside.listed,
            inside.header_cell,
            inside.grid_column,
        )

    def _with_frames(
        self, paragraph: OdfParagraph, frames: list[Element], notes: list[Element]
    ) -> Iterator[OdfParagraph]:
        boxes: list[Element] = []
        for frame in frames:
            stack = [frame]
            while stack:
                element = stack.pop()
                if element.tag == DRAW + "text-box" or _is_shape_text(element):
                    boxes.append(element)
                    continue
                if element.tag == DRAW + "frame":
                    paragraph.frames.append(element)
                stack.extend(reversed(element))
        yield paragraph
        for box in boxes:
            yield from self._walk(box, _Inside(Place(part="textbox")))
        for note in notes:
            if note.tag == OFFICE + "annotation":
                yield from self._walk(note, _Inside(Place(part="comment")))
                continue
            endnote = note.get(TEXT + "note-class") == "endnote"
            for body in note.iterchildren(TEXT + "note-body"):
                place = Place(part="endnote" if endnote else "footnote")
                yield from self._walk(body, _Inside(place))

    def _inline(
        self,
        element: Element,
        look: Look,
        paragraph: OdfParagraph,
        found: tuple[list[Element], list[Element]],
    ) -> None:
        if element.text:
            _add(paragraph, element.text, element, look, tail=False)
        for child in element:
            tag = child.tag
            if tag == TEXT + "s":
                count = child.get(TEXT + "c") or "1"
                number = int(count) if count.isdecimal() and len(count) < 5 else 1
                paragraph.pieces.append(OdfPiece(" " * min(number, MAX_SPACES), child, look))
            elif tag in CHARACTERS:
                paragraph.pieces.append(OdfPiece(CHARACTERS[tag], child, look))
            elif tag in (TEXT + "note", OFFICE + "annotation"):
                found[1].append(child)
            elif tag.startswith(DRAW) and tag != DRAW + "a":
                found[0].append(child)
            elif tag == TEXT + "hidden-text":
                said = child.get(TEXT + "string-value") or ""
                paragraph.pieces.append(OdfPiece(said, child, replace(look, hidden=True)))
            elif tag not in SKIPPED:
                self._element(child, look, paragraph, found)
            if child.tail:
                _add(paragraph, child.tail, child, look, tail=True)

    def _element(
        self,
        child: Element,
        look: Look,
        paragraph: OdfParagraph,
        found: tuple[list[Element], list[Element]],
    ) -> None:
        if child.tag == TEXT + "span":
            look = self._styles.span(child.get(TEXT + "style-name"), look)
        first = len(paragraph.pieces)
        self._inline(child, look, paragraph, found)
        address = child.get(XLINK + "href")
        if address and child.tag in (TEXT + "a", DRAW + "a"):
            paragraph.links.append((address, first, len(paragraph.pieces)))

    def _table(self, table: Element, inside: _Inside) -> Iterator[OdfParagraph]:
        self._tables += 1
        number = self._tables
        for row_number, (row, header) in enumerate(_rows(table), 1):
            grid, column = 1, 0
            for cell in row:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                repeated = _count(cell, "number-columns-repeated")
                column += 1
                place = Place(inside.place.part, None, number, row_number, column)
                within = _Inside(place, False, inside.hidden, header, grid)
                yield from self._walk(cell, within)
                grid += repeated


def _rows(table: Element, *, header: bool = False) -> Iterator[tuple[Element, bool]]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child, header
        elif child.tag == TABLE + "table-header-rows":
            yield from _rows(child, header=True)
        elif child.tag in (TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(child, header=header)


def _count(cell: Element, name: str) -> int:
    value = cell.get(TABLE + name) or "1"
    return min(int(value), MAX_COLUMNS) if value.isdecimal() and len(value) < 6 else 1


def _is_shape_text(element: Element) -> bool:
    """A drawn shape (rectangle, callout …) holds its paragraphs directly."""
    shape = element.tag.startswith(DRAW) and element.tag not in (DRAW + "frame", DRAW + "image")
    return shape and any(child.tag in PARAGRAPHS for child in element)


def _add(paragraph: OdfParagraph, text: str, element: Element, look: Look, *, tail: bool) -> None:
    """Append text with its white space collapsed as OpenDocument wants."""
    plain = text
    if any(each in text for each in "\t\r\n") or "  " in text:
        plain = " ".join(f"x{text}x".split())[1:-1]
    last = paragraph.pieces[-1] if paragraph.pieces else None
    starts = last is None or (last.text.endswith((" ", "\n")) and last.element.tag != TEXT + "s")
    if starts:
        plain = plain.lstrip(SPACES)
    if plain:
        paragraph.pieces.append(OdfPiece(plain, element, look, tail))


def _trim(paragraph: OdfParagraph) -> None:
    """White space at the end of a paragraph is no text, unless it was written as text:s."""
    if paragraph.pieces and paragraph.pieces[-1].element.tag != TEXT + "s":
        last = paragraph.pieces[-1]
        paragraph.pieces[-1] = replace(last, text=last.text.rstrip(SPACES))
