"""Changes in an OpenDocument text, written into a copy."""

from __future__ import annotations

from collections.abc import Sequence

from qc.core.record import replace
from qc.documents._odf.names import OFFICE
from qc.documents._odf.paragraphs import OdfParagraph, OdfReader
from qc.documents._odf.styles import OdfStyles
from qc.documents._ooxml.archive import Archive
from qc.documents._ooxml.xml import parse_xml
from qc.documents.edit.change import Change, Edited
from qc.documents.edit.zipped import replace_members
from qc.documents.odt import CONTENT, STYLES


def edit_odt(data: bytes, changes: Sequence[Change]) -> Edited:
    """The document with the changes written into its body.

    A change is left out where its letters lie in more than one element, or outside the body.
    """
    from lxml import etree

    archive = Archive(data)
    content = parse_xml(archive.read(CONTENT), CONTENT)
    roots = [content]
    if STYLES in archive:
        roots.insert(0, parse_xml(archive.read(STYLES), STYLES))
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    paragraphs = {
        each.place.paragraph: each
        for each in OdfReader(OdfStyles(*roots)).story(body, "body")
        if each.place.part == "body"
    }
    made = []
    for change in sorted(changes, key=lambda each: each.block.start + each.start, reverse=True):
        place = change.block.place
        paragraph = paragraphs.get(place.paragraph) if place.part == "body" else None
        if paragraph is not None and _write(paragraph, change):
            made.append(change)
    made.reverse()
    left = tuple(each for each in changes if each not in made)
    if not made:
        return Edited(data, (), left)
    xml = etree.tostring(content, xml_declaration=True, encoding="UTF-8")
    return Edited(replace_members(data, {CONTENT: xml}), tuple(made), left)


def _write(paragraph: OdfParagraph, change: Change) -> bool:
    visible = "".join(piece.text for piece in paragraph.pieces if not piece.hidden)
    base = visible.find(change.block.text)
    if base < 0 or visible.find(change.block.text, base + 1) >= 0:
        return False
    start, end = base + change.start, base + change.end
    at = 0
    for index, piece in enumerate(paragraph.pieces):
        if piece.hidden:
            continue
        low, high = start - at, end - at
        if low >= 0 and high <= len(piece.text):
            stored = piece.element.tail if piece.tail else piece.element.text
            if stored is None or stored.count(piece.text) != 1:
                return False
            text = piece.text[:low] + change.text + piece.text[high:]
            stored = stored.replace(piece.text, text)
            if piece.tail:
                piece.element.tail = stored
            else:
                piece.element.text = stored
            paragraph.pieces[index] = replace(piece, text=text)
            return True
        at += len(piece.text)
    return False
