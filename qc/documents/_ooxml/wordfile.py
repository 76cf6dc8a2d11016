"""A docx as paragraphs in document order, each with its place and the runs that hold its text."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Place
from qc.core.errors import LoadError
from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.documents._ooxml.archive import RESAVE, RESAVE_VI, Archive
from qc.documents._ooxml.drawing import Embedded, Picture, TextBox, contents
from qc.documents._ooxml.names import (
    ALT_CHUNK,
    ALTERNATE,
    CELL,
    NOTE_TYPE,
    ROW,
    TABLE,
    TXBX,
    VAL,
    WRAPPERS,
    P,
    W,
    is_on,
)
from qc.documents._ooxml.relations import Relation, read_relations
from qc.documents._ooxml.runs import Paragraph, ParagraphReader, chosen
from qc.documents._ooxml.styles import Styles
from qc.documents._ooxml.xml import Element, parse_xml

PARTS = {
    "header": "header",
    "footer": "footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
}
NOTES = frozenset((W + "footnote", W + "endnote", W + "comment"))
# What a part must hold for any text to be hidden, or to be set in an old font. Most parts hold
# neither, and then the properties of their runs need not be read.
TINY = regex(rb"""sz\s(?![^>]{0,60}val\s*=\s*["']\d\d)""")
OLD_FONTS = (b".vn", b"vni")
SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(slots=True)
class Story:
    """One part that holds text: the body, a header, the footnotes …"""

    part: str
    name: str
    root: Element
    relations: dict[str, Relation]


@dataclass(slots=True)
class Told:
    """A paragraph of a story, with the pictures and embedded files anchored in it."""

    paragraph: Paragraph
    story: Story
    shown: list[Picture | Embedded] = field(default_factory=list)


class WordFile:
    """The stories and paragraphs of a docx.

    `paragraphs()` numbers the paragraphs of each part from 1 in document order, tables included,
    so a Place names the same paragraph whenever the same bytes are read. `may_hide` and
    `may_be_legacy` tell whether any text can be hidden or in an old font at all.
    """

    def __init__(self, data: bytes) -> None:
        self.archive = Archive(data)
        self.may_hide = False
        self.may_be_legacy = False
        main = [each for each in read_relations(self.archive, "").values() if _is_main(each)]
        self.main = main[0].target if main else "word/document.xml"
        if self.main not in self.archive:
            raise LoadError(
                "the archive holds no Word document",
                remedy=RESAVE,
                vi=f"tệp không chứa văn bản Word; {RESAVE_VI}",
            )
        self.relations = read_relations(self.archive, self.main)
        styles = next((r.target for r in self.relations.values() if r.kind == "styles"), "")
        root = self._parse(styles) if styles in self.archive else None
        self.styles = Styles(root)
        self.stories = list(self._stories())
        self._counts: dict[str, int] = {}
        self._tables = 0

    def paragraphs(self) -> Iterator[Told]:
        """All paragraphs of all stories; a text box follows the paragraph that anchors it."""
        self._counts = {}
        self._tables = 0
        for story in self.stories:
            reader = ParagraphReader(self.styles, may_hide=self.may_hide)
            yield from self._told(story.root, story, Place(part=story.part), reader)

    def find(self, place: Place) -> Paragraph | None:
        """The paragraph at a place, for a change to be written into its runs."""
        for told in self.paragraphs():
            found = told.paragraph.place
            if (found.part, found.paragraph) == (place.part, place.paragraph):
                return told.paragraph
        return None

    def _stories(self) -> Iterator[Story]:
        yield self._story("body", self.main, self.relations)
        for kind, part in PARTS.items():
            for each in self.relations.values():
                if each.kind == kind and not each.external and each.target in self.archive:
                    own = read_relations(self.archive, each.target)
                    yield self._story(part, each.target, own)

    def _story(self, part: str, name: str, relations: dict[str, Relation]) -> Story:
        root = self._parse(name)
        if part == "body":
            root = root.find(W + "body")
            if root is None:
                raise LoadError(
                    f"the part {name} has no body",
                    remedy=RESAVE,
                    vi=f"tệp không có phần thân văn bản; {RESAVE_VI}",
                )
        return Story(part, name, root, relations)

    def _parse(self, name: str) -> Element:
        data = self.archive.read(name)
        lower = data.lower()
        wide = b"\0" in data[:8]
        self.may_hide |= wide or b"vanish" in lower or TINY.search(lower) is not None
        self.may_be_legacy |= wide or any(each in lower for each in OLD_FONTS)
        return parse_xml(data, name)

    def _told(
        self, container: Element, story: Story, place: Place, reader: ParagraphReader
    ) -> Iterator[Told]:
        for child in container:
            tag = child.tag
            if tag == P:
                yield from self._paragraph(child, story, place, reader)
            elif tag == TABLE:
                yield from self._table(child, story, place, reader)
            elif tag in WRAPPERS or (tag in NOTES and child.get(NOTE_TYPE) not in SEPARATORS):
                yield from self._told(child, story, place, reader)
            elif tag == ALTERNATE:
                yield from self._told(chosen(child), story, place, reader)
            elif tag == ALT_CHUNK:
                raise LoadError(
                    "the document imports another file as its text, which qc does not read",
                    remedy="Open it in Word, save it again, and check the new file.",
                    vi=f"văn bản nhúng một tệp khác làm nội dung, qc không đọc được; {RESAVE_VI}",
                )

    def _paragraph(
        self, element: Element, story: Story, place: Place, reader: ParagraphReader
    ) -> Iterator[Told]:
        number = self._counts.get(place.part, 0) + 1
        self._counts[place.part] = number
        where = Place(place.part, number, place.table, place.row, place.column)
        told = Told(reader.read(element, where), story)
        if not told.paragraph.graphics:
            yield told
            return
        boxes: list[TextBox] = []
        for graphic in told.paragraph.graphics:
            for each in contents(graphic):
                if isinstance(each, TextBox):
                    boxes.append(each)
                else:
                    told.shown.append(each)
        yield told
        for box in boxes:
            inner = ParagraphReader(self.styles, may_hide=self.may_hide)
            yield from self._told(box.element, story, Place(part="textbox"), inner)

    def _table(
        self, table: Element, story: Story, place: Place, reader: ParagraphReader
    ) -> Iterator[Told]:
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(_children(table, ROW), 1):
            properties = row.find(W + "trPr")
            header = _flag(properties, "tblHeader")
            grid = 1 + _count(properties, "gridBefore", 0)
            for column, cell in enumerate(_children(row, CELL), 1):
                inside = Place(part=place.part, table=number, row=row_number, column=column)
                for told in self._told(cell, story, inside, reader):
                    if told.paragraph.place.table == number:
                        told.paragraph.header_cell = header
                        told.paragraph.grid_column = grid
                    yield told
                grid += _count(cell.find(W + "tcPr"), "gridSpan", 1)


def _is_main(relation: Relation) -> bool:
    return relation.kind == "officeDocument" and not relation.external


def _children(element: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through the wrappers that may stand around them."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in WRAPPERS and child.tag != TXBX:
            yield from _children(child, wanted)


def _flag(properties: Element | None, name: str) -> bool:
    return properties is not None and is_on(properties.find(W + name))


def _count(properties: Element | None, name: str, default: int) -> int:
    element = properties.find(W + name) if properties is not None else None
    value = element.get(VAL) if element is not None else None
    return int(value) if value and value.isdecimal() and len(value) < 4 else default
