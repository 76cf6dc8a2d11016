"""HEIC and AVIF: size, depth and metadata items of the ISO base media container."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from qc.core.record import dataclass, field
from qc.media._header.model import BadHeader, Blocks, Header

C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
MAX_BOXES = 20_000
MAX_ITEMS = 4_096


@dataclass(slots=True)
class _Meta:
    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    extents: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    links: dict[int, list[int]] = field(default_factory=dict)
    idat: bytes = b""


def read_isobmff(data: bytes) -> Header:
    """The header of a HEIF-like picture; the primary item gives the size."""
    brands = data[8:12] + data[16 : max(unpack_from(">I", data)[0], 16)]
    meta: _Meta | None = None
    blocks = Blocks()
    end_of_boxes, frames = 0, 1
    for kind, start, end in boxes(data, 0, len(data)):
        end_of_boxes = end
        if kind == b"meta" and meta is None:
            meta = _read_meta(data, start + 4, min(end, len(data)))
        elif kind == b"uuid" and data[start : start + 16] == C2PA_UUID:
            blocks.c2pa = True
        elif kind == b"moov":
            frames = 2
    if meta is None:
        raise BadHeader("no meta box")
    width, height, depth = _size(meta)
    if not width:
        raise BadHeader("no picture size")
    _fill(data, meta, blocks)
    return Header(
        format="avif" if b"avif" in brands or b"avis" in brands else "heic",
        width=width,
        height=height,
        mode="rgb",
        bit_depth=depth,
        frames=frames,
        truncated=end_of_boxes > len(data),
        blocks=blocks,
    )


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start of content, end) of the boxes in a span; a damaged one ends it."""
    for _ in range(MAX_BOXES):
        if start + 8 > min(end, len(data)):
            return
        size, kind = unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= len(data):
            size, head = unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head:
            return
        yield kind, start + head, start + size
        start += size


def _read_meta(data: bytes, start: int, end: int) -> _Meta:
    meta = _Meta()
    for kind, inner, stop in boxes(data, start, end):
        body = data[inner : min(stop, len(data))]
        if kind == b"pitm":
            meta.primary = unpack_from(">H" if body[0] == 0 else ">I", body, 4)[0]
        elif kind == b"iinf":
            _read_items(body, meta)
        elif kind == b"iloc":
            _read_places(body, meta)
        elif kind == b"idat":
            meta.idat = body
        elif kind == b"iprp":
            for part, first, last in boxes(body, 0, len(body)):
                if part == b"ipco":
                    meta.properties = [(k, body[a:b]) for k, a, b in boxes(body, first, last)]
                elif part == b"ipma":
                    _read_links(body[first:last], meta)
    return meta


def _read_items(body: bytes, meta: _Meta) -> None:
    start = 6 if body[0] == 0 else 8
    for kind, inner, stop in boxes(body, start, len(body)):
        if kind == b"infe" and body[inner] >= 2:
            wide = body[inner] >= 3
            number: int = unpack_from(">I" if wide else ">H", body, inner + 4)[0]
            place = inner + (10 if wide else 8)
            tail = body[place + 4 : stop]
            mime = body[place : place + 4] == b"mime" and b"rdf+xml" in tail
            meta.kinds[number] = b"xmp " if mime else body[place : place + 4]


def _read_places(body: bytes, meta: _Meta) -> None:
    version = body[0]
    sizes = unpack_from(">BB", body, 4)
    offset_size, length_size, base_size = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4
    index_size = sizes[1] & 15 if version else 0
    wide = version >= 2
    position = 10 if wide else 8
    count: int = unpack_from(">I" if wide else ">H", body, 6)[0]

    def number(size: int) -> int:
        nonlocal position
        value = int.from_bytes(body[position : position + size], "big")
        position += size
        return value

    for _ in range(min(count, MAX_ITEMS)):
        item = number(4 if wide else 2)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        extents = []
        for _ in range(min(number(2), 64)):
            number(index_size)
            offset = number(offset_size)
            extents.append((method, base + offset, number(length_size)))
        meta.extents[item] = extents


def _read_links(body: bytes, meta: _Meta) -> None:
    version, wide = body[0], bool(body[3] & 1)
    count: int = unpack_from(">I", body, 4)[0]
    position = 8
    for _ in range(min(count, MAX_ITEMS)):
        item: int = unpack_from(">I" if version else ">H", body, position)[0]
        position += 4 if version else 2
        links = body[position]
        position += 1
        step = 2 if wide else 1
        mask = 0x7FFF if wide else 0x7F
        values = (body[position + i * step : position + (i + 1) * step] for i in range(links))
        meta.links[item] = [int.from_bytes(value, "big") & mask for value in values]
        position += links * step


def _size(meta: _Meta) -> tuple[int, int, int]:
    """Width, height and depth of the primary item, else of the largest one, turned upright.

    HEIF turns a picture by its own `irot` property, so a decoder hands it out turned.
    """
    chosen = [i - 1 for i in meta.links.get(meta.primary, ()) if 0 < i <= len(meta.properties)]
    own = [meta.properties[i] for i in chosen]
    sizes = [unpack_from(">II", b, 4) for k, b in own or meta.properties if k == b"ispe"]
    if not sizes:
        return 0, 0, 8
    width, height = max(sizes)
    turns = sum(body[0] & 3 for kind, body in own if kind == b"irot" and body)
    if turns & 1:
        width, height = height, width
    depths = [b[5] for k, b in own or meta.properties if k == b"pixi" and len(b) > 5]
    return width, height, max(depths, default=8)


def _fill(data: bytes, meta: _Meta, blocks: Blocks) -> None:
    for item, kind in meta.kinds.items():
        if kind not in {b"Exif", b"xmp "}:
            continue
        parts = []
        for method, offset, length in meta.extents.get(item, ()):
            source = meta.idat if method == 1 else data
            parts.append(source[offset : offset + length])
        body = b"".join(parts)
        if kind == b"xmp ":
            blocks.xmp.append(body)
        elif len(body) > 8:
            skip: int = unpack_from(">I", body)[0]
            blocks.exif.append(body[4 + skip :].removeprefix(b"Exif\0\0"))
    for kind, body in meta.properties:
        if kind == b"colr" and body[:4] in {b"prof", b"rICC"}:
            blocks.icc = body[4:]
