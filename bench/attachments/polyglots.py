"""Polyglots and renamed files: how many are found, and how many plain files are flagged.

    python -m bench.attachments.polyglots [--benign FOLDER ...] [--show]

Two-in-one files are made here, from small whole files of each type: one behind the other, one in
the metadata of the other, one in front of a PDF, an archive before or behind. The benign files are
whatever pictures, clips, documents and archives lie below the folders given.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import wave
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from qc.security.attachments._containers import walk
from qc.security.attachments._polyglots import second_types
from qc.security.attachments._types import ALLOWED, detect, extension

SUFFIXES = (
    ".jpg .jpeg .png .gif .webp .bmp .tif .tiff .pdf .docx .xlsx .pptx .odt .doc .xls .ppt "
    ".zip .mp4 .mp3 .wav .ogg .rar .7z"
).split()
LARGEST = 20 * 1024 * 1024


def main() -> None:
    """Print the shares found and flagged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benign", type=Path, nargs="*", default=[])
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    made = list(polyglots())
    missed = [(host, name) for host, name, data in made if not is_flagged(host, data)]
    print(f"polyglots found: {len(made) - len(missed)} of {len(made)}")
    renamed = list(renamed_files())
    passed = [(kind, ending) for kind, ending, data in renamed if not is_renamed(ending, data)]
    print(f"renamed files found: {len(renamed) - len(passed)} of {len(renamed)}")
    flagged, mismatched, count = benign(arguments.benign)
    print(
        f"benign files flagged: {len(flagged)} as two files, {len(mismatched)} renamed, of {count}"
    )
    if arguments.show:
        print(*missed, *passed, *flagged, *mismatched, sep="\n")


def is_flagged(ending: str, data: bytes) -> bool:
    """Whether a file is reported: two files in one, or not what its name says."""
    kind = detect(data)
    return bool(second_types(kind, data, walk(kind, data))) or is_renamed(ending, data)


def is_renamed(ending: str, data: bytes) -> bool:
    kind = detect(data)
    return ending in ALLOWED and kind not in ALLOWED[ending] and kind != "unknown"


def benign(folders: list[Path]) -> tuple[list[Path], list[Path], int]:
    flagged: list[Path] = []
    mismatched: list[Path] = []
    count = 0
    for folder in folders:
        for root, _, names in os.walk(folder):
            for name in names:
                path = Path(root, name)
                if path.suffix.lower() not in SUFFIXES or path.is_symlink():
                    continue
                if not path.is_file() or path.stat().st_size > LARGEST:
                    continue
                data = path.read_bytes()
                kind = detect(data)
                count += 1
                if second_types(kind, data, walk(kind, data)):
                    flagged.append(path)
                if is_renamed(extension(name), data):
                    mismatched.append(path)
    return flagged, mismatched, count


