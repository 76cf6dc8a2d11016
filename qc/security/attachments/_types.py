"""What a file is, by its first bytes; and which extensions may hold what."""

from __future__ import annotations

import re

from qc.core.lazy import regex

_ARCHIVES = frozenset({"zip", "rar", "7z", "gzip", "bzip2", "xz", "tar", "cab", "iso"})
EXECUTABLES = frozenset({"exe", "elf", "macho", "class", "script", "lnk", "dex", "wasm", "swf"})
CODE = frozenset({"php", "html", "svg", "xml", "postscript", "mvg", "playlist"})
_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpeg"),
    (b"GIF87a", 0, "gif"),
    (b"GIF89a", 0, "gif"),
    (b"II*\0", 0, "tiff"),
    (b"MM\0*", 0, "tiff"),
    (b"%PDF-", 0, "pdf"),
    (b"PK\x03\x04", 0, "zip"),
    (b"PK\x05\x06", 0, "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "ole"),
    (b"Rar!\x1a\x07", 0, "rar"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z"),
    (b"\x1f\x8b\x08", 0, "gzip"),
    (b"BZh", 0, "bzip2"),
    (b"\xfd7zXZ\0", 0, "xz"),
    (b"MSCF\0\0\0\0", 0, "cab"),
    (b"ustar", 257, "tar"),
    (b"CD001", 0x8001, "iso"),
    (b"\x1aE\xdf\xa3", 0, "matroska"),
    (b"FLV\x01", 0, "flv"),
    (b"OggS", 0, "ogg"),
    (b"fLaC", 0, "flac"),
    (b"ID3", 0, "mp3"),
    (b"\0\0\x01\xba", 0, "mpeg"),
    (b"\0\0\x01\xb3", 0, "mpeg"),
    (b"0&\xb2u\x8ef\xcf\x11", 0, "asf"),
    (b"\x7fELF", 0, "elf"),
    (b"\xcf\xfa\xed\xfe", 0, "macho"),
    (b"\xce\xfa\xed\xfe", 0, "macho"),
    (b"\xca\xfe\xba\xbe", 0, "class"),
    (b"dex\n", 0, "dex"),
    (b"\0asm", 0, "wasm"),
    (b"L\0\0\0\x01\x14\x02\0", 0, "lnk"),
    (b"CWS", 0, "swf"),
    (b"FWS", 0, "swf"),
    (b"ZWS", 0, "swf"),
    (b"{\\rtf", 0, "rtf"),
    (b"%!PS", 0, "postscript"),
    (b"\xc5\xd0\xd3\xc6", 0, "postscript"),
    (b"#!", 0, "script"),
    (b"#EXTM3U", 0, "playlist"),
    (b"ffconcat", 0, "playlist"),
    (b"push graphic-context", 0, "mvg"),
    (b"8BPS", 0, "psd"),
    (b"\0\0\x01\0", 0, "ico"),
    (b"wOFF", 0, "font"),
    (b"wOF2", 0, "font"),
    (b"\0\x01\0\0\0", 0, "font"),
    (b"OTTO", 0, "font"),
)
_FTYP_IMAGE = regex(rb"heic|heix|heim|heis|hevc|mif1|msf1|avif|avis")
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_TEXT_TYPES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (regex(rb"(?i)^\s*(?:<\?php|<\?=)"), "php"),
    (
        regex(
            rb"(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
            rb"(?:<!doctype svg[^>]*>\s*)?<svg[\s>]"
        ),
        "svg",
    ),
    (
        regex(
            rb"(?is)^\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|script|iframe"
            rb"|table|div|p|meta|img|a)[\s>]"
        ),
        "html",
    ),
    (regex(rb"(?is)^\s*<\?xml[\s]"), "xml"),
    (regex(rb"(?i)^\s*v=0\r?\no="), "playlist"),
    (regex(rb"(?i)<\?php|<\?=[\s$(]|<%@ ?(?:page|language)|<jsp:"), "php"),
)
ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif"), frozenset({"jpeg"})),
    "png": frozenset({"png"}),
    "gif": frozenset({"gif"}),
    "webp": frozenset({"webp"}),
    "bmp": frozenset({"bmp"}),
    "svg": frozenset({"svg"}),
    "ico": frozenset({"ico", "png"}),
    **dict.fromkeys(("tif", "tiff"), frozenset({"tiff"})),
    **dict.fromkeys(("heic", "heif", "avif"), frozenset({"heif"})),
    "pdf": frozenset({"pdf"}),
    **dict.fromkeys(
        ("docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotx", "xltx", "potx", "ppsx", "xlsb"),
        frozenset({"zip", "ole"}),
    ),
    **dict.fromkeys(("odt", "ods", "odp", "epub"), frozenset({"zip"})),
    **dict.fromkeys(("doc", "xls", "ppt", "pps", "dot", "xlt", "msg"), frozenset({"ole"})),
    "rtf": frozenset({"rtf"}),
    **dict.fromkeys(
        ("txt", "csv", "md", "srt", "vtt", "json"),
        frozenset({"text", "empty", "html", "xml", "svg", "php"}),
    ),
    "zip": frozenset({"zip"}),
    "rar": frozenset({"rar"}),
    "7z": frozenset({"7z"}),
    **dict.fromkeys(("gz", "tgz"), frozenset({"gzip"})),
    "tar": frozenset({"tar"}),
    "bz2": frozenset({"bzip2"}),
    "xz": frozenset({"xz"}),
    **dict.fromkeys(("mp4", "m4v", "mov", "3gp", "3g2", "m4a"), frozenset({"mp4"})),
    **dict.fromkeys(("mkv", "webm"), frozenset({"matroska"})),
    "avi": frozenset({"avi"}),
    "flv": frozenset({"flv"}),
    **dict.fromkeys(("mpg", "mpeg", "vob"), frozenset({"mpeg", "mpegts"})),
    **dict.fromkeys(("ts", "mts", "m2ts"), frozenset({"mpegts"})),
    **dict.fromkeys(("wmv", "wma", "asf"), frozenset({"asf"})),
    "mp3": frozenset({"mp3"}),
    "wav": frozenset({"wav"}),
    "flac": frozenset({"flac"}),
    **dict.fromkeys(("ogg", "ogv", "oga", "opus"), frozenset({"ogg"})),
    **dict.fromkeys(("html", "htm"), frozenset({"html", "svg", "xml", "text"})),
    "xml": frozenset({"xml", "svg"}),
}


