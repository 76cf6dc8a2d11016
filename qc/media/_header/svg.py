"""SVG: the size that its root element declares. What it may contain is a security question."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import ParseError

from qc.core.lazy import regex
from qc.media._header.model import BadHeader, Blocks, Header

LENGTH = regex(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in|q|em|rem|)\s*", re.IGNORECASE)
PX = {"px": 1, "": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
PX |= {"q": 96 / 101.6, "em": 16, "rem": 16}
MAX_BYTES = 20 * 1024 * 1024
PACKET = regex(rb"<(?:x:xmpmeta|rdf:RDF)\b.*?</(?:x:xmpmeta|rdf:RDF)>", re.DOTALL)


def read_svg(data: bytes) -> Header:
    """Width and height in px, from the attributes or else the viewBox (0: not declared)."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    if len(data) > MAX_BYTES:
        raise BadHeader("an SVG of more than 20 MiB")
    try:
        _, root = next(iter(iterparse(io.BytesIO(data), events=("start",))))
    except DefusedXmlException as error:
        raise BadHeader("an SVG with entity declarations") from error
    except (ParseError, StopIteration, ValueError, LookupError) as error:
        raise BadHeader("no well-formed SVG") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise BadHeader("the root element is not svg")
    view = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    box = [_px(value) for value in view[2:4]] if len(view) == 4 else [0, 0]
    packet = PACKET.search(data)
    return Header(
        format="svg",
        width=_px(root.get("width", "")) or box[0],
        height=_px(root.get("height", "")) or box[1],
        mode="rgba",
        lossless=True,
        blocks=Blocks(xmp=[packet[0]] if packet else [], c2pa=b"c2pa:manifest" in data),
    )


def _px(value: str) -> int:
    match = LENGTH.fullmatch(value)
    return round(float(match[1]) * PX[match[2].lower()]) if match else 0
