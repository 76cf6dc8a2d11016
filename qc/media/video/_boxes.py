"""The boxes of an MP4 or MOV file, read from the file itself (ISO/IEC 14496-12).

Only the headers of the outermost boxes are read, so a file of any size costs a few reads.
"""

from __future__ import annotations

import os

from qc.core.record import dataclass
from qc.media._ffmpeg import Source

MOST = 4096
KNOWN = frozenset(
    b"ftyp moov mdat free skip wide uuid moof mfra meta styp sidx pnot udta emsg pdin prft ssix"
    b" junk bloc".split()
)
FIRST = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free", b"pnot", b"styp"))
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@dataclass(frozen=True, slots=True)
class Box:
    """One outermost box; `cut`: the file ends before it does."""

    kind: str
    begin: int
    size: int
    cut: bool


def read(source: Source) -> tuple[Box, ...]:
    """The outermost boxes in order; empty for other kinds of files."""
    boxes: list[Box] = []
    at = 0
    while at + 8 <= source.size_bytes and len(boxes) < MOST:
        head = os.pread(source.fd, 16, at)
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if kind not in (FIRST if not boxes else KNOWN):
            break
        if size == 1 and len(head) == 16:
            size = int.from_bytes(head[8:16], "big")
        elif size == 0:
            size = source.size_bytes - at
        if size < 8:
            break
        boxes.append(Box(kind.decode("latin-1"), at, size, at + size > source.size_bytes))
        at += size
    return tuple(boxes)


def place(boxes: tuple[Box, ...], kind: str) -> int | None:
    """Where the first box of a kind begins."""
    return next((box.begin for box in boxes if box.kind == kind), None)


def xmp(source: Source, boxes: tuple[Box, ...], most_bytes: int = 1 << 20) -> bytes:
    """The XMP packet of the file, or nothing."""
    for box in boxes:
        if box.kind == "uuid" and box.size <= most_bytes:
            data = os.pread(source.fd, box.size, box.begin)
            if data[8:24] == XMP:
                return data[24:]
    return b""