def detect(data: bytes) -> str:
    """The type that the first bytes tell; "text" for plain text, "unknown" for the rest."""
    if not data:
        return "empty"
    for signature, offset, kind in _SIGNATURES:
        if data.startswith(signature, offset):
            return kind
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], "riff")
    if data[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"):
        return "heif" if data[4:8] == b"ftyp" and _FTYP_IMAGE.match(data[8:12]) else "mp4"
    if data[:2] == b"MZ":
        return "exe"
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data[:1] == b"\x47" and data[188:189] in (b"\x47", b""):
        return "mpegts" if len(data) >= 188 else _text_type(data)
    if data[:1] == b"\xff" and len(data) > 3 and data[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "mp3"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _text_type(data)


def _text_type(data: bytes) -> str:
    head = data[:65536].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "text"
    for pattern, kind in _TEXT_TYPES:
        if pattern.search(head):
            return kind
    if b"\0" in head:
        return "unknown"
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return "text" if controls * 100 <= len(head) else "unknown"


def extension(name: str) -> str:
    """The last extension, lower case, without the dot."""
    base = re.split(r"[/\\]", name)[-1].rstrip(". ")
    return base.rpartition(".")[2].lower() if "." in base else ""


def is_archive(kind: str) -> bool:
    """Whether a type holds other files."""
    return kind in _ARCHIVES
