"""Attached files: what they are, what they hide, and what must pass."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from typing import Any

import pytest

from qc.core.sandbox import WorkerStopped, run_isolated
from qc.security.attachments import inspection
from qc.security.attachments.attached_files import attached_files

from ._files import (
    W,
    chunk,
    docx,
    gif,
    jpeg,
    packed,
    paragraph,
    pdf,
    pdf_with_text,
    png,
    xlsx,
)

MZ = b"MZ" + bytes(60) + b"This program cannot be run in DOS mode" + bytes(100)
PHP = b"<?php system($_GET['c']); ?>"
RELS = (
    '<Relationships><Relationship Id="1" Type="http://x/relationships/{}" Target="{}" '
    'TargetMode="External"/></Relationships>'
)


def nested(depth: int) -> bytes:
    data = packed({"a.txt": "x"})
    for _ in range(depth):
        data = packed({"a.zip": data})
    return data


def locked() -> bytes:
    data = bytearray(packed({"de.txt": "De thi"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def lying() -> bytes:
    data = bytearray(packed({"a.txt": b"0" * 100_000}))
    data[data.find(b"PK\x01\x02") + 24 : data.find(b"PK\x01\x02") + 28] = struct.pack("<I", 10)
    return bytes(data)


def overlapping() -> bytes:
    data = bytearray(packed({f"{n}.txt": b"0" * 5000 for n in range(3)}, zipfile.ZIP_STORED))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 42 : start + 46] = bytes(4)
        start += 4
    return bytes(data)


def linked() -> bytes:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def tarred(name: str) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    return stream.getvalue()


def looping_tiff() -> bytes:
    return b"II*\0\x08\0\0\0" + b"\0\0" + struct.pack("<I", 8)


def text_bomb() -> bytes:
    return png(extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(20_000_000))))


BAD: list[tuple[str, str, Any, str]] = [
    ("double-ending", "anh.php.jpg", jpeg(), "file-name-deceptive"),
    ("document-program", "ke-hoach.pdf.exe", MZ, "file-name-deceptive"),
    ("reversed-name", "bao-cao\u202efdp.exe", MZ, "file-name-deceptive"),
    ("stream-name", "a.txt:b.php", b"x", "file-name-deceptive"),
    ("line-break-name", "a\n.pdf", pdf(), "file-name-deceptive"),
    ("program", "cai-dat.exe", MZ, "file-type-not-allowed"),
    ("program-as-pdf", "don.pdf", MZ, "file-type-mismatch"),
    ("program-as-picture", "anh.jpg", MZ, "file-type-mismatch"),
    ("html-as-picture", "anh.jpg", b"<html><script>1</script></html>", "file-type-mismatch"),
    ("postscript-as-picture", "anh.jpg", b"%!PS-Adobe-3.0 EPSF", "file-type-mismatch"),
    ("mvg-as-picture", "anh.png", b"push graphic-context\n", "file-type-mismatch"),
    ("playlist-as-clip", "clip.mp4", b"#EXTM3U\nfile:///etc/passwd", "file-type-mismatch"),
    ("zip-as-doc", "a.doc", packed({"a": "b"}), "file-type-mismatch"),
    ("jpeg-zip", "anh.jpg", jpeg(tail=packed({"a.php": PHP})), "file-polyglot"),
    ("gif-zip", "anh.gif", gif(tail=packed({"a.class": b"x"})), "file-polyglot"),
    ("png-pdf", "anh.png", png(tail=pdf()), "file-polyglot"),
    ("jpeg-comment-pdf", "anh.jpg", jpeg(comment=pdf()[:120]), "file-polyglot"),
    ("jpeg-html", "anh.jpg", jpeg(comment=b"<script>alert(1)</script>"), "file-polyglot"),
    ("pdf-zip", "don.pdf", pdf() + packed({"a": "b"}), "file-polyglot"),
    ("pdf-behind-text", "don.pdf", b"GIF89a;//" + pdf(), "file-type-mismatch"),
    ("pdf-script-tail", "don.pdf", pdf() + b"<script>x</script>", "file-polyglot"),
    ("jpeg-tail", "anh.jpg", jpeg(tail=bytes(range(1, 200))), "file-trailing-data"),
    ("php-in-comment", "anh.jpg", jpeg(comment=PHP), "file-server-code"),
    ("php-in-gif", "anh.gif", gif(comment=PHP), "file-server-code"),
    ("php-in-png-text", "anh.png", png(extra=chunk(b"tEXt", b"a\0" + PHP)), "file-server-code"),
    (
        "php-in-png-packed",
        "anh.png",
        png(extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(PHP))),
        "file-server-code",
    ),
    ("vba", "a.docx", docx("", **{"word__vbaProject.bin": b"x"}), "file-macro"),
    (
        "xlm",
        "a.xlsx",
        packed({"[Content_Types].xml": "", "xl/macrosheets/sheet1.xml": "<a/>"}),
        "file-macro",
    ),
    (
        "dde",
        "a.docx",
        docx('<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd "/k"</w:instrText></w:r></w:p>'),
        "file-office-active",
    ),
    (
        "remote-template",
        "a.docx",
        docx("", **{"word___rels__settings.xml.rels": RELS.format("attachedTemplate", "http://x")}),
        "file-office-active",
    ),
    (
        "dtd",
        "a.docx",
        packed(
            {
                "[Content_Types].xml": "",
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            }
        ),
        "file-office-active",
    ),
    ("rtf-object", "a.rtf", b"{\\rtf1{\\object\\objdata 01}}", "file-office-active"),
    ("pdf-script", "a.pdf", pdf("/OpenAction<</S/JavaScript/JS(1)>>"), "file-pdf-active"),
    ("pdf-launch", "a.pdf", pdf("/OpenAction<</S/Launch/F(cmd.exe)>>"), "file-pdf-active"),
    ("pdf-embedded", "a.pdf", pdf("/Names<</EmbeddedFiles<</EF 9>>>>"), "file-pdf-active"),
    ("zip-locked", "a.zip", locked(), "file-encrypted"),
    ("escape", "a.zip", packed({"../../x.txt": "x"}), "file-archive-unsafe"),
    ("absolute", "a.zip", packed({"/etc/x": "x"}), "file-archive-unsafe"),
    ("link", "a.zip", linked(), "file-archive-unsafe"),
    ("program-inside", "a.zip", packed({"a.exe": MZ}), "file-archive-unsafe"),
    ("renamed-inside", "a.zip", packed({"a.pdf": MZ}), "file-archive-unsafe"),
    ("bomb", "a.zip", packed({"a": bytes(50_000_000)}), "file-archive-unsafe"),
    ("bomb-docx", "a.docx", docx("a" * 60_000_000), "file-archive-unsafe"),
    ("many", "a.zip", packed({str(n): "" for n in range(5001)}), "file-archive-unsafe"),
    ("overlap", "a.zip", overlapping(), "file-archive-unsafe"),
    ("deep", "a.zip", nested(10), "file-archive-unsafe"),
    (
        "macro-inside",
        "a.zip",
        packed({"a.docx": docx("", **{"word__vbaProject.bin": b"x"})}),
        "file-macro",
    ),
    ("renamed-text-inside", "a.zip", packed({"b.txt": gzip.compress(b"x")}), "file-archive-unsafe"),
    ("packed-text-bomb", "anh.png", text_bomb(), "file-image-bomb"),
    ("opaque-archive", "a.rar", b"Rar!\x1a\x07\0" + bytes(60), "file-not-inspected"),
    ("damaged-pdf", "a.pdf", b"%PDF-1.4\nnothing here", "file-damaged"),
]
GOOD: list[tuple[str, str, bytes]] = [
    ("text", "lich.txt", "Lịch học tuần 5".encode()),
    ("php-lesson", "bai-hoc.txt", b"Bai 1: <?php echo 'xin chao'; ?>"),
    ("jpeg", "anh.jpg", jpeg()),
    ("jpeg-software", "anh.jpg", jpeg(comment=b"Edited with Photoshop (system colors)")),
    ("jpeg-multi-picture", "anh.jpg", jpeg(tail=jpeg() * 3)),
    ("png", "anh.png", png(extra=chunk(b"tEXt", b"Software\0GIMP"))),
    ("gif", "anh.gif", gif(comment=b"Created with GIMP")),
    ("pdf", "37.2020.TT-BGDDT.pdf", pdf_with_text(["Thong tu so 37"])),
    ("docx", "Kế hoạch v2.1.docx", docx(paragraph("Kế hoạch năm học"))),
    ("xlsx", "thoi-khoa-bieu.xlsx", xlsx([["Thứ", "Tiết"], ["Hai", "1"]])),
    ("zip", "ho-so.zip", packed({"don.docx": docx(paragraph("Đơn")), "a/b.txt": "x"})),
    ("school-domain-name", "thcs.com.vn.pdf", pdf_with_text(["Thong bao tuyen sinh nam hoc"])),
]
QUIET = {"file-damaged"}


@pytest.mark.parametrize(("name", "data", "rule"), [c[1:] for c in BAD], ids=[c[0] for c in BAD])
def test_file_is_reported(name: str, data: bytes, rule: str, findings: Any) -> None:
    assert rule in {finding.rule.id for finding in findings(attached_files, {name: data})}


@pytest.mark.parametrize(("name", "data"), [c[1:] for c in GOOD], ids=[c[0] for c in GOOD])
def test_plain_file_passes(name: str, data: bytes, findings: Any) -> None:
    assert [finding.rule.id for finding in findings(attached_files, {name: data})] == []


def test_killed_worker_is_a_finding_and_the_next_file_goes_on(
    findings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(function: str, data: bytes, *rest: Any) -> Any:
        if data.startswith(b"PK"):
            raise WorkerStopped("memory")
        return run_isolated(function, data, *rest)

    monkeypatch.setattr(inspection, "run_isolated", run)
    files = {"a.docx": docx(""), "b.pdf": pdf("/OpenAction<</S/Launch>>")}
    found = [finding.rule.id for finding in findings(attached_files, files)]
    assert found == ["file-not-inspected", "file-pdf-active"]


def test_directory_that_lies_is_counted_while_reading(findings: Any) -> None:
    rules = {finding.rule.id for finding in findings(attached_files, {"a.zip": lying()})}
    assert rules & {"file-archive-unsafe", "file-damaged"}


@pytest.mark.parametrize("name", ["../../x.txt", "/x.txt"])
def test_tar_that_escapes(name: str, findings: Any) -> None:
    found = findings(attached_files, {"a.tar": tarred(name)}, extensions=("tar",))
    assert [finding.rule.id for finding in found] == ["file-archive-unsafe"]


def test_looping_tiff_ends(findings: Any) -> None:
    found = findings(attached_files, {"a.tif": looping_tiff()}, extensions=("tif",))
    assert [finding.rule.id for finding in found] == ["file-image-bomb"]


def test_hidden_word_in_xml_namespace(findings: Any) -> None:
    body = f"<w:p {W}><w:r><w:t>x</w:t></w:r></w:p>"
    assert findings(attached_files, {"a.docx": docx(body)}) == []
