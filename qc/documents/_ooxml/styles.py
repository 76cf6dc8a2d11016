"""Styles of a docx: what a paragraph or run inherits (font, hidden, heading level …)."""

from __future__ import annotations

from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass, replace
from qc.documents._ooxml.names import (
    ALIGN,
    ASCII,
    ASCII_THEME,
    BOLD,
    H_ANSI,
    H_ANSI_THEME,
    ITALIC,
    NUM_ID,
    NUM_PR,
    OUTLINE,
    PPR,
    R_FONTS,
    R_STYLE,
    RPR,
    SIZE,
    VAL,
    VANISH,
    W,
    is_on,
)
from qc.documents._ooxml.xml import Element

HEADING = regex(r"heading ([1-9])")
THEME_FONT = "+theme"
HIDDEN_SIZE = 2  # one point cannot be read


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks, as far as qc needs it; None: not said, so inherited. Sizes: half-points."""

    font: str | None = None
    hidden: bool | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: int | None = None
    style: str | None = None

    @property
    def unseen(self) -> bool:
        """Whether a reader of the printed page does not see the text."""
        return bool(self.hidden) or (self.size is not None and self.size <= HIDDEN_SIZE)

    def over(self, base: Look) -> Look:
        """This look where it says something, else `base`."""
        return Look(
            base.font if self.font is None else self.font,
            base.hidden if self.hidden is None else self.hidden,
            base.bold if self.bold is None else self.bold,
            base.italic if self.italic is None else self.italic,
            base.size if self.size is None else self.size,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with all that it inherits. `level` is 1-9 for headings."""

    name: str = ""
    look: Look = Look()
    align: str | None = None
    level: int | None = None
    listed: bool = False


def read_look(properties: Element) -> tuple[Any, ...]:
    """What run properties say themselves, as the arguments of Look."""
    font = hidden = bold = italic = size = style = None
    for child in properties:
        tag = child.tag
        if tag == R_FONTS:
            font = _font(child)
        elif tag == SIZE:
            size = _number(child.get(VAL))
        elif tag == BOLD:
            bold = is_on(child)
        elif tag == ITALIC:
            italic = is_on(child)
        elif tag == VANISH:
            hidden = is_on(child)
        elif tag == R_STYLE:
            style = child.get(VAL)
    return font, hidden, bold, italic, size, style


def _said(properties: Element | None, base: Look) -> Look:
    return base if properties is None else Look(*read_look(properties)).over(base)


def _font(fonts: Element) -> str | None:
    get = fonts.get
    name: str | None = get(H_ANSI) or get(ASCII)
    return THEME_FONT if get(H_ANSI_THEME) or get(ASCII_THEME) else name


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


class Styles:
    """The styles of a document by id, each resolved along its `basedOn` chain once."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        self._default_paragraph: str | None = None
        base = Look()
        for element in () if root is None else root:
            if element.tag == W + "docDefaults":
                properties = element.find(f"{W}rPrDefault/{RPR}")
                base = _said(properties, base)
            elif element.tag == W + "style":
                self._add(element)
        self._base = Style(look=base)

    def _add(self, element: Element) -> None:
        style_id = element.get(W + "styleId") or ""
        self._elements[style_id] = element
        default = element.get(W + "default") in ("1", "true")
        if default and element.get(W + "type") == "paragraph":
            self._default_paragraph = style_id

    def paragraph(self, style_id: str | None) -> Style:
        """The paragraph style of that id, or the default one."""
        wanted = style_id if style_id in self._elements else self._default_paragraph
        return self._resolve(wanted) if wanted is not None else self._base

    def character(self, style_id: str | None, base: Look) -> Look:
        """The look of a run of a character style inside a paragraph that looks like `base`."""
        if style_id not in self._elements:
            return base
        for element in reversed(self._chain(style_id)):
            base = _said(element.find(RPR), base)
        return base

    def _chain(self, style_id: str | None) -> list[Element]:
        chain: list[Element] = []
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen:
            element = self._elements[style_id]
            chain.append(element)
            seen.add(style_id)
            parent = element.find(W + "basedOn")
            style_id = parent.get(VAL) if parent is not None else None
        return chain

    def _resolve(self, style_id: str) -> Style:
        if style_id not in self._resolved:
            style = self._base
            for element in reversed(self._chain(style_id)):
                style = _inherit(style, element)
            self._resolved[style_id] = style
        return self._resolved[style_id]


def _inherit(style: Style, element: Element) -> Style:
    named = element.find(W + "name")
    name = (named.get(VAL) or "").lower() if named is not None else ""
    look = _said(element.find(RPR), style.look)
    match = HEADING.fullmatch(name)
    level = int(match[1]) if match else style.level
    style = replace(style, name=name, look=look, level=level)
    paragraph = element.find(PPR)
    return style if paragraph is None else paragraph_style(paragraph, style)


def paragraph_style(properties: Element, style: Style) -> Style:
    """What the properties of a paragraph (or of a style) change in `style`."""
    align, level, listed = style.align, style.level, style.listed
    for child in properties:
        tag = child.tag
        if tag == ALIGN:
            align = child.get(VAL)
        elif tag == NUM_PR:
            number = child.find(NUM_ID)
            listed = number is not None and number.get(VAL) != "0"
        elif tag == OUTLINE:
            outline = _number(child.get(VAL))
            level = outline + 1 if outline is not None and outline < 9 else None
    if (align, level, listed) == (style.align, style.level, style.listed):
        return style
    return Style(style.name, style.look, align, level, listed)
