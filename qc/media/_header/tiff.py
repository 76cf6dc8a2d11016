"""TIFF: size, colours, pages and metadata, from its first directory."""

from __future__ import annotations

from qc.media._header.model import BadHeader, Blocks, Header
from qc.media._header.photoshop import iim_of_resources
from qc.media._metadata.ifd import Directory, Tiff

WIDTH, HEIGHT, BITS, PHOTOMETRIC, SAMPLES = 256, 257, 258, 262, 277
STRIP_OFFSETS, STRIP_SIZES = 273, 279
XMP, IIM, PHOTOSHOP, ICC, C2PA = 700, 33723, 34377, 34675, 0xCD41
MODES = {0: "gray", 1: "gray", 2: "rgb", 3: "palette", 5: "cmyk", 6: "rgb", 8: "lab"}


def read_tiff(data: bytes) -> Header:
    """The header of a TIFF file; the whole file is its own EXIF block."""
    tiff = Tiff(data)
    first, following = tiff.directory(tiff.first)
    if WIDTH not in first or HEIGHT not in first:
        raise BadHeader("no picture directory")
    frames = 1
    while following:
        page, following = tiff.directory(following)
        frames += bool(page)

    def number(tag: int, default: int = 0) -> int:
        value = first[tag].number() if tag in first else None
        return default if value is None else int(value)

    blocks = Blocks(exif=[data])
    if XMP in first:
        blocks.xmp.append(first[XMP].raw)
    if IIM in first:
        blocks.iim.append(first[IIM].raw)
    elif PHOTOSHOP in first:
        blocks.iim.extend(iim_of_resources(first[PHOTOSHOP].raw))
    if ICC in first:
        blocks.icc = first[ICC].raw
    blocks.c2pa = C2PA in first
    mode = MODES.get(number(PHOTOMETRIC, -1), "unknown")
    samples = number(SAMPLES, 1)
    if (mode, samples) in {("rgb", 4), ("gray", 2)}:
        mode = {"rgb": "rgba", "gray": "gray-alpha"}[mode]
    return Header(
        format="tiff",
        width=number(WIDTH),
        height=number(HEIGHT),
        mode=mode,
        bit_depth=number(BITS, 1),
        frames=frames,
        truncated=_cut(data, first),
        lossless=True,
        blocks=blocks,
    )


def _cut(data: bytes, first: Directory) -> bool:
    """A strip of the first page reaches beyond the end of the file."""
    offsets = first[STRIP_OFFSETS].numbers() if STRIP_OFFSETS in first else ()
    sizes = first[STRIP_SIZES].numbers() if STRIP_SIZES in first else ()
    return any(start + size > len(data) for start, size in zip(offsets, sizes, strict=False))
