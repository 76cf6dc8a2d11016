"""BMP, ICO, PSD and JPEG 2000: formats that a portal should not carry, so only their size."""

from __future__ import annotations

from struct import unpack_from

from qc.media._header.model import BadHeader, Blocks, Header
from qc.media._header.photoshop import fill_from_resources

PSD_MODES = {0: "gray", 1: "gray", 2: "palette", 3: "rgb", 4: "cmyk", 9: "lab"}


def read_bmp(data: bytes) -> Header:
    """A Windows bitmap; the old OS/2 header has 16-bit sizes."""
    if len(data) < 30:
        raise BadHeader("no bitmap header")
    head: int = unpack_from("<I", data, 14)[0]
    if head == 12:
        width, height, _, bits = unpack_from("<HHHH", data, 18)
    else:
        width, height, _, bits = unpack_from("<iiHH", data, 18)
    declared: int = unpack_from("<I", data, 2)[0]
    mode = "palette" if bits <= 8 else "rgb"
    return Header(
        format="bmp",
        width=abs(width),
        height=abs(height),
        mode=mode,
        truncated=declared > len(data),
        lossless=True,
    )


def read_ico(data: bytes) -> Header:
    """An icon: the largest of its pictures."""
    count: int = unpack_from("<H", data, 4)[0]
    sizes = [(data[p] or 256, data[p + 1] or 256) for p in range(6, 6 + 16 * count, 16)[:64]]
    if not sizes:
        raise BadHeader("an icon without a picture")
    width, height = max(sizes)
    return Header(format="ico", width=width, height=height, mode="rgba", lossless=True)


def read_psd(data: bytes) -> Header:
    """A Photoshop document with the metadata of its image resources."""
    if len(data) < 30:
        raise BadHeader("no document header")
    height, width, depth, mode = unpack_from(">IIHH", data, 14)
    blocks = Blocks()
    colours: int = unpack_from(">I", data, 26)[0]
    start = 30 + colours
    if start + 4 <= len(data):
        size: int = unpack_from(">I", data, start)[0]
        fill_from_resources(data[start + 4 : start + 4 + size], blocks)
    return Header(
        format="psd",
        width=width,
        height=height,
        mode=PSD_MODES.get(mode, "unknown"),
        bit_depth=depth,
        lossless=True,
        blocks=blocks,
    )


def read_jp2(data: bytes) -> Header:
    """JPEG 2000: the ihdr box of the container, or the SIZ segment of a bare codestream."""
    place = data.find(b"ihdr", 0, 4096)
    if place >= 0:
        height, width, count, depth = unpack_from(">IIHB", data, place + 4)
        mode = {1: "gray", 3: "rgb", 4: "rgba"}.get(count, "unknown")
        return Header(format="jp2", width=width, height=height, mode=mode, bit_depth=depth + 1)
    if data[:4] != b"\xff\x4f\xff\x51":
        raise BadHeader("no size in the codestream")
    right, bottom, left, top = unpack_from(">IIII", data, 8)
    return Header(format="jp2", width=right - left, height=bottom - top)
