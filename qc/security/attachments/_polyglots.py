"""A second file inside a file: whole-file signatures, judged against what the host may hold."""

from __future__ import annotations

import re

from qc.core.lazy import regex
from qc.security.attachments._containers import Walk

SMALL_TAIL = 64
_MEDIA = frozenset(
    {"jpeg", "png", "gif", "webp", "bmp", "tiff", "heif", "ico", "wav", "avi", "mp4", "mp3"}
    | {"matroska", "flac", "ogg", "flv", "asf", "mpeg", "mpegts", "psd"}
)
_BOXES = frozenset({"zip", "rar", "7z", "ole", "gzip", "tar", "iso", "cab", "xz", "bzip2"})
# Signatures long enough not to occur by chance, and what they announce.
_STRONG: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("pdf", regex(rb"%PDF-[12]\.\d")),
    ("zip", regex(rb"PK\x05\x06.{18}", re.DOTALL)),
    ("rar", regex(rb"Rar!\x1a\x07[\0\x01]")),
    ("7z", regex(rb"7z\xbc\xaf\x27\x1c\0[\0-\x04]")),
    ("xz", regex(rb"\xfd7zXZ\0\0[\0\x01\x04\x0a]")),
    ("bzip2", regex(rb"BZh[1-9]1AY&SY")),
    ("cab", regex(rb"MSCF\0\0\0\0.{4}\0\0\0\0", re.DOTALL)),
    ("ole", regex(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("elf", regex(rb"\x7fELF[\x01\x02][\x01\x02]\x01")),
    ("exe", regex(rb"This program (?:cannot be run in|must be run under) ")),
    ("class", regex(rb"\xca\xfe\xba\xbe\0[\0\x03]\0[\x2d-\x45]")),
    ("macho", regex(rb"[\xce\xcf]\xfa\xed\xfe[\x07\x0c\x12]\0\0[\0\x01]")),
    ("matroska", regex(rb"\x1aE\xdf\xa3.{4,40}?(?:matroska|webm)", re.DOTALL)),
    ("flac", regex(rb"fLaC[\0\x80]\0\0\x22")),
    ("ogg", regex(rb"OggS\0\x02.{20}\x01", re.DOTALL)),
    ("asf", regex(rb"0&\xb2u\x8ef\xcf\x11\xa6\xd9\0\xaa\0b\xcel")),
    ("rtf", regex(rb"\{\\rtf1?[\\ ]")),
    ("wasm", regex(rb"\0asm\x01\0\0\0")),
    ("lnk", regex(rb"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0")),
    ("psd", regex(rb"8BPS\0[\x01\x02]\0{6}")),
    ("gif", regex(rb"GIF8[79]a.{4}[\x80-\xff\0-\x7f]\0?[\0]", re.DOTALL)),
    ("png", regex(rb"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")),
    ("ar", regex(rb"!<arch>\n")),
    ("postscript", regex(rb"%!PS-Adobe")),
    ("wav", regex(rb"RIFF.{4}(?:WAVEfmt |AVI LIST|WEBPVP8)", re.DOTALL)),
    ("flv", regex(rb"FLV\x01[\x01\x04\x05]\0\0\0\x09")),
    ("jp2", regex(rb"\0\0\0\x0cjP  \r\n\x87\n")),
    ("id3", regex(rb"ID3[\x02-\x04]\0[\0\x40\x80][\0-\x7f]{4}T[A-Z]")),
    (
        "pcap",
        regex(rb"\xd4\xc3\xb2\xa1\x02\0\x04\0|\x0a\x0d\x0d\x0a.{4}\x4d\x3c\x2b\x1a", re.DOTALL),
    ),
    (
        "mp4",
        regex(rb"\0\0\0[\x10-\x40]ftyp(?:isom|mp4[12]|avc1|M4[AV] |qt  |3gp|heic|avif|mif1|dash)"),
    ),
    ("jpeg", regex(rb"\xff\xd8\xff[\xe0\xe1]..(?:JFIF\0|Exif\0)", re.DOTALL)),
)
_FIXED: tuple[tuple[str, int, bytes], ...] = (
    ("tar", 257, b"ustar"),
    ("iso", 0x8001, b"CD001"),
    ("iso", 0x8801, b"CD001"),
    ("dicom", 128, b"DICM"),
)
_ACTIVE = regex(
    rb"(?i)<\?php|<script[\s>/]|<html[\s>]|<iframe[\s>]|<svg[\s>][^>]{0,400}on\w+\s{0,8}="
    rb"|<body[\s>][^>]{0,200}>|<img[^>]{1,200}onerror|<!doctype html|<jsp:|<%@ ?page|<cfexecute"
)
# What a host may hold without being two files.
_HOLDS: dict[str, frozenset[str]] = {
    "jpeg": frozenset({"jpeg", "mp4", "id3"}),  # multi-picture, thumbnails, motion photos
    "heif": frozenset({"jpeg", "mp4"}),
    "tiff": frozenset({"jpeg", "jp2"}),
    "psd": frozenset({"jpeg"}),
    "pdf": frozenset({"jpeg", "jp2", "png", "postscript", "gif", "rtf"}),
    "mp4": frozenset({"jpeg", "png", "mp4"}),
    "mp3": frozenset({"jpeg", "png", "id3", "gif"}),
    "flac": frozenset({"jpeg", "png", "flac"}),
    "ogg": frozenset({"ogg", "jpeg", "png", "flac"}),
    "matroska": frozenset({"jpeg", "png", "matroska", "ogg"}),
    "avi": frozenset({"jpeg", "wav"}),
    "mpegts": frozenset({"jpeg", "id3"}),
    "mpeg": frozenset({"jpeg"}),
    "asf": frozenset({"jpeg", "png", "asf", "id3"}),
    "ico": frozenset({"png"}),
    "exe": frozenset(),
}


def second_types(kind: str, data: bytes, walk: Walk) -> list[str]:
    """The types of further files found in a file of type `kind`; empty for a plain file."""
    if kind in ("text", "empty", "unknown", "html", "svg", "xml", "php", "script", "rtf"):
        return _in_text(data)
    found: list[str] = []
    found += [name for name, at, mark in _FIXED if name != kind and data.startswith(mark, at)]
    tail = data[walk.end :].lstrip(b"\0\r\n \t")[:4] if walk.end is not None else b""
    if tail.startswith((b"\x1f\x8b\x08", b"MZ\x90", b"PK\x03\x04", b"#!/")):
        found.append("appended")
    if kind in _MEDIA:
        found += _in_media(kind, data, walk)
    elif kind == "pdf":
        found += _in_pdf(data, walk)
    elif kind in _BOXES:
        found += _in_box(kind, data, walk)
    return sorted(set(found))


def _in_media(kind: str, data: bytes, walk: Walk) -> list[str]:
    held = _HOLDS.get(kind, frozenset({kind})) | {kind}
    found = []
    for name, pattern in _STRONG:
        match = pattern.search(data, 1)
        if match is None:
            continue
        if name in held and not (name == "mp4" and kind == "mp4" and _behind(match.start(), walk)):
            continue
        if name == "zip" and not _is_directory(data, match.start()):
            continue
        found.append(name)
    if kind not in ("mp4", "matroska", "avi", "mpegts", "mpeg", "asf", "ogg", "flac", "mp3"):
        found += ["html"] if _ACTIVE.search(data) else []
    elif _ACTIVE.search(data[:65536]) or _ACTIVE.search(data[-65536:]):
        found.append("html")
    return found


def _in_pdf(data: bytes, walk: Walk) -> list[str]:
    start = data.find(b"%PDF-", 0, 1024)
    found = []
    front = data[:start]
    if front.strip(b"\xef\xbb\xbf \r\n\t\0"):
        found.append("prefix")
    tail = walk.end if walk.end is not None else len(data)
    for name, pattern in _STRONG:
        if name in ("pdf",):
            continue
        match = pattern.search(data, 0, 1024) if name not in ("jpeg", "postscript") else None
        behind = pattern.search(data, tail)
        if match or behind:
            found.append(name)
    end = data.rfind(b"PK\x05\x06")
    if end >= 0 and _is_directory(data, end) and len(data) - end < 66_000:
        found.append("zip")
    if _ACTIVE.search(data, 0, 1024) or _ACTIVE.search(data, tail):
        found.append("html")
    return found


def _in_box(kind: str, data: bytes, walk: Walk) -> list[str]:
    found = []
    if kind != "iso":
        if re.compile(rb"%PDF-[12]\.\d").search(data, 1, 1024) and not _is_stored_pdf(kind, data):
            found.append("pdf")
        if kind in ("zip", "ole", "rar", "7z") and _ACTIVE.search(data, 0, 128):
            found.append("html")
    if walk.end is not None and len(data) > walk.end:
        found += [n for n, pattern in _STRONG if n != kind and pattern.search(data, walk.end)]
        if _ACTIVE.search(data, walk.end):
            found.append("html")
    if kind in ("ole", "rar", "7z", "gzip", "xz", "bzip2", "cab", "tar"):
        end = data.rfind(b"PK\x05\x06")
        if end >= 0 and len(data) - end <= 22 + 1024 and _is_directory(data, end) and kind != "tar":
            found.append("zip")
    return found


def _is_stored_pdf(kind: str, data: bytes) -> bool:
    """Whether the early PDF is simply the first, uncompressed member of a ZIP."""
    return kind == "zip" and data[8:10] == b"\0\0"


def _in_text(data: bytes) -> list[str]:
    """A text that is an archive as well: its directory stands at the end."""
    end = data.rfind(b"PK\x05\x06")
    found = ["zip"] if end >= 0 and _is_directory(data, end) else []
    found += ["pdf"] if re.search(rb"%PDF-[12]\.\d", data[1:1024]) else []
    found += [name for name, at, mark in _FIXED if data.startswith(mark, at)]
    return found


def _is_directory(data: bytes, end: int) -> bool:
    """Whether an end-of-directory record is real: its directory lies before it."""
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    entries = int.from_bytes(data[end + 10 : end + 12], "little")
    if not entries:
        return False
    start = end - size
    return start >= 0 and data[start : start + 4] == b"PK\x01\x02"


def _behind(position: int, walk: Walk) -> bool:
    return walk.end is not None and position >= walk.end


def trailing_bytes(kind: str, data: bytes, walk: Walk) -> int:
    """How many bytes lie behind the logical end (padding not counted); 0 where it is unknown."""
    if walk.end is None or kind not in ("jpeg", "png", "gif", "pdf", "zip", "bmp", "webp"):
        return 0
    tail = data[walk.end :].lstrip(b"\0\r\n\t \x1a").rstrip(b"\0\r\n\t \x1a\xff")
    if len(tail) <= SMALL_TAIL:
        return 0
    if kind == "jpeg" and (
        tail.startswith(b"\xff\xd8\xff") or tail[4:8] == b"ftyp" or b"SEFT" in tail[-64:]
    ):
        return 0
    return len(tail)


_SERVER_CODE = regex(
    rb"(?i)<\?php|<\?=\s?[$`(a-z]|<%@|<%\s?(?:eval|response|runtime|=)|<script[^>]{0,80}language\s?=\s?.?php"
    rb"|\b(?:system|passthru|shell_exec|popen|proc_open|assert|eval|base64_decode)\s?\(\s?[$\"'`b]"
    rb"|<jsp:|<cfexecute|\$_(?:get|post|request|cookie|server)\b|<!--#(?:exec|include)"
    rb"|<script[\s>]|on(?:error|load)\s?=\s?[\"']?\w+\(|javascript:"
)


def server_code(walk: Walk) -> bool:
    """Whether metadata or comments of a file hold program code."""
    return any(_SERVER_CODE.search(piece) for piece in walk.metadata)
