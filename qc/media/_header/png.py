"""PNG and APNG: size, colours, frames, text chunks with the metadata that tools hide there."""

from __future__ import annotations

import re
import zlib
from struct import unpack_from

from qc.core.lazy import regex
from qc.media._header.model import MAX_TEXT_BYTES, BadHeader, Blocks, Header
from qc.media._header.photoshop import iim_of_resources

MODES = {0: "gray", 2: "rgb", 3: "palette", 4: "gray-alpha", 6: "rgba"}
RAW_PROFILE = regex(r"(?i)raw profile type (exif|iptc|xmp|app1|8bim)")


def read_png(data: bytes) -> Header:
    """The header of a PNG file; chunks are read up to the end or the first damaged one."""
    if len(data) < 29 or data[12:16] != b"IHDR":
        raise BadHeader("no IHDR chunk")
    width, height, bit_depth, colour = unpack_from(">IIBB", data, 16)
    blocks = Blocks()
    frames, complete, position = 1, False, 8
    while position + 8 <= len(data):
        length: int = unpack_from(">I", data, position)[0]
        kind = data[position + 4 : position + 8]
        end = position + 8 + length
        if end + 4 > len(data):
            complete = kind == b"IEND" and length == 0
            break
        if kind == b"acTL" and length >= 4:
            frames = unpack_from(">I", data, position + 8)[0]
        elif kind == b"IEND":
            complete = True
            break
        elif kind != b"IDAT":
            _chunk(kind, data[position + 8 : end], blocks)
        position = end + 4
    return Header(
        format="png",
        width=width,
        height=height,
        mode=MODES.get(colour, "unknown"),
        bit_depth=bit_depth,
        frames=max(frames, 1),
        truncated=not complete,
        lossless=True,
        blocks=blocks,
    )


def _chunk(kind: bytes, body: bytes, blocks: Blocks) -> None:
    if kind == b"eXIf":
        blocks.exif.append(body.removeprefix(b"Exif\0\0"))
    elif kind == b"caBX":
        blocks.c2pa = True
    elif kind == b"iCCP":
        blocks.icc = _inflate(body.partition(b"\0")[2][1:])
    elif kind in {b"tEXt", b"zTXt", b"iTXt"}:
        keyword, _, rest = body.partition(b"\0")
        _text(keyword.decode("latin-1"), _text_value(kind, rest), blocks)


def _text_value(kind: bytes, rest: bytes) -> bytes:
    if kind == b"zTXt":
        return _inflate(rest[1:])
    if kind == b"tEXt":
        return rest
    packed = rest[:1] == b"\1"
    value = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return _inflate(value) if packed else value


def _text(keyword: str, value: bytes, blocks: Blocks) -> None:
    if keyword == "XML:com.adobe.xmp":
        blocks.xmp.append(value)
        return
    profile = RAW_PROFILE.fullmatch(keyword)
    if profile is None:
        try:
            blocks.text.setdefault(keyword, value[:20_000].decode("utf-8"))
        except UnicodeDecodeError:
            blocks.text.setdefault(keyword, value[:20_000].decode("latin-1"))
        return
    body = _unhex(value)
    kind = profile[1].lower()
    if kind in {"iptc", "8bim"}:
        blocks.iim.extend(iim_of_resources(body) or ([body] if body[:1] == b"\x1c" else []))
    elif kind == "xmp":
        blocks.xmp.append(body)
    elif body.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        blocks.xmp.append(body[29:])
    else:
        blocks.exif.append(body.removeprefix(b"Exif\0\0"))


def _unhex(value: bytes) -> bytes:
    """ImageMagick's raw profiles: a name line, a length line, then hex digits in lines."""
    parts = value.lstrip().split(b"\n", 2)
    if len(parts) < 3:
        return b""
    digits = re.sub(rb"[^0-9a-fA-F]", b"", parts[2])
    return bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))


def _inflate(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MAX_TEXT_BYTES)
    except zlib.error:
        return b""
