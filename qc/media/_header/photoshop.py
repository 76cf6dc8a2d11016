"""Photoshop image resources ("8BIM"), where JPEG, TIFF and PSD keep their IPTC datasets."""

from __future__ import annotations

from struct import unpack_from

from qc.media._header.model import Blocks

KINDS = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
IIM, ICC, EXIF, XMP = 0x0404, 0x040F, 0x0422, 0x0424


def iim_of_resources(data: bytes) -> list[bytes]:
    """The IPTC datasets among image resources."""
    return [body for number, body in resources(data) if number == IIM]


def fill_from_resources(data: bytes, blocks: Blocks) -> None:
    """Add every metadata block that image resources hold."""
    for number, body in resources(data):
        if number == IIM:
            blocks.iim.append(body)
        elif number == EXIF:
            blocks.exif.append(body)
        elif number == XMP:
            blocks.xmp.append(body)
        elif number == ICC:
            blocks.icc = body


def resources(data: bytes) -> list[tuple[int, bytes]]:
    """(number, content) of each resource, up to the first one that is damaged."""
    found: list[tuple[int, bytes]] = []
    position = 0
    while position + 12 <= len(data) and data[position : position + 4] in KINDS:
        number: int = unpack_from(">H", data, position + 4)[0]
        name = data[position + 6] + 1
        start = position + 6 + name + (name & 1)
        if start + 4 > len(data):
            break
        size: int = unpack_from(">I", data, start)[0]
        found.append((number, data[start + 4 : start + 4 + size]))
        position = start + 4 + size + (size & 1)
    return found
