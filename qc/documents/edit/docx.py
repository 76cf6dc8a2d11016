"""Changes in a Word document, written as tracked changes that an editor accepts or rejects."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from qc.core.article import Place
from qc.core.record import replace
from qc.documents._ooxml.names import RPR, RUN, T, W
from qc.documents._ooxml.runs import Paragraph, Piece
from qc.documents._ooxml.wordfile import Told, WordFile
from qc.documents.edit.change import Change, Edited
from qc.documents.edit.zipped import replace_members

AUTHOR = "qc"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def edit_docx(data: bytes, changes: Sequence[Change], date: str) -> Edited:
    """The document with each change as a tracked deletion and insertion.

    `date` (ISO 8601) is written into the tracked changes. A change is left out where its paragraph
    or its letters are not found, as in text that an old encoding was converted from.
    """
    from lxml import etree

    file = WordFile(data)
    told = {_key(each.paragraph.place): each for each in file.paragraphs()}
    made: list[Change] = []
    touched: dict[str, Any] = {}
    number = 9000
    for change in sorted(changes, key=lambda each: each.block.start + each.start, reverse=True):
        found = told.get(_key(change.block.place))
        if found is not None and _write(found.paragraph, change, number, date):
            made.append(change)
            touched[found.story.name] = _root(found)
            number += 2
    members = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in touched.items()
    }
    made.reverse()
    left = tuple(each for each in changes if each not in made)
    return Edited(replace_members(data, members) if members else data, tuple(made), left)


def _key(place: Place) -> tuple[str, int | None]:
    return place.part, place.paragraph


def _root(told: Told) -> Any:
    return told.story.root.getroottree().getroot()


def _write(paragraph: Paragraph, change: Change, number: int, date: str) -> bool:
    """Write one change into the runs of its paragraph; changes come from the end to the start."""
    visible = "".join(piece.text for piece in paragraph.pieces if not piece.hidden)
    base = visible.find(change.block.text)
    if base < 0 or visible.find(change.block.text, base + 1) >= 0:
        return False
    inserts = change.start == change.end
    start = base + change.start - (1 if inserts else 0)
    spans = list(paragraph.span(start, base + change.end))
    if not spans or any(not _plain(piece) for piece, _, _ in spans):
        return False
    if not inserts and "".join(p.text[a:b] for p, a, b in spans) != change.before:
        return False
    for position, (piece, low, high) in enumerate(reversed(spans)):
        text = change.text if position == len(spans) - 1 else ""
        _split(paragraph, piece, high if inserts else low, high, text, number, date)
    return True


def _plain(piece: Piece) -> bool:
    run = piece.element.getparent()
    return piece.element.tag == T and run is not None and run.tag == RUN


def _split(
    paragraph: Paragraph, piece: Piece, start: int, end: int, text: str, number: int, date: str
) -> None:
    """Cut the run of a piece into before, deleted, inserted and after."""
    run = piece.element.getparent()
    parent = run.getparent()
    index = parent.index(run)
    children = list(run)
    at = children.index(piece.element)
    kept = children[:at]
    rest = children[at + 1 :]
    new: list[Any] = []
    if start:
        new.append(_run(run, [*_without_properties(kept), _text(piece.text[:start])]))
    elif _without_properties(kept):
        new.append(_run(run, _without_properties(kept)))
    if start < end:
        deleted = _mark("del", number, date, run)
        deleted.append(_run(run, [_text(piece.text[start:end], "delText")]))
        new.append(deleted)
    if text:
        inserted = _mark("ins", number + 1, date, run)
        inserted.append(_run(run, [_text(text)]))
        new.append(inserted)
    run_of_rest = None
    if piece.text[end:] or rest:
        tail = [_text(piece.text[end:])] if piece.text[end:] else []
        run_of_rest = _run(run, [*tail, *rest])
        new.append(run_of_rest)
    parent.remove(run)
    for offset, element in enumerate(new):
        parent.insert(index + offset, element)
    _update(paragraph, piece, start, new)


def _update(paragraph: Paragraph, piece: Piece, start: int, new: list[Any]) -> None:
    """Later changes stand further left: what they need is the part before this one."""
    index = paragraph.pieces.index(piece)
    if start and new:
        element = new[0].findall(T)[-1]
        paragraph.pieces[index] = replace(piece, text=piece.text[:start], element=element)
    else:
        del paragraph.pieces[index]


def _without_properties(children: list[Any]) -> list[Any]:
    return [child for child in children if child.tag != RPR]


def _run(model: Any, children: list[Any]) -> Any:
    run = model.makeelement(RUN, dict(model.attrib))
    properties = model.find(RPR)
    if properties is not None:
        run.append(deepcopy(properties))
    run.extend(child for child in children if child.tag != RPR)
    return run


def _text(text: str, name: str = "t") -> Any:
    from lxml import etree

    element = etree.Element(W + name)
    element.text = text
    element.set(SPACE, "preserve")
    return element


def _mark(name: str, number: int, date: str, model: Any) -> Any:
    mark = model.makeelement(W + name, {})
    mark.set(W + "id", str(number))
    mark.set(W + "author", AUTHOR)
    mark.set(W + "date", date)
    return mark
