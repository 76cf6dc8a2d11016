"""GIF: size, frames and the XMP application block."""

from __future__ import annotations

from struct import unpack_from

from qc.media._header.model import BadHeader, Blocks, Header

MAX_BLOCKS = 200_000


def read_gif(data: bytes) -> Header:
    """The header of a GIF file, its frames counted by walking the blocks."""
    if len(data) < 13:
        raise BadHeader("no screen descriptor")
    width, height, flags = unpack_from("<HHB", data, 6)
    blocks = Blocks()
    position = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    frames, complete = 0, False
    for _ in range(MAX_BLOCKS):
        kind = data[position : position + 1]
        if kind == b";":
            complete = True
            break
        if kind == b"," and position + 10 <= len(data):
            frames += 1
            local = data[position + 9]
            position += 10 + (3 << (local & 7) + 1 if local & 0x80 else 0) + 1
        elif kind == b"!":
            _extension(data, position, blocks)
            position += 2
        else:
            break
        position = _skip(data, position)
    return Header(
        format="gif",
        width=width,
        height=height,
        mode="palette",
        frames=max(frames, 1),
        truncated=not complete,
        lossless=True,
        blocks=blocks,
    )


def _extension(data: bytes, position: int, blocks: Blocks) -> None:
    label = data[position + 3 : position + 14]
    if label == b"XMP DataXMP":
        end = data.find(b"\x01\xff\xfe", position)
        blocks.xmp.append(data[position + 14 : end if end > 0 else len(data)])
    elif label.startswith(b"C2PA_GIF"):
        blocks.c2pa = True


def _skip(data: bytes, position: int) -> int:
    """The offset behind the sub-blocks that begin at `position`."""
    while position < len(data) and data[position]:
        position += data[position] + 1
    return position + 1
