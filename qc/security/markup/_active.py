"""Constructs that run code in a reader's browser, as facts about a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security.markup._addresses import URL_ATTRIBUTES, active_scheme, addresses, is_inert
from qc.security.markup._tree import Element, Tree, parse

_HANDLER = regex(r"on[a-z]{3,}(?:-[a-z]+)*")
_NOT_HANDLERS = frozenset(["once", "only", "onto", "online-only"])
_NESTED_LIMIT = 4
_RASTER = regex(r"data:image/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)\b", re.I)
_SVG_DATA = regex(r"data:image/svg\+xml", re.I)
_IMAGE_PLACES = frozenset(
    tuple(each.split("/"))
    for each in (
        "img/src img/srcset source/srcset input/src image/href image/xlink:href video/poster"
        " body/background td/background table/background link/href feimage/href"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Active:
    """One construct that runs: `kind` is script, handler, address, data or srcdoc."""

    kind: str
    element: Element
    attribute: str = ""
    value: str = ""
    inert: bool = False
    decoded: bool = False

    @property
    def signature(self) -> tuple[str, str, str]:
        """What makes two constructs of two parses the same."""
        return self.kind, self.element.name, self.attribute


def active(tree: Tree, level: int = 0) -> Iterator[Active]:
    """Every construct of a tree that runs code, in document order."""
    for element in tree.elements:
        yield from active_in(element, level)


def active_in(element: Element, level: int = 0) -> Iterator[Active]:
    """The constructs of one element."""
    if element.name.rpartition(":")[2] == "script" and not _is_data_block(element):
        yield Active("script", element, value=_source(element))
    for name, value in element.attributes.items():
        if _HANDLER.fullmatch(name) and name not in _NOT_HANDLERS:
            yield Active("handler", element, name, value)
        elif name == "srcdoc":
            yield from _srcdoc(element, value, level)
        elif name in URL_ATTRIBUTES or name.endswith(":href"):
            yield from _address(element, name, value)
        elif name == "attributename" and element.namespace != "html":
            target = value.strip().lower().rpartition(":")[2]
            if target.startswith("on"):
                yield Active("handler", element, name, value)


def _source(element: Element) -> str:
    return element.get("src") or element.get("href") or element.get("xlink:href")


def _is_data_block(element: Element) -> bool:
    """JSON-LD and other data blocks: a browser never runs them. Not so in SVG."""
    kind = element.get("type").strip().lower()
    return (
        element.namespace == "html"
        and element.name == "script"
        and kind in ("application/ld+json", "application/json", "text/template", "math/tex")
        and not element.get("src")
    )


def _address(element: Element, name: str, value: str) -> Iterator[Active]:
    for address in addresses(name, value):
        if ":" not in address and "&" not in address and "%" not in address:
            continue
        found, decoded = active_scheme(address)
        if found:
            inert = found == "javascript" and is_inert(address) and element.name in ("a", "area")
            yield Active("address", element, name, address, inert, decoded)
            return
        head = re.sub(r"[\x00-\x20]", "", address[:100])
        if head[:5].lower() == "data:" and not _harmless_data(element, name, head, address):
            yield Active("data", element, name, address)
            return


def _harmless_data(element: Element, name: str, head: str, value: str) -> bool:
    if _RASTER.match(head):
        return True
    media = element.name in ("audio", "video", "source", "track")
    if media and re.match(r"data:(audio|video|text/vtt)\b", head, re.I):
        return True
    if _SVG_DATA.match(head) and (element.name, name) in _IMAGE_PLACES:
        drawing = parse(svg_of(value), locate=False)
        return not drawing.limit and not any(active(drawing, _NESTED_LIMIT))
    return False


def svg_of(value: str) -> str:
    """The SVG text inside a data address; empty where it cannot be read."""
    from base64 import b64decode
    from urllib.parse import unquote

    head, _, body = value.partition(",")
    body = unquote(body)
    if "base64" not in head.lower():
        return body
    body = re.sub(r"[^A-Za-z0-9+/]", "", body)
    return b64decode(body[: len(body) // 4 * 4] or "").decode("utf-8", "replace")


def _srcdoc(element: Element, value: str, level: int) -> Iterator[Active]:
    """A frame's own document runs in the page's origin: judged like the page itself."""
    if element.name not in ("iframe", "frame"):
        return
    if level >= _NESTED_LIMIT:
        yield Active("srcdoc", element, "srcdoc", value)
        return
    page = parse(value, locate=False)
    if page.limit:
        yield Active("srcdoc", element, "srcdoc", value)
    for inner in active(page, level + 1):
        yield Active(inner.kind, element, "srcdoc", inner.value, decoded=inner.decoded)
        return
