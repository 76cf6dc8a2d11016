"""The runs of a docx paragraph: every piece of its text with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qc.core.article import Place
from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.documents._ooxml.names import (
    ALTERNATE,
    CHARACTERS,
    CHOICE,
    FALLBACK,
    FLD_CHAR,
    HYPERLINK,
    INSTR,
    MATH_RUN,
    MATH_TEXT,
    P_STYLE,
    PPR,
    RPR,
    RUN,
    SYMBOL,
    VAL,
    WRAPPERS,
    M,
    R,
    T,
    W,
)
from qc.documents._ooxml.names import FIELD as SIMPLE_FIELD
from qc.documents._ooxml.styles import Look, Style, Styles, paragraph_style, read_look
from qc.documents._ooxml.xml import Element

LINK_CODE = regex(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]*)"', re.I)
GRAPHICS = frozenset((W + "drawing", W + "pict", W + "object"))


@dataclass(slots=True, eq=False)
class Piece:
    """A stretch of text as one element of a run holds it. Its look is read when asked for."""

    text: str
    element: Element
    base: Look
    properties: Element | None
    reader: ParagraphReader

    @property
    def look(self) -> Look:
        """How it looks, with all that it inherits."""
        return self.base if self.properties is None else self.reader.look(self)

    @property
    def hidden(self) -> bool:
        """Whether a reader of the printed page does not see it."""
        return self.reader.may_hide and self.look.unseen


@dataclass(slots=True)
class LinkSpan:
    """A hyperlink over pieces [first, last): an address, or the id of a relationship."""

    first: int
    last: int
    address: str | None = None
    relation: str | None = None
    anchor: str | None = None


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its place, style, pieces, links, and the drawings anchored in it."""

    element: Element
    place: Place
    style: Style
    pieces: list[Piece] = field(default_factory=list)
    links: list[LinkSpan] = field(default_factory=list)
    graphics: list[Element] = field(default_factory=list)
    header_cell: bool = False
    grid_column: int | None = None

    def span(
        self, start: int, end: int, *, hidden: bool = False
    ) -> Iterator[tuple[Piece, int, int]]:
        """The pieces that hold [start, end) of the visible text, with the span inside each.

        This is how a change of the text finds the runs to write it into.
        """
        at = 0
        for piece in self.pieces:
            if piece.hidden != hidden:
                continue
            low, high = max(start - at, 0), min(end - at, len(piece.text))
            if low < high:
                yield piece, low, high
            at += len(piece.text)


class ParagraphReader:
    """Reads paragraphs in document order; complex fields may reach over several of them.

    `may_hide`: some text of the document may be hidden, so the look of every run counts.
    """

    def __init__(self, styles: Styles, *, may_hide: bool = True) -> None:
        self.may_hide = may_hide
        self._styles = styles
        self._fields: list[list[str | None]] = []
        self._looks: dict[tuple[tuple[Any, ...], Look], Look] = {}

    def read(self, element: Element, place: Place) -> Paragraph:
        """The paragraph of a w:p element."""
        properties = element.find(PPR)
        style_id = None
        if properties is not None:
            styled = properties.find(P_STYLE)
            style_id = styled.get(VAL) if styled is not None else None
        style = self._styles.paragraph(style_id)
        if properties is not None and len(properties):
            style = paragraph_style(properties, style)
        paragraph = Paragraph(element, place, style)
        for address in self._open_links():
            paragraph.links.append(LinkSpan(0, -1, address=address))
        self._children(element, paragraph)
        for link in paragraph.links:
            link.last = len(paragraph.pieces) if link.last < 0 else link.last
        return paragraph

    def _open_links(self) -> Iterator[str]:
        for each in self._fields:
            match = LINK_CODE.match(each[0] or "")
            if match and each[1]:
                yield match[1]

    def _children(self, element: Element, paragraph: Paragraph) -> None:
        for child in element:
            tag = child.tag
            if tag == RUN:
                self._run(child, paragraph)
            elif tag == HYPERLINK:
                link = LinkSpan(
                    len(paragraph.pieces),
                    -1,
                    relation=child.get(R + "id"),
                    anchor=child.get(W + "anchor"),
                )
                self._children(child, paragraph)
                link.last = len(paragraph.pieces)
                paragraph.links.append(link)
            elif tag == SIMPLE_FIELD:
                self._simple_field(child, paragraph)
            elif tag in WRAPPERS:
                self._children(child, paragraph)
            elif tag == ALTERNATE:
                self._children(chosen(child), paragraph)
            elif tag == MATH_RUN:
                for text in child.iter(MATH_TEXT):
                    self._piece(paragraph, text.text or "", text, None)
            elif isinstance(tag, str) and tag.startswith(M):
                self._children(child, paragraph)

    def _simple_field(self, element: Element, paragraph: Paragraph) -> None:
        match = LINK_CODE.match(element.get(W + "instr") or "")
        first = len(paragraph.pieces)
        self._children(element, paragraph)
        if match:
            paragraph.links.append(LinkSpan(first, len(paragraph.pieces), address=match[1]))

    def _run(self, run: Element, paragraph: Paragraph, properties: Element | None = None) -> None:
        base = paragraph.style.look
        for child in run:
            tag = child.tag
            if tag == T:
                if text := child.text:
                    paragraph.pieces.append(Piece(text, child, base, properties, self))
            elif tag == RPR:
                properties = child
            elif tag in CHARACTERS:
                self._piece(paragraph, CHARACTERS[tag], child, properties)
            elif tag in GRAPHICS:
                paragraph.graphics.append(child)
            elif tag == FLD_CHAR:
                self._field_char(child.get(W + "fldCharType"), paragraph)
            elif tag == INSTR:
                if self._fields and not self._fields[-1][1]:
                    self._fields[-1][0] = (self._fields[-1][0] or "") + (child.text or "")
            elif tag == SYMBOL:
                self._piece(paragraph, _symbol(child), child, properties)
            elif tag == ALTERNATE:
                self._run(chosen(child), paragraph, properties)
            elif tag in WRAPPERS:
                self._children(child, paragraph)

    def _piece(
        self, paragraph: Paragraph, text: str, element: Element, properties: Element | None
    ) -> None:
        paragraph.pieces.append(Piece(text, element, paragraph.style.look, properties, self))

    def look(self, piece: Piece) -> Look:
        """The look of a piece: its own properties over its character style over its paragraph."""
        said = read_look(piece.properties)
        key = (said, piece.base)
        look = self._looks.get(key)
        if look is None:
            own = Look(*said)
            base = piece.base
            look = own.over(self._styles.character(own.style, base) if own.style else base)
            self._looks[key] = look
        return look

    def _field_char(self, kind: str | None, paragraph: Paragraph) -> None:
        if kind == "begin":
            self._fields.append(["", None])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "result"
            match = LINK_CODE.match(self._fields[-1][0] or "")
            if match:
                paragraph.links.append(LinkSpan(len(paragraph.pieces), -1, address=match[1]))
        elif kind == "end" and self._fields:
            code, result = self._fields.pop()
            if result and LINK_CODE.match(code or ""):
                for link in reversed(paragraph.links):
                    if link.last < 0:
                        link.last = len(paragraph.pieces)
                        break


def chosen(alternate: Element) -> Element:
    """The branch of an mc:AlternateContent that is read: the first choice, else the fallback."""
    branch = alternate.find(CHOICE)
    if branch is None:
        branch = alternate.find(FALLBACK)
    return branch if branch is not None else ()


def _symbol(element: Element) -> str:
    code = element.get(W + "char") or ""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
