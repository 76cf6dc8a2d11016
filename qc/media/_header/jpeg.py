"""JPEG: size, colours, quality from the quantisation tables, scans, metadata segments."""

from __future__ import annotations

from struct import unpack_from

from qc.core.record import dataclass, field
from qc.media._header.model import BadHeader, Blocks, Header
from qc.media._header.photoshop import iim_of_resources

SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDALONE = frozenset(range(0xD0, 0xD9)) | {0x01}
XMP_ID = b"http://ns.adobe.com/xap/1.0/\0"
XMP_EXTENSION_ID = b"http://ns.adobe.com/xmp/extension/\0"
MAX_SEGMENTS = 10_000
# ITU-T T.81 Annex K, in zigzag order: the tables that libjpeg scales by its quality setting.
LUMINANCE = (
    *(16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40),
    *(26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51),
    *(56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87),
    *(95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99),
)


@dataclass(slots=True)
class _Reading:
    blocks: Blocks = field(default_factory=Blocks)
    size: tuple[int, int] | None = None
    components: int = 0
    bit_depth: int = 8
    progressive: bool = False
    table: tuple[int, ...] = ()
    resources: list[bytes] = field(default_factory=list)
    icc: dict[int, bytes] = field(default_factory=dict)
    extension: dict[int, bytes] = field(default_factory=dict)


def read_jpeg(data: bytes) -> Header:
    """The header of a JPEG file; BadHeader where it has no frame at all."""
    reading = _Reading()
    scan = _walk(data, reading)
    if reading.size is None:
        raise BadHeader("no frame header")
    blocks = reading.blocks
    if reading.resources:
        blocks.iim.extend(iim_of_resources(b"".join(reading.resources)))
    blocks.icc = b"".join(reading.icc[number] for number in sorted(reading.icc))
    if reading.extension:
        blocks.xmp.append(b"".join(part for _, part in sorted(reading.extension.items())))
    width, height = reading.size
    scans = data.count(b"\xff\xda", scan - 2) if reading.progressive and scan else 1
    return Header(
        format="jpeg",
        width=width,
        height=height,
        mode={1: "gray", 3: "rgb", 4: "cmyk"}.get(reading.components, "unknown"),
        bit_depth=reading.bit_depth,
        quality=quality_of(reading.table),
        progressive=reading.progressive,
        scans=max(scans, 1),
        truncated=scan == 0 or data.rfind(b"\xff\xd9", scan) < 0,
        blocks=blocks,
    )


def quality_of(table: tuple[int, ...]) -> float | None:
    """The libjpeg quality (1-100) that gives this luminance table; None for an odd one.

    Entries clipped at 1 and 255 carry no scale and are left out.
    """
    if len(table) != 64:
        return None
    scales = [100 * q / k for q, k in zip(table, LUMINANCE, strict=True) if 1 < q < 255]
    if not scales:
        return 100.0 if max(table) <= 1 else 1.0
    scale = sum(scales) / len(scales)
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return round(min(max(quality, 1.0), 100.0), 1)


def _walk(data: bytes, reading: _Reading) -> int:
    """Read the segments up to the first scan; the offset behind its marker, 0 if none."""
    position, size = 2, len(data)
    for _ in range(MAX_SEGMENTS):
        position = data.find(b"\xff", position)
        if position < 0 or position + 4 > size:
            return 0
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker in STANDALONE or marker == 0:
            position += 2
        elif marker == 0xDA:
            return position + 2
        elif marker == 0xD9:
            return 0
        else:
            length: int = unpack_from(">H", data, position + 2)[0]
            _segment(marker, data[position + 4 : position + 2 + max(length, 2)], reading)
            position += 2 + max(length, 2)
    return 0


def _segment(marker: int, body: bytes, reading: _Reading) -> None:
    if marker in SOF:
        if len(body) >= 6 and reading.size is None:
            reading.bit_depth, height, width, reading.components = unpack_from(">BHHB", body)
            reading.size = (width, height)
            reading.progressive = marker in {0xC2, 0xC6, 0xCA, 0xCE}
    elif marker == 0xDB:
        _tables(body, reading)
    elif marker == 0xE1:
        _app1(body, reading)
    elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
        reading.icc[body[12]] = body[14:]
    elif marker == 0xEB and body.startswith(b"JP") and b"c2pa" in body[:200]:
        reading.blocks.c2pa = True
    elif marker == 0xED:
        if body.startswith(b"Photoshop 3.0\0"):
            reading.resources.append(body[14:])
        elif body.startswith(b"\x1c\x02"):
            reading.blocks.iim.append(body)
    elif marker == 0xFE:
        reading.blocks.comments.append(body)


def _tables(body: bytes, reading: _Reading) -> None:
    position = 0
    while position < len(body):
        kind = body[position]
        wide = kind >> 4
        end = position + 1 + (128 if wide else 64)
        if end > len(body):
            return
        if kind & 15 == 0 and not reading.table:
            part = body[position + 1 : end]
            reading.table = unpack_from(">64H", part) if wide else tuple(part)
        position = end


def _app1(body: bytes, reading: _Reading) -> None:
    if body.startswith(b"Exif\0"):
        reading.blocks.exif.append(body[6:])
    elif body.startswith(XMP_ID):
        reading.blocks.xmp.append(body[len(XMP_ID) :])
    elif body.startswith(XMP_EXTENSION_ID):
        head = len(XMP_EXTENSION_ID) + 32
        if len(body) >= head + 8:
            reading.extension[unpack_from(">I", body, head + 4)[0]] = body[head + 8 :]
    elif any(mark in body[:400] for mark in (b"<?xpacket", b"<x:xmpmeta", b"<rdf:RDF")):
        reading.blocks.xmp.append(body[body.index(b"<") :])  # a wrong or missing identifier
