"""Hostile and broken input: a report says what is wrong; nothing crashes, hangs or is written."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qc.core.errors import LoadError
from qc.core.outcome import State, Verdict
from qc.core.report import Report
from qc.documents.folder import sources_of
from qc.documents.load import Source, load
from qc.pipeline import inspect
from qc.policy.model import Policy

from .office_files import archive, docx, odt, paragraph, run

DEEP = 100_000
NOISE = bytes(range(256)) * 40
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>'


def declared(name: str, size: int) -> bytes:
    """A docx with one more member whose directory entry declares `size` bytes."""
    stream = io.BytesIO(docx(paragraph("a")))
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr(name, b"x" * 64)
    data = bytearray(stream.getvalue())
    entry = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, entry + 24, size)
    return bytes(data)


def members(**changed: bytes) -> bytes:
    """A docx with parts changed; names are written with __ for / and _ for a dot."""
    with zipfile.ZipFile(io.BytesIO(docx(paragraph("a")))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    return archive(
        parts | {n.replace("__", "/").replace("_xml", ".xml"): d for n, d in changed.items()}
    )


def twice(name: str) -> bytes:
    stream = io.BytesIO(docx(paragraph("a")))
    with zipfile.ZipFile(stream, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr(name, b"<x/>")
    return stream.getvalue()


def compressed_bomb() -> bytes:
    """A document part of 80 MB of spaces."""
    return members(word__document_xml=b" " * (80 << 20))


REFUSED: list[tuple[str, str, Callable[[], bytes]]] = [
    ("empty docx", "a.docx", lambda: b""),
    ("empty odt", "a.odt", lambda: b""),
    ("empty json", "a.json", lambda: b" \n"),
    ("only a signature", "a.docx", lambda: b"PK\x03\x04"),
    ("truncated docx", "a.docx", lambda: docx(paragraph("a"))[:-200]),
    ("cut in the middle", "a.docx", lambda: docx(paragraph("a"))[:300]),
    ("head cut off", "a.docx", lambda: docx(paragraph("a"))[100:]),
    ("text called docx", "a.docx", lambda: b"xin chao"),
    ("noise called docx", "a.docx", lambda: NOISE),
    ("noise called odt", "a.odt", lambda: NOISE),
    ("old .doc called docx", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE),
    ("2 GB declared", "a.docx", lambda: declared("word/media/x.bin", 2 << 30)),
    ("member above the archive", "a.docx", lambda: declared("../evil.txt", 64)),
    ("member above, backslash", "a.docx", lambda: declared("..\\evil.txt", 64)),
    ("absolute member", "a.docx", lambda: declared("/etc/evil", 64)),
    ("drive member", "a.docx", lambda: declared("C:evil", 64)),
    ("two documents", "a.docx", lambda: twice("word/document.xml")),
    ("DTD", "a.docx", lambda: members(word__document_xml=BOMB)),
    (
        "DTD in UTF-16",
        "a.docx",
        lambda: members(
            word__document_xml=BOMB.decode().replace("?>", ' encoding="utf-16"?>').encode("utf-16")
        ),
    ),
    ("DTD in styles", "a.docx", lambda: members(word__styles_xml=BOMB)),
    ("no XML", "a.docx", lambda: members(word__document_xml=b"xin chao")),
    ("deep XML", "a.docx", lambda: members(word__document_xml=b"<a>" * DEEP)),
    ("huge part", "a.docx", compressed_bomb),
    ("no document", "a.docx", lambda: archive({"x.txt": b"a"})),
    ("no content", "a.odt", lambda: archive({"mimetype": b"a"})),
    ("DTD in odt", "a.odt", lambda: archive({"content.xml": BOMB})),
    ("a sheet called odt", "a.odt", lambda: archive({"content.xml": b"<a/>"})),
    ("binary called md", "a.md", lambda: NOISE),
    ("zip called md", "a.md", lambda: docx(paragraph("a"))),
    ("noise called html", "a.html", lambda: NOISE),
    ("noise called json", "a.json", lambda: NOISE),
    ("deep JSON", "a.json", lambda: b'{"a":' * DEEP),
    ("deep front matter", "a.md", lambda: b"---\na: " + b"[" * DEEP + b"\n---\n"),
]


@pytest.mark.parametrize(("name", "make"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refused(name: str, make: Callable[[], bytes], tmp_path: Path, policy: Policy) -> None:
    report = check(name, make(), tmp_path, policy)
    assert report.verdict is Verdict.INCOMPLETE
    (outcome,) = report.outcomes
    assert (outcome.check, outcome.state) == ("load", State.CRASHED)
    assert outcome.reason
    assert not re.match(r"\w+ \(qc\.", outcome.reason), "the loader broke instead of refusing"


READ: list[tuple[str, str, Callable[[], bytes]]] = [
    ("deep HTML", "a.html", lambda: b"<div>" * DEEP + "xin chào".encode()),
    ("deep inline HTML", "a.html", lambda: b"<p>" + b"<b>" * DEEP + "xin chào".encode()),
    ("deep quotes in Markdown", "a.md", lambda: b">" * DEEP + b" xin chao"),
    ("deep lists in HTML", "a.html", lambda: b"<ul><li>" * DEEP + "xin chào".encode()),
    ("many tags open", "a.html", lambda: b"< " * DEEP + b"xin chao"),
    ("many brackets", "a.md", lambda: b"xin chao " + b"[" * DEEP),
    ("many stars", "a.md", lambda: b"xin chao " + b"*a " * DEEP),
    ("many comments open", "a.html", lambda: b"xin chao" + b"<!--" * DEEP),
    ("many entities", "a.html", lambda: b"xin chao" + b"&amp;" * DEEP),
    ("references to nothing", "a.html", lambda: b"<p>&#xfffe;xin chao&#1;</p>&#xfffe;"),
    ("one attribute", "a.html", lambda: b"xin chao <a " + b"a=" * DEEP),
    ("deep HTML in JSON", "a.json", lambda: b'{"body": "' + b"<div>" * DEEP + b'xin chao"}'),
    ("many runs", "a.docx", lambda: docx(paragraph(*["xin chao"] * 5000))),
    ("wide table", "a.odt", lambda: odt("<text:p>xin chao</text:p>" * 5000)),
]


@pytest.mark.parametrize(("name", "make"), [c[1:] for c in READ], ids=[c[0] for c in READ])
def test_read(name: str, make: Callable[[], bytes]) -> None:
    article = load(Source(name, data=make()), date(2026, 1, 2))
    assert any("xin ch" in block.text for block in article.blocks)


def check(name: str, data: bytes, folder: Path, policy: Policy) -> Report:
    path = folder / name
    path.write_bytes(data)
    report = inspect(Source(name, path, root=folder), policy, today=date(2026, 1, 2))
    assert list(folder.iterdir()) == [path]
    return report


def problems(folder: Path, text: str) -> list[str | None]:
    path = folder / "bai.md"
    path.write_text(text, encoding="utf-8")
    article = load(Source("bai.md", path, root=folder), date(2026, 1, 2))
    return [image.problem for image in article.images]


def test_media_paths(tmp_path: Path) -> None:
    folder, outside = tmp_path / "bai", tmp_path / "ngoai"
    folder.mkdir()
    outside.mkdir()
    (outside / "a.png").write_bytes(b"PNG")
    (folder / "link.png").symlink_to(outside / "a.png")
    (folder / "thu-muc").symlink_to(outside)
    (folder / "dir.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    paths = [
        "thieu.png", "../ngoai/a.png", "%2e%2e/ngoai/a.png", "/etc/hostname", "file:///etc/passwd",
        "link.png", "thu-muc/a.png", "dir.png", "pipe.png", "https://a.vn/a.png",
    ]  # fmt: skip
    assert problems(folder, "".join(f"![mô tả]({path})\n\n" for path in paths)) == [
        "missing", "outside", "outside", "outside", "outside",
        "link", "outside", "not-a-file", "not-a-file", None,
    ]  # fmt: skip


def test_same_paths_in_json(tmp_path: Path) -> None:
    text = '{"title": "T", "images": ["../x.png", "thieu.png"], "attachments": ["../../x.pdf"]}'
    article = load(Source("a.json", data=text.encode(), root=tmp_path), date(2026, 1, 2))
    assert [image.problem for image in article.images] == ["outside", "missing"]
    assert [each.problem for each in article.attachments] == ["outside"]


@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "missing"])
def test_document_is_no_plain_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bai.docx"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(tmp_path / "khac.docx")
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(LoadError):
        load(Source("bai.docx", path, root=tmp_path), date(2026, 1, 2))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable_document(tmp_path: Path) -> None:
    path = tmp_path / "bai.md"
    path.write_text("a", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(LoadError):
        load(Source("bai.md", path, root=tmp_path), date(2026, 1, 2))


def test_folder_with_a_pipe_and_a_loop(tmp_path: Path) -> None:
    (tmp_path / "bai.md").write_text("# Ngày hội\n\nVui.\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "vong").symlink_to(tmp_path)
    assert [Path(source.name).name for source in sources_of(tmp_path)] == ["bai.md"]


def test_embedded_files_are_bounded() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="i"/></w:drawing></w:r>'
    data = docx(
        paragraph(picture),
        relations={"i": ("image", "media/a.png")},
        files={"word/media/a.png": b"\0" * (260 << 20)},
    )
    article = load(Source("a.docx", data=data), date(2026, 1, 2))
    assert [(image.blob, image.problem) for image in article.images] == [(None, "unreadable")]


ODD_NUMBERS = ["", "-1", "²", "٣", "1e9", "9" * 30, "x"]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_odd_numbers_in_office_files(number: str) -> None:
    body = (
        f'<text:h text:outline-level="{number}">a<text:s text:c="{number}"/></text:h>'
        f'<table:table><table:table-row><table:table-cell table:number-columns-repeated="{number}">'
        f"<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    article = load(Source("a.odt", data=odt(body)), date(2026, 1, 2))
    assert {block.text.strip() for block in article.blocks} == {"a", "b"}
    properties = f'<w:sz w:val="{number}"/><w:rFonts w:hAnsi="{number}"/>'
    span = f'<w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>'
    text = (
        f'<w:p><w:pPr><w:outlineLvl w:val="{number}"/></w:pPr>{run("a", properties)}</w:p>'
        f"<w:tbl><w:tr><w:tc>{span}{paragraph('b')}</w:tc></w:tr></w:tbl>"
    )
    article = load(Source("a.docx", data=docx(text)), date(2026, 1, 2))
    assert [block.text for block in article.blocks] == ["a", "b"]
