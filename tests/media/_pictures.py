"""Helpers of the image tests: pictures in memory, and one check run on one picture."""

from __future__ import annotations

import struct
from datetime import date
from typing import Any

from qc.core.article import Article, Fields, Image, Role
from qc.core.blob import Blob
from qc.core.finding import Finding
from qc.core.rule import AnyCheck
from qc.media._examples import photo

XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/"'
    ' xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"'
    '>{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def image(data: bytes, name: str = "anh.jpg", role: Role = Role.INLINE, **facts: Any) -> Image:
    """An image of an article whose file is in memory."""
    return Image(path=name, blob=Blob(data=data), role=role, **facts)


def findings(check: AnyCheck, subject: Any, **options: Any) -> list[Finding]:
    """What a check says about one subject."""
    return list(check.run(subject, check.options(**options)))


def rule_ids(check: AnyCheck, subject: Any, **options: Any) -> list[str]:
    """The ids of the rules that a check finds broken."""
    return [finding.rule.id for finding in findings(check, subject, **options)]


def jpeg(width: int, height: int, **save: Any) -> bytes:
    """A photo-like JPEG."""
    return photo(width, height, **save)()


def with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment behind its first two bytes."""
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def with_xmp(data: bytes, properties: str, *, codec: str = "utf-8") -> bytes:
    """A JPEG with an XMP packet; `properties` stand inside one rdf:Description."""
    packet = XMP.format(properties=properties).encode(codec)
    return with_segment(data, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def with_iim(data: bytes, *datasets: tuple[int, bytes], utf8: bool = True) -> bytes:
    """A JPEG with IPTC datasets of record 2 in a Photoshop segment."""
    body = b"\x1c\x01\x5a\0\3\x1b%G" if utf8 else b""
    for number, value in datasets:
        body += struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value
    body += b"\0" * (len(body) & 1)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(body)) + body
    return with_segment(data, 0xED, b"Photoshop 3.0\0" + block)


def article_of(*images: Image, **fields: Any) -> Article:
    """An article that holds nothing but pictures."""
    return Article(
        source="bai.md",
        format="markdown",
        digest="",
        images=images,
        fields=Fields(**fields),
        today=date(2026, 11, 24),
    )
