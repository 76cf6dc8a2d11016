"""Reads the header of any picture file: the type is told by content, never by name."""

from __future__ import annotations

import re
from struct import error as StructError

from qc.core.lazy import regex
from qc.media._header.gif import read_gif
from qc.media._header.isobmff import read_isobmff
from qc.media._header.jpeg import read_jpeg
from qc.media._header.model import BadHeader, Header
from qc.media._header.png import read_png
from qc.media._header.simple import read_bmp, read_ico, read_jp2, read_psd
from qc.media._header.svg import read_svg
from qc.media._header.tiff import read_tiff
from qc.media._header.webp import read_webp

HEIF_BRANDS = frozenset(
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"]
)
READERS = {
    "jpeg": read_jpeg,
    "png": read_png,
    "gif": read_gif,
    "webp": read_webp,
    "tiff": read_tiff,
    "bmp": read_bmp,
    "ico": read_ico,
    "psd": read_psd,
    "jp2": read_jp2,
    "heif": read_isobmff,
    "svg": read_svg,
}
SVG_ROOT = regex(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")


def sniff(data: bytes) -> str | None:
    """The kind of picture by its first bytes; None where it is no picture that qc knows."""
    head = data[:32]
    for magic, kind in (
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"8BPS", "psd"),
        (b"BM", "bmp"),
        (b"\0\0\1\0", "ico"),
        (b"\0\0\0\x0cjP  ", "jp2"),
        (b"\xff\x4f\xff\x51", "jp2"),
    ):
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "heif"
    return "svg" if SVG_ROOT.search(_markup(data[:4096])) else None


def read_header(data: bytes) -> Header:
    """The header; BadHeader says why a file cannot be read as the picture it seems to be."""
    if not data:
        raise BadHeader("an empty file")
    kind = sniff(data)
    if kind is None:
        raise BadHeader("no known picture format")
    try:
        header = READERS[kind](data)
    except (StructError, IndexError, OverflowError) as error:
        raise BadHeader(f"a damaged {kind} header") from error
    if not header.vector and not (header.width and header.height):
        raise BadHeader("a picture without a size")
    return header


def _markup(head: bytes) -> bytes:
    """The start of an XML file without byte order mark and comments; empty for other files."""
    text = head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    text = text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return re.sub(rb"<!--.*?-->", b"", text, flags=re.DOTALL) if text[:1] == b"<" else b""
