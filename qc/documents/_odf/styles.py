"""Styles of an odt: common and automatic ones, resolved along their parents."""

from __future__ import annotations

from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass, replace
from qc.documents._odf.names import FO, STYLE, SVG, TEXT
from qc.documents._ooxml.styles import Look
from qc.documents._ooxml.xml import Element

SIZE = regex(r"(\d+(?:\.\d+)?)pt")
BOLD = frozenset(("bold", "600", "700", "800", "900"))
ESCAPED = regex(r"_([0-9a-f]{2})_")


@dataclass(frozen=True, slots=True)
class OdfStyle:
    """A style with all that it inherits; `name` is that of the common style, in lower case."""

    name: str = ""
    look: Look = Look()
    align: str | None = None


class OdfStyles:
    """The styles of a document by family and name. Sizes are in half-points, as in docx."""

    def __init__(self, *roots: Element) -> None:
        self._fonts: dict[str, str] = {}
        self._elements: dict[tuple[str, str], Any] = {}
        self._common: set[tuple[str, str]] = set()
        self._resolved: dict[tuple[str, str], OdfStyle] = {}
        self._defaults: dict[str, Any] = {}
        for root in roots:
            self._read(root)

    def _read(self, root: Element) -> None:
        for face in root.iter(STYLE + "font-face"):
            family = (face.get(SVG + "font-family") or "").strip("'\"")
            self._fonts[face.get(STYLE + "name") or ""] = family
        for group in root:
            common = group.tag.endswith("}styles")
            for element in group:
                key = (element.get(STYLE + "family") or "", element.get(STYLE + "name") or "")
                if element.tag == STYLE + "style":
                    self._elements[key] = element
                    if common:
                        self._common.add(key)
                elif element.tag == STYLE + "default-style":
                    self._defaults[key[0]] = element

    def paragraph(self, name: str | None) -> OdfStyle:
        """The paragraph style of that name."""
        return self._resolve("paragraph", name or "Standard", OdfStyle())

    def span(self, name: str | None, base: Look) -> Look:
        """The look of a span of a text style inside text that looks like `base`."""
        return self._resolve("text", name, OdfStyle(look=base)).look if name else base

    def _resolve(self, family: str, name: str, base: OdfStyle) -> OdfStyle:
        key = (family, name)
        if family == "paragraph" and key in self._resolved:
            return self._resolved[key]
        chain: list[Element] = []
        style = base
        named = ""
        seen: set[str] = set()
        parent: str | None = name
        while parent and parent not in seen and (family, parent) in self._elements:
            seen.add(parent)
            element = self._elements[family, parent]
            chain.append(element)
            if not named and (family, parent) in self._common:
                named = element.get(STYLE + "display-name") or _unescape(parent)
            parent = element.get(STYLE + "parent-style-name")
        if family == "paragraph" and family in self._defaults:
            chain.append(self._defaults[family])
        for element in reversed(chain):
            style = self._inherit(style, element)
        style = replace(style, name=(named or _unescape(name)).lower())
        if family == "paragraph":
            self._resolved[key] = style
        return style

    def _inherit(self, style: OdfStyle, element: Element) -> OdfStyle:
        look, align = style.look, style.align
        for properties in element:
            if properties.tag == STYLE + "text-properties":
                look = self._look(properties, look)
            elif properties.tag == STYLE + "paragraph-properties":
                align = properties.get(FO + "text-align") or align
        return OdfStyle(style.name, look, align)

    def _look(self, properties: Element, base: Look) -> Look:
        get = properties.get
        named = get(STYLE + "font-name")
        font = self._fonts.get(named, named) if named else get(FO + "font-family")
        weight, slant = get(FO + "font-weight"), get(FO + "font-style")
        size = SIZE.fullmatch(get(FO + "font-size") or "")
        display = get(TEXT + "display")
        return Look(
            font.strip("'\"") if font else base.font,
            display == "none" if display else base.hidden,
            weight in BOLD if weight else base.bold,
            slant == "italic" if slant else base.italic,
            round(2 * float(size[1])) if size else base.size,
        )


def _unescape(name: str) -> str:
    """Heading_20_1 -> Heading 1."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)
