"""WebP: size, frames, alpha and the metadata chunks of the RIFF container."""

from __future__ import annotations

from struct import unpack_from

from qc.media._header.model import BadHeader, Blocks, Header


def read_webp(data: bytes) -> Header:
    """The header of a WebP file."""
    blocks = Blocks()
    size: tuple[int, int] | None = None
    canvas: tuple[int, int] | None = None
    alpha = lossless = False
    frames, position = 0, 12
    while position + 8 <= len(data):
        kind = data[position : position + 4]
        length: int = unpack_from("<I", data, position + 4)[0]
        body = position + 8
        if kind == b"VP8X" and body + 10 <= len(data):
            alpha = bool(data[body] & 0x10)
            canvas = (_u24(data, body + 4) + 1, _u24(data, body + 7) + 1)
        elif kind == b"VP8 " and body + 10 <= len(data):
            width, height = unpack_from("<HH", data, body + 6)
            size = size or (width & 0x3FFF, height & 0x3FFF)
        elif kind == b"VP8L" and body + 5 <= len(data):
            bits: int = unpack_from("<I", data, body + 1)[0]
            size = size or ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
            alpha, lossless = alpha or bool(bits >> 28 & 1), True
        elif kind == b"ANMF":
            frames += 1
        else:
            _metadata(kind, data[body : body + length], blocks)
        position = body + length + (length & 1)
    chosen = canvas or size
    if chosen is None:
        raise BadHeader("no picture chunk")
    declared: int = unpack_from("<I", data, 4)[0]
    return Header(
        format="webp",
        width=chosen[0],
        height=chosen[1],
        mode="rgba" if alpha else "rgb",
        frames=max(frames, 1),
        truncated=declared + 8 > len(data) + 1,
        lossless=lossless,
        blocks=blocks,
    )


def _metadata(kind: bytes, body: bytes, blocks: Blocks) -> None:
    if kind == b"EXIF":
        blocks.exif.append(body.removeprefix(b"Exif\0\0"))
    elif kind == b"XMP ":
        blocks.xmp.append(body)
    elif kind == b"ICCP":
        blocks.icc = body
    elif kind == b"C2PA":
        blocks.c2pa = True


def _u24(data: bytes, position: int) -> int:
    return data[position] | data[position + 1] << 8 | data[position + 2] << 16
