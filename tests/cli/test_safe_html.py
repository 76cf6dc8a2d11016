"""`qc fix --safe-html`: the copy without anything that runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from qc.cli.main import main
from qc.security.sanitize import safe_page

DRAFT = (
    '<html lang="vi"><head><title>Thông báo</title><meta name="author" content="Lan &amp; Mai">'
    '<script src="a.js"></script></head><body onload="a()"><p>Kính gửi <b>phụ huynh</b></p>'
    '<iframe src="https://www.youtube.com/embed/a" title="v"></iframe>'
    '<iframe src="https://evil.example/"></iframe></body></html>'
)


def test_a_page_keeps_its_fields_and_words() -> None:
    html = safe_page(DRAFT, hosts=("youtube.com",)).html
    assert '<html lang="vi">' in html
    assert "<title>Thông báo</title>" in html
    assert '<meta name="author" content="Lan &amp; Mai">' in html
    assert "<p>Kính gửi <b>phụ huynh</b></p>" in html
    assert "youtube.com/embed/a" in html
    for gone in ("script", "onload", "evil"):
        assert gone not in html


def test_a_safe_page_is_left_alone() -> None:
    once = safe_page(DRAFT, hosts=("youtube.com",)).html
    assert safe_page(once, hosts=("youtube.com",)).html == once


def test_the_command_writes_a_copy_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "bai.html"
    draft.write_text(DRAFT, encoding="utf-8")
    assert main(["fix", str(draft), "--safe-html"]) == 0
    copy = (tmp_path / "bai.an-toan.html").read_text(encoding="utf-8")
    assert "onload" not in copy
    assert draft.read_text(encoding="utf-8") == DRAFT
    assert "bai.an-toan.html" in capsys.readouterr().out


def test_other_formats_are_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "bai.md"
    draft.write_text("# Tin\n", encoding="utf-8")
    assert main(["fix", str(draft), "--safe-html"]) == 0
    assert "HTML" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 1
