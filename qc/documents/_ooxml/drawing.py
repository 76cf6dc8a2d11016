"""Drawings of a docx: the pictures in them, their text boxes and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.documents._ooxml.names import ALTERNATE, DECORATIVE, PIC, TXBX, WP, A, O, R, V
from qc.documents._ooxml.runs import chosen
from qc.documents._ooxml.xml import Element

EMU_PER_PX = 9525
SIZE = regex(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.I)
PX = {"pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "px": 1.0}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the relationship of its file and what the drawing says about it.

    `linked` is set where the file is not in the document but fetched from its address.
    """

    relation: str
    linked: bool = False
    alt: str | None = None
    title: str | None = None
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box; its paragraphs stand below `element`."""

    element: Element


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file embedded as an object, or a part of the document that holds text (SmartArt)."""

    relation: str
    diagram: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    alt: str | None = None
    title: str | None = None
    width_px: int | None = None
    height_px: int | None = None


def contents(graphic: Element) -> Iterator[Picture | TextBox | Embedded]:
    """What a w:drawing, w:pict or w:object shows, in document order; boxes are not entered."""
    stack: list[tuple[Element, _Frame]] = [(graphic, _Frame())]
    while stack:
        element, frame = stack.pop()
        tag = element.tag
        if tag == TXBX:
            yield TextBox(element)
            continue
        if tag == ALTERNATE:
            stack.extend((each, frame) for each in reversed(list(chosen(element))))
            continue
        if tag in (WP + "inline", WP + "anchor"):
            frame = _anchor_frame(element)
        elif tag == PIC + "pic":
            frame = _picture_frame(element, frame)
        elif tag in (V + "shape", V + "rect", V + "oval"):
            frame = _shape_frame(element)
        found = _found(element, tag, frame)
        if found is not None:
            yield found
        stack.extend((each, frame) for each in reversed(element))


def _found(element: Element, tag: str, frame: _Frame) -> Picture | Embedded | None:
    if tag == A + "blip":
        embedded, linked = element.get(R + "embed"), element.get(R + "link")
        relation = embedded or linked
        return _picture(relation, frame, linked=not embedded) if relation else None
    if tag == V + "imagedata":
        relation = element.get(R + "id")
        return _picture(relation, frame) if relation else None
    if tag == O + "OLEObject" and element.get(R + "id"):
        return Embedded(element.get(R + "id"))
    if tag.endswith("}relIds") and element.get(R + "dm"):
        return Embedded(element.get(R + "dm"), diagram=True)
    if tag.endswith("/chart}chart") and element.get(R + "id"):
        return Embedded(element.get(R + "id"), diagram=True)
    return None


def _picture(relation: str, frame: _Frame, *, linked: bool = False) -> Picture:
    return Picture(relation, linked, frame.alt, frame.title, frame.width_px, frame.height_px)


def _anchor_frame(element: Element) -> _Frame:
    extent, properties = element.find(WP + "extent"), element.find(WP + "docPr")
    width = height = None
    if extent is not None:
        width, height = _pixels(extent.get("cx")), _pixels(extent.get("cy"))
    if properties is None:
        return _Frame(None, None, width, height)
    return _Frame(_alternative(properties), properties.get("title"), width, height)


def _picture_frame(element: Element, frame: _Frame) -> _Frame:
    """A picture inside a group or canvas has its own size and may have its own description."""
    properties = element.find(f"{PIC}nvPicPr/{PIC}cNvPr")
    alt = frame.alt
    if alt is None and properties is not None:
        alt = _alternative(properties)
    parent = element.getparent()
    grouped = parent is not None and parent.tag != A + "graphicData"
    extent = element.find(f"{PIC}spPr/{A}xfrm/{A}ext") if grouped else None
    if extent is None:
        return _Frame(alt, frame.title, frame.width_px, frame.height_px)
    return _Frame(alt, frame.title, _pixels(extent.get("cx")), _pixels(extent.get("cy")))


def _alternative(properties: Element) -> str | None:
    for decorative in properties.iter(DECORATIVE):
        if decorative.get("val") in ("1", "true"):
            return ""
    described: str | None = properties.get("descr")
    return described


def _shape_frame(element: Element) -> _Frame:
    sizes = {
        name.lower(): round(float(number) * PX[(unit or "px").lower()])
        for name, number, unit in SIZE.findall(element.get("style") or "")
        if number.count(".") < 2 and number.strip(".") and len(number) < 12
    }
    return _Frame(element.get("alt"), element.get("title"), sizes.get("width"), sizes.get("height"))


def _pixels(emu: str | None) -> int | None:
    return round(int(emu) / EMU_PER_PX) if emu and emu.isdecimal() and len(emu) < 12 else None
