"""Real LibreOffice Writer, headless: it shows qc's findings and takes a suggestion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from bench.writer.recorder import Recorder
from qc.documents.load import Source, load

pytestmark = pytest.mark.writer
ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "bench" / "writer" / "client.py"
SAMPLES = ROOT / "samples"
FLAT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    "{}</office:text></office:body></office:document>"
)


def writer(*arguments: str | Path) -> dict[str, Any]:
    """What the client says; without Writer the test is skipped, or fails if all must run."""
    python = next(filter(_has_uno, ("/usr/bin/python3", "python3")), None)
    if python is None or shutil.which("soffice") is None:
        assert not os.environ.get("QC_REQUIRE_ALL"), "run `make setup-cms`"
        pytest.skip("LibreOffice Writer with Python is not installed")
    done = subprocess.run(
        [python, str(CLIENT), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _has_uno(python: str) -> bool:
    found = shutil.which(python)
    return bool(found) and not subprocess.call([python, "-c", "import uno"], stderr=-3)


INVITATION = "Nhà trường kính mời cha mẹ học sinh tới dự buổi họp."
DOCUMENTS = [
    ("loi-khai-giang.docx", "“xung” nên viết là “sung”.", "bổ xung", "bổ sung"),
    (
        "loi-soan-thao.odt",
        "11 chữ viết bằng Unicode tổ hợp (dấu tách khỏi chữ); cần Unicode dựng sẵn.",
        unicodedata.normalize("NFD", INVITATION),
        INVITATION,
    ),
]


@pytest.mark.parametrize(
    ("name", "comment", "wrong", "right"), DOCUMENTS, ids=[each[0] for each in DOCUMENTS]
)
def test_findings_are_shown_and_a_suggestion_is_taken(
    server: str, tmp_path: Path, name: str, comment: str, wrong: str, right: str
) -> None:
    shutil.copy(SAMPLES / name, tmp_path / name)
    mended = tmp_path / f"mended{Path(name).suffix}"
    shown = writer(f"{server}/v2", "check", tmp_path / name, mended)
    assert shown["languages"] == ["vi-VN"]
    found = [(each, error) for each in shown["paragraphs"] for error in each["errors"]]
    at = [(each, error) for each, error in found if error["comment"] == comment]
    assert at, found
    paragraph, error = at[0]
    words = paragraph["text"][error["start"] : error["start"] + error["length"]]
    assert words in wrong
    assert error["suggestions"][0] in right
    assert right in paragraph["mended"]
    body = load(Source(mended.name, mended), date(2026, 11, 25)).text("body")
    assert right in body


def test_what_writer_does_not_encode_arrives_whole(server: str, tmp_path: Path) -> None:
    text = "😀 Toán & Lý + Hóa 100% đã bổ xung; x=1&language=en thêm lớp."
    draft = tmp_path / "bai.fodt"
    draft.write_text(FLAT.format(f"<text:p>{escape(text)}</text:p>"), encoding="utf-8")
    shown = writer(server, "check", draft, tmp_path / "out.odt")
    (paragraph,) = shown["paragraphs"]
    assert paragraph["text"] == text
    (error,) = paragraph["errors"]
    units = text.encode("utf-16-le")[2 * error["start"] : 2 * (error["start"] + error["length"])]
    assert units.decode("utf-16-le") == "xung"
    assert error["suggestions"] == ["sung"]


def test_an_opened_document_is_checked_in_the_background(server: str, tmp_path: Path) -> None:
    """Writer asks by itself about every paragraph, without anybody calling its checker."""
    shutil.copy(SAMPLES / "loi-khai-giang.docx", tmp_path / "bai.docx")
    with Recorder(server) as recorder:
        opened = writer(f"{recorder.address}/v2", "open", tmp_path / "bai.docx", "3")
    checks = recorder.checks()
    assert len({each.body for each in checks}) == opened["paragraphs"] > 5
    assert {each.status for each in checks} == {200}
    assert all(each.body.endswith(b"&language=vi-VN") for each in checks)
    assert any(json.loads(each.answer)["matches"] for each in checks)