def samples() -> dict[str, bytes]:
    """A small whole file of each type, by extension."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as stream:
        stream.setparams((1, 1, 8000, 0, "NONE", ""))
        stream.writeframes(bytes(80))
    return {
        "jpg": _jpeg(),
        "png": _png(),
        "gif": b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
        "bmp": b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 58, 0, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
        + bytes(4),
        "webp": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
        "tif": b"II*\0\x08\0\0\0\x02\0"
        + struct.pack("<HHII", 256, 4, 1, 1)
        + struct.pack("<HHII", 257, 4, 1, 1)
        + bytes(4),
        "pdf": _pdf(),
        "zip": _zip({"a.txt": b"x"}),
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528),
        "mp4": struct.pack(">I", 24)
        + b"ftypisom\0\0\2\0isommp41"
        + struct.pack(">I", 16)
        + b"mdat"
        + bytes(8),
        "wav": sound.getvalue(),
        "mp3": b"ID3\4\0\0\0\0\0\x0aTIT2\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + bytes(413),
    }


def parasites() -> dict[str, bytes]:
    """What is hidden in another file."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    return {
        "pdf": _pdf(),
        "zip": _zip({"a.txt": b"x"}),
        "jar": _zip({"META-INF/MANIFEST.MF": b"x", "a.class": b"\xca\xfe\xba\xbe\0\0\x004"}),
        "docx": _zip({"[Content_Types].xml": b"x", "word/document.xml": b"x"}),
        "rar": b"Rar!\x1a\x07\0\xcf\x90s\0\0\x0d" + bytes(40),
        "7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(32),
        "xz": lzma.compress(b"x"),
        "bz2": bz2.compress(b"x"),
        "gz": gzip.compress(b"x" * 40),
        "elf": b"\x7fELF\2\1\1" + bytes(60),
        "exe": b"MZ" + bytes(76) + b"This program cannot be run in DOS mode.\r\r\n$" + bytes(90),
        "class": b"\xca\xfe\xba\xbe\0\0\x004" + bytes(60),
        "html": b"<html><body><script>alert(1)</script></body></html>",
        "script": b"<script src=//x></script>",
        "php": b"<?php eval($_POST['x']); ?>",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528),
        "rtf": b"{\\rtf1\\ansi x}",
        "wasm": b"\0asm\1\0\0\0" + bytes(20),
        "flac": b"fLaC\0\0\0\x22" + bytes(34),
        "cab": b"MSCF\0\0\0\0\x40\0\0\0\0\0\0\0" + bytes(48),
        "psd": b"8BPS\0\1\0\0\0\0\0\0\0\3" + bytes(40),
        "tar": tar.getvalue()[:1024],
    }


def polyglots() -> Iterator[tuple[str, str, bytes]]:
    """Host extension, name and content of files that are two at once."""
    hosts = samples()
    for other, data in parasites().items():
        for host, plain in hosts.items():
            if (
                host in ("doc",)
                or other in (host, "tar")
                or (host == "zip" and other in ("jar", "docx"))
            ):
                continue
            if host == "tif" and other in ("gz",):
                continue
            yield host, f"{host}+{other}", plain + data
        for host, maker in _METADATA.items():
            if other in ("gz", "tar", host):
                continue
            yield host, f"{host}({other})", maker(data)
        if other not in ("pdf", "tar"):
            yield (
                "pdf",
                f"{other}+pdf",
                (data + b"\n" + _pdf())[: 1024 if len(data) > 900 else None]
                if len(data) < 900
                else data[:900] + _pdf(),
            )
    for host in ("jpg", "png", "gif"):
        block = bytearray(hosts[host].ljust(0x8806, b"\0"))
        block[0x8001:0x8006] = b"CD001"
        yield host, f"{host}+iso", bytes(block)
        tar = bytearray(hosts[host].ljust(600, b"\0"))
        tar[257:262] = b"ustar"
        yield host, f"{host}+tar", bytes(tar)


def renamed_files() -> Iterator[tuple[str, str, bytes]]:
    """Type, false extension and content of files with a wrong ending."""
    files = {**samples(), **parasites()}
    for kind, data in files.items():
        for ending in ("jpg", "png", "pdf", "docx", "mp4", "mp3"):
            same = ALLOWED.get(kind, frozenset()) & ALLOWED[ending]
            if (
                kind == ending
                or same
                or (ending == "docx" and kind in ("zip", "jar", "docx", "ole", "doc"))
            ):
                continue
            yield kind, ending, data


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def _jpeg(comment: bytes = b"") -> bytes:
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + segment
        + b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0?\0\x7f\xff\xd9"
    )


def _png(text: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    extra = chunk(b"tEXt", b"Comment\0" + text) if text else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + extra
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def _gif(comment: bytes) -> bytes:
    blocks = b"".join(
        bytes([len(comment[i : i + 255])]) + comment[i : i + 255]
        for i in range(0, len(comment), 255)
    )
    head = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xfe" + blocks + b"\0"
    return head + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


def _mp4(body: bytes) -> bytes:
    free = struct.pack(">I", len(body) + 8) + b"free" + body
    return struct.pack(">I", 24) + b"ftypisom\0\0\2\0isommp41" + free


_METADATA = {"jpg": _jpeg, "png": _png, "gif": _gif, "mp4": _mp4}

if __name__ == "__main__":
    main()
