"""XMP: the properties that say who made a picture, who owns it and how it was made.

Packets in the wild are in UTF-16, have junk behind the root, write properties as attributes
or in the wrong case, and are cut off. So the reader streams, keeps what stood before damage,
matches names by namespace and lower-case local name, and bans entity declarations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.media._metadata.repair import clean

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmprights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpmm",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "iptccore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "iptcext",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifex",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://ns.microsoft.com/photo/1.2/t/regioninfo#": "mp",
    "http://ns.microsoft.com/photo/1.2/t/region#": "mpreg",
    "http://xmp.gettyimages.com/gift/1.0/": "getty",
    "http://ns.adobe.com/xap/1.0/stype/resourceevent#": "stevt",
    "http://cv.iptc.org/newscodes/digitalsourcetype/": "digsrc",
}
FOLDED = {name.lower(): prefix for name, prefix in PREFIXES.items()}
ENDS = regex(rb"</(?:x:xmpmeta|x:xapmeta|[\w]+:RDF)\s*>")
MAX_BYTES = 4 * 1024 * 1024
MAX_VALUES = 2_000


@dataclass(slots=True)
class Xmp:
    """Values by (prefix, lower-case name). `top` are properties of the picture itself;
    `inner` are fields of structures inside them (licensors, regions, history)."""

    top: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    inner: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def all(self, prefix: str, name: str) -> tuple[str, ...]:
        """The values of a property of the picture, without doubles."""
        return tuple(dict.fromkeys(self.top.get((prefix, name.lower()), ())))

    def one(self, prefix: str, name: str) -> str:
        """The first value of a property; "" where there is none."""
        values = self.top.get((prefix, name.lower()))
        return values[0] if values else ""

    def nested(self, prefix: str, name: str) -> tuple[str, ...]:
        """The values of a field, wherever it stands."""
        key = (prefix, name.lower())
        return tuple(dict.fromkeys((*self.top.get(key, ()), *self.inner.get(key, ()))))


def read_xmp(packets: Iterable[bytes]) -> Xmp:
    """The properties of all packets; earlier packets win."""
    xmp = Xmp()
    for packet in packets:
        _Reader(xmp).feed(packet[:MAX_BYTES])
    return xmp


class _Reader:
    """Fills an Xmp from one packet."""

    def __init__(self, xmp: Xmp) -> None:
        self.xmp = xmp
        self.path: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.default = False
        self.count = 0

    def feed(self, packet: bytes) -> None:
        parser = expat.ParserCreate("utf-8", "\n")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.EntityDeclHandler = _refuse
        parser.buffer_text = True
        try:
            parser.Parse(_unpacked(packet), True)
        except (expat.ExpatError, _Entity, RecursionError):
            return

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _name(tag)
        self.path.append(name)
        self.text.clear()
        self.default = attributes.get(f"{XML}\nlang", "") == "x-default"
        for key, value in attributes.items():
            space, part = _name(key)
            if space == "rdf":
                if part not in {"about", "parsetype", "id", "nodeid"}:
                    self._add(self._owner(), value)
            elif space not in {"", "xml", "x"}:
                self._add((space, part), value, deeper=True)

    def _end(self, tag: str) -> None:
        value = "".join(self.text)
        self.text.clear()
        if value.strip():
            self._add(self._owner(), value, first=self.default)
        self.default = False
        self.path.pop()

    def _owner(self) -> tuple[str, str]:
        """The property that the current element gives a value for."""
        for name in reversed(self.path):
            if name[0] not in {"rdf", "x", ""}:
                return name
        return ("", "")

    def _add(
        self, key: tuple[str, str], value: str, *, first: bool = False, deeper: bool = False
    ) -> None:
        self.count += 1
        text = clean(value)
        if not key[0] or not text or self.count > MAX_VALUES:
            return
        depth = sum(name[0] not in {"rdf", "x", ""} for name in self.path) + deeper
        values = (self.xmp.top if depth <= 1 else self.xmp.inner).setdefault(key, [])
        if first:
            values.insert(0, text)
        else:
            values.append(text)


class _Entity(Exception):
    """The packet declares an entity: no XMP writer does, so it is an attack."""


def _refuse(*_: object) -> None:
    raise _Entity


def _name(tag: str) -> tuple[str, str]:
    """(prefix, lower-case local name); foreign namespaces keep their own address."""
    space, _, local = tag.rpartition("\n")
    if space == RDF:
        return "rdf", local.lower()
    if space.startswith("adobe:ns:meta"):
        return "x", local.lower()
    return PREFIXES.get(space) or FOLDED.get(space.lower(), space), local.lower()


def _unpacked(packet: bytes) -> bytes:
    """The packet in UTF-8, from its first tag to the end of its root."""
    head = packet[:4]
    for mark, codec in (
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"<\0\0\0", "utf-32-le"),
        (b"\0\0\0<", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            packet = packet.decode(codec, "replace").encode("utf-8", "replace")
            break
    else:
        if head.startswith(b"\xef\xbb\xbf"):
            packet = packet[3:]
        try:
            packet.decode("utf-8")
        except UnicodeDecodeError:
            packet = packet.decode("cp1252", "replace").encode("utf-8")
    ends = [match.end() for match in ENDS.finditer(packet)]
    start = packet.find(b"<x:")
    start = packet.find(b"<") if start < 0 else start
    body = packet[max(start, 0) : ends[-1] if ends else len(packet)]
    return re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", body)
