"""Fixing: only what is safe, nothing else in the file, and twice is the same as once."""

from __future__ import annotations

import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from qc.cli.main import main
from qc.documents.load import Source
from qc.fix import fix
from qc.pipeline import inspect
from qc.policy.model import Policy
from scripts.office import Paragraph, Table, docx, odt

TODAY = date(2026, 11, 24)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRONG = "Các em rất vui , rất hào hứng ( lớp 5 ) và thân thiện."
RIGHT = "Các em rất vui, rất hào hứng (lớp 5) và thân thiện."
TEXTS = [
    ("a.md", f"# Ngày hội đọc sách\r\n\r\n{WRONG}\r\n\r\n<!-- giữ  nguyên , -->\r\n"),
    ("a.html", f"<h1>Ngày hội đọc sách</h1>\n<p class='x  y'>{WRONG} &amp; vui</p>\n"),
    ("a.txt", f"\ufeffNgày hội đọc sách\n\n{WRONG}\n"),
    ("a.json", '{"title": "Ngày hội đọc sách", "body": "<p>' + WRONG + '</p>"}'),
]


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_only_the_wrong_letters_change(name: str, text: str, policy: Policy) -> None:
    source = Source(name, data=text.encode())
    fixed = fix(source, policy, today=TODAY)
    assert fixed.data.decode() == text.replace(WRONG, RIGHT)
    again = fix(Source(name, data=fixed.data), policy, today=TODAY)
    assert again.data == fixed.data
    assert not again.made
    report = inspect(Source(name, data=fixed.data), policy, today=TODAY)
    assert not {change.rule for change in fixed.made} & {f.rule for f in report.findings}


def test_docx_gets_tracked_changes(policy: Policy) -> None:
    data = docx(
        [
            Paragraph("Tiêu đề: Ngày hội đọc sách của nhà trường"),
            Paragraph(WRONG, bold="rất vui"),
            Table((("Lớp", "Ghi chú"), ("5A", "Vui , khỏe"))),
        ]
    )
    fixed = fix(Source("a.docx", data=data), policy, today=TODAY)
    assert len(fixed.made) >= 4
    with ZipFile(BytesIO(data)) as before, ZipFile(BytesIO(fixed.data)) as after:
        assert before.namelist() == after.namelist()
        for name in before.namelist():
            if name != "word/document.xml":
                assert before.read(name) == after.read(name)
        old = etree.fromstring(before.read("word/document.xml"))
        new = etree.fromstring(after.read("word/document.xml"))
    assert _accepted(new) == [
        text.replace(WRONG, RIGHT).replace("Vui , khỏe", "Vui, khỏe") for text in _accepted(old)
    ]
    assert _rejected(new) == _accepted(old)
    assert len(new.findall(f".//{W}b")) >= 1
    again = fix(Source("a.docx", data=fixed.data), policy, today=TODAY)
    assert not again.made


def _accepted(root: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def _rejected(root: etree._Element) -> list[str]:
    texts = []
    for paragraph in root.iter(f"{W}p"):
        pieces = []
        for element in paragraph.iter(f"{W}t", f"{W}delText"):
            inserted = any(each.tag == f"{W}ins" for each in element.iterancestors())
            pieces.append("" if inserted else element.text or "")
        texts.append("".join(pieces))
    return texts


def test_odt_is_fixed(policy: Policy) -> None:
    data = odt([Paragraph("Tiêu đề: Ngày hội đọc sách của trường"), Paragraph(WRONG)])
    fixed = fix(Source("a.odt", data=data), policy, today=TODAY)
    with ZipFile(BytesIO(fixed.data)) as archive:
        assert RIGHT in archive.read("content.xml").decode()
    assert not fix(Source("a.odt", data=fixed.data), policy, today=TODAY).made


def test_nfd_text_keeps_its_letters(policy: Policy) -> None:
    text = unicodedata.normalize("NFD", f"# Ngày hội đọc sách\n\n{WRONG}\n")
    fixed = fix(Source("a.md", data=text.encode()), policy, today=TODAY)
    assert unicodedata.normalize("NFC", fixed.data.decode()).endswith(f"{RIGHT}\n")


def test_command_writes_beside_and_keeps_a_backup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "bai.md"
    text = TEXTS[0][1]
    draft.write_bytes(text.encode())
    assert main(["fix", "--diff", str(draft)]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bai.md"]
    assert "+Các em rất vui, rất" in capsys.readouterr().out
    assert main(["fix", str(draft)]) == 0
    assert draft.read_bytes() == text.encode()
    assert RIGHT in (tmp_path / "bai.da-sua.md").read_text(encoding="utf-8")
    assert main(["fix", "--in-place", str(draft)]) == 0
    assert RIGHT in draft.read_text(encoding="utf-8")
    assert (tmp_path / "bai.md.bak").read_bytes() == text.encode()


def test_picture_is_copied_without_its_position(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from PIL import Image

    picture = Image.new("RGB", (900, 600), (120, 140, 160))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x8298] = "Trần Thị Bình"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 2.0)
    path = tmp_path / "anh.jpg"
    picture.save(path, exif=exif)
    before = path.read_bytes()
    draft = tmp_path / "bai.md"
    draft.write_text("# Ngày hội đọc sách\n\n![Các em đọc sách](anh.jpg)\n", encoding="utf-8")
    assert main(["fix", "--media", str(draft)]) == 0
    assert path.read_bytes() == before
    with Image.open(tmp_path / "anh.da-sua.jpg") as fixed:
        assert fixed.size == (600, 900)
        assert not fixed.getexif().get_ifd(0x8825)
        assert fixed.getexif().get(0x0112, 1) == 1
        assert "B" in str(fixed.getexif().get(0x8298))
    assert "anh.da-sua.jpg" in capsys.readouterr().out
