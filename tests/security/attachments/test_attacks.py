"""Hostile files: each ends in a finding or a typed result, in bounded time, with nothing left."""

from __future__ import annotations

import os
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from qc.core.article import Article, Attachment
from qc.core.blob import Blob
from qc.core.errors import LoadError
from qc.security.attachments._containers import walk
from qc.security.attachments.attached_files import attached_files
from qc.security.attachments.inspection import inspect_blob

from ._files import W, chunk, docx, gif, packed, pdf, png, xlsx

MIB = 1024 * 1024


def flate(data: bytes) -> bytes:
    packed_data = zlib.compress(data)
    head = f"4 0 obj<</Filter/FlateDecode/Length {len(packed_data)}>>stream\n".encode()
    return head + packed_data + b"\nendstream endobj\n"


def pdf_of(body: bytes, kids: str = "[3 0 R]") -> bytes:
    return pdf("", "@@", kids).replace(b"@@", body)


def pdf_bomb() -> bytes:
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    return pdf_of(page + flate(b" " * (60 * MIB)))


def many_objects() -> bytes:
    return pdf_of(b"".join(b"%d 0 obj 1 endobj\n" % n for n in range(3, 200_000)))


def quine_like() -> bytes:
    """Members that all point at the same bytes."""
    data = bytearray(packed({f"{n}": b"0" * 200_000 for n in range(50)}))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 42 : start + 46] = bytes(4)
        start += 4
    return bytes(data)


def claims_little() -> bytes:
    """A directory that says ten bytes where fifty million follow."""
    data = bytearray(packed({"a.txt": bytes(50 * MIB)}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.find(mark)
        data[start + place : start + place + 4] = struct.pack("<I", 10)
    return bytes(data)


def two_directories() -> bytes:
    return packed({"a.txt": "x"}) + packed({"b.txt": "y"})


def deep_xml() -> bytes:
    return docx("<w:p>" * 100_000 + "</w:p>" * 100_000)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><w:document {W}>&a9;</w:document>'
    return packed({"[Content_Types].xml": "", "word/document.xml": body})


def reads_host_file() -> bytes:
    body = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    return packed({"[Content_Types].xml": "", "word/document.xml": body})


RULES: list[tuple[str, str, Any, set[str]]] = [
    ("png-wide", "a.png", lambda: png(40_000, 40_000), {"file-image-bomb"}),
    (
        "gif-frames",
        "a.gif",
        lambda: gif()[:-1] + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0" * 2500 + b";",
        {"file-image-bomb"},
    ),
    (
        "png-text",
        "a.png",
        lambda: png(extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(20 * MIB)))),
        {"file-image-bomb"},
    ),
    ("docx-bomb", "a.docx", lambda: docx("a" * (210 * MIB)), {"file-archive-unsafe"}),
    (
        "many-entries",
        "a.docx",
        lambda: packed({str(n): "" for n in range(6_000)}, zipfile.ZIP_STORED),
        {"file-archive-unsafe"},
    ),
    ("overlap", "a.zip", quine_like, {"file-archive-unsafe"}),
    ("lying-size", "a.zip", claims_little, {"file-archive-unsafe", "file-damaged"}),
    ("two-directories", "a.zip", two_directories, {"file-archive-unsafe"}),
    ("laughs", "a.docx", laughs, {"file-office-active"}),
    ("host-file", "a.docx", reads_host_file, {"file-office-active"}),
    ("pdf-damaged", "a.pdf", lambda: pdf()[:60] + os.urandom(200), {"file-damaged"}),
]


def attached(name: str, data: bytes) -> Article:
    """An article that offers this file for download, whatever its kind."""
    file = Attachment(path=name, blob=Blob(data=data))
    return Article(source="a.md", format="markdown", digest="0", attachments=(file,))


@pytest.mark.parametrize(
    ("name", "make", "rules"), [c[1:] for c in RULES], ids=[c[0] for c in RULES]
)
def test_hostile_file_is_found(name: str, make: Any, rules: set[str], findings: Any) -> None:
    found = {f.rule.id for f in findings(attached_files, attached(name, make()))}
    assert found & rules


ENDS = [
    ("pdf-flate-bomb", pdf_bomb),
    ("pdf-many-objects", many_objects),
    ("pdf-page-loop", lambda: pdf_of(b"3 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n")),
    ("deep-xml", deep_xml),
    ("xlsx-wide", lambda: xlsx([["1"] * 500] * 100)),
    ("zip-empty", lambda: b"PK\x05\x06" + bytes(18)),
    ("ole-cut", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600),
    ("rtf-braces", lambda: b"{\\rtf1" + b"{" * 500_000),
    ("text-of-nul", lambda: bytes(MIB)),
]


@pytest.mark.parametrize("make", [c[1] for c in ENDS], ids=[c[0] for c in ENDS])
def test_hostile_file_ends_and_leaves_nothing(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    inspection = inspect_blob(Blob(data=make()), "a")
    assert inspection.stopped in (None, "time", "memory", "crash")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [laughs, reads_host_file], ids=["laughs", "host-file"])
def test_no_entity_reaches_the_text(make: Any) -> None:
    assert inspect_blob(Blob(data=make()), "a.docx").texts == ()


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "bmp", "mp4", "pdf", "zip", "tiff"])
@pytest.mark.parametrize("data", [b"", b"\0" * 40, b"\xff" * 400, bytes(range(256)) * 4])
def test_walk_ends_on_any_bytes(kind: str, data: bytes) -> None:
    walk(kind, data)


def test_file_swapped_for_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "secret.txt"
    target.write_text("x")
    link = tmp_path / "a.txt"
    link.symlink_to(target)
    with pytest.raises(LoadError):
        inspect_blob(Blob(link))
