"""Where a container ends, and which metadata it carries: JPEG, PNG, GIF, RIFF, MP4, PDF, ZIP."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from qc.core.record import dataclass, field

MAX_INFLATED = 8 * 1024 * 1024


@dataclass(slots=True)
class Walk:
    """The logical end of a container, its metadata pieces, and what is odd about it."""

    end: int | None = None
    metadata: list[bytes] = field(default_factory=list)
    pixels: int = 0
    frames: int = 0
    bomb: bool = False
    stored: list[tuple[int, int]] = field(default_factory=list)


def walk(kind: str, data: bytes) -> Walk:
    """Walk a container of a known type; an unknown type gives an empty walk."""
    walker = _WALKERS.get(kind)
    found = Walk()
    if walker is not None:
        walker(data, found)
    return found


def _jpeg(data: bytes, found: Walk) -> None:
    position = 2
    size = len(data)
    while position + 4 <= size:
        if data[position] != 0xFF:
            return
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == 0xD9:
            found.end = position + 2
            return
        if marker in (0x01, *range(0xD0, 0xD8)):
            position += 2
            continue
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        body = data[position + 4 : position + 2 + length]
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            found.metadata.append(body)
        if marker in (0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB) and len(body) > 4:
            height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            found.pixels = max(found.pixels, width * height)
        position += 2 + max(length, 2)
        if marker == 0xDA:
            position = _scan_end(data, position)


def _scan_end(data: bytes, position: int) -> int:
    """The next marker behind entropy-coded data (stuffed zeros and restarts are skipped)."""
    while (position := data.find(b"\xff", position)) >= 0:
        following = data[position + 1 : position + 2]
        if following == b"" or (following != b"\0" and not b"\xd0" <= following <= b"\xd7"):
            return position
        position += 2
    return len(data)


def _png(data: bytes, found: Walk) -> None:
    position = 8
    while position + 8 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        name = data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + length]
        if name == b"IHDR" and len(body) >= 8:
            found.pixels = int.from_bytes(body[:4], "big") * int.from_bytes(body[4:8], "big")
        elif name in (b"tEXt", b"iTXt", b"eXIf", b"zTXt", b"iCCP"):
            found.metadata.append(body)
            if name in (b"zTXt", b"iCCP", b"iTXt"):
                _inflate(body, found)
        elif name not in _PNG_CHUNKS:
            found.metadata.append(body)
        position += 12 + length
        if name == b"IEND":
            found.end = position
            return


_PNG_CHUNKS = frozenset(
    (b"IDAT", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs", b"tIME", b"hIST")
)


def _inflate(body: bytes, found: Walk) -> None:
    for start in (body.find(b"\0") + 2, body.find(b"x\x9c"), body.find(b"x\xda")):
        if not 1 < start < len(body):
            continue
        try:
            inflater = zlib.decompressobj()
            text = inflater.decompress(body[start:], MAX_INFLATED)
        except zlib.error:
            continue
        found.metadata.append(text)
        found.bomb |= bool(inflater.unconsumed_tail)
        return


def _gif(data: bytes, found: Walk) -> None:
    if len(data) < 13:
        return
    found.pixels = int.from_bytes(data[6:8], "little") * int.from_bytes(data[8:10], "little")
    flags = data[10]
    position = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    while position < len(data):
        mark = data[position]
        if mark == 0x3B:
            found.end = position + 1
            return
        if mark == 0x21:
            label = data[position + 1 : position + 2]
            position, body = _gif_blocks(data, position + 2)
            if label in (b"\xfe", b"\xff", b"\x01"):
                found.metadata.append(body)
        elif mark == 0x2C and position + 10 <= len(data):
            local = data[position + 9]
            position += 10 + (3 << ((local & 7) + 1) if local & 0x80 else 0) + 1
            position, _ = _gif_blocks(data, position)
            found.frames += 1
        else:
            return


def _gif_blocks(data: bytes, position: int) -> tuple[int, bytes]:
    parts: list[bytes] = []
    while position < len(data) and data[position]:
        length = data[position]
        parts.append(data[position + 1 : position + 1 + length])
        position += 1 + length
    return position + 1, b"".join(parts)


def _riff(data: bytes, found: Walk) -> None:
    size = int.from_bytes(data[4:8], "little") + 8
    found.end = min(size + size % 2, len(data)) if size <= len(data) + 1 else None
    position = 12
    while position + 8 <= len(data) and position < size:
        name = data[position : position + 4]
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        body = data[position + 8 : position + 8 + min(length, 1 << 20)]
        if name == b"VP8X" and len(body) >= 10:
            width = int.from_bytes(body[4:7], "little") + 1
            found.pixels = width * (int.from_bytes(body[7:10], "little") + 1)
        elif name in (b"EXIF", b"XMP ", b"LIST", b"JUNK"):
            found.metadata.append(body)
        position += 8 + length + length % 2


def _bmp(data: bytes, found: Walk) -> None:
    found.end = int.from_bytes(data[2:6], "little") or None
    if found.end is not None and found.end > len(data):
        found.end = None
    width = abs(int.from_bytes(data[18:22], "little", signed=True))
    found.pixels = width * abs(int.from_bytes(data[22:26], "little", signed=True))


def _mp4(data: bytes, found: Walk) -> None:
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        name = data[position + 4 : position + 8]
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if size == 0:
            position = len(data)
            break
        if size < 8 or (
            not name.isalnum() and not all(32 <= byte < 127 or byte == 0xA9 for byte in name)
        ):
            break
        if name in (b"free", b"skip", b"udta", b"uuid"):
            found.metadata.append(data[position + 8 : position + min(size, 1 << 20)])
        position += size
    found.end = position if 0 < position <= len(data) else None


def _pdf(data: bytes, found: Walk) -> None:
    last = data.rfind(b"%%EOF")
    found.end = last + 5 if last >= 0 else None


def _zip(data: bytes, found: Walk) -> None:
    last = data.rfind(b"PK\x05\x06")
    if last >= 0 and last + 22 <= len(data):
        comment = int.from_bytes(data[last + 20 : last + 22], "little")
        found.end = min(last + 22 + comment, len(data))
        found.metadata.append(data[last + 22 : last + 22 + comment])


def _tiff(data: bytes, found: Walk) -> None:
    order = "little" if data[:2] == b"II" else "big"

    def number(start: int, width: int) -> int:
        return int.from_bytes(data[start : start + width], order)  # type: ignore[arg-type]

    seen: set[int] = set()
    offset = number(4, 4)
    while offset and offset + 2 <= len(data):
        if offset in seen or len(seen) > 1000:
            found.bomb = True
            return
        seen.add(offset)
        count = number(offset, 2)
        sides = {}
        for index in range(min(count, 512)):
            entry = offset + 2 + 12 * index
            tag = number(entry, 2)
            if tag in (256, 257):
                sides[tag] = number(entry + 8, 2 if number(entry + 2, 2) == 3 else 4)
        found.pixels = max(found.pixels, sides.get(256, 0) * sides.get(257, 0))
        offset = number(offset + 2 + 12 * count, 4)


_WALKERS: dict[str, Callable[[bytes, Walk], None]] = {
    "jpeg": _jpeg,
    "png": _png,
    "gif": _gif,
    "webp": _riff,
    "wav": _riff,
    "avi": _riff,
    "bmp": _bmp,
    "mp4": _mp4,
    "heif": _mp4,
    "pdf": _pdf,
    "zip": _zip,
    "tiff": _tiff,
}
