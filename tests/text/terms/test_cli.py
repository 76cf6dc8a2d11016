"""qc terms: test, audit and compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from qc.cli.main import main
from qc.text.terms import _lists

EXPLAINED = [
    pytest.param("mời soi kèo nhé", "gambling-soi-keo", id="hit"),
    pytest.param("ban hành quyết định", "cụm từ an toàn", id="safe-phrase"),
    pytest.param("các em", "không phải của từ này", id="other-marks"),
    pytest.param("trời xanh", "Không có từ nào", id="nothing"),
]


@pytest.mark.parametrize(("text", "said"), EXPLAINED)
def test_explained(capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    assert main(["terms", "test", text]) == 0
    assert said in capsys.readouterr().out


def test_audit_reads_a_corpus(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus = tmp_path / "clean.txt"
    corpus.write_text("Báo đưa tin tai xiu và tài xỉu.\n" * 3, encoding="utf-8")
    assert main(["terms", "audit", "--corpus", str(corpus)]) == 0
    out = capsys.readouterr().out
    assert "fold-risky\tgambling-tai-xiu" in out
    assert "frequent\tgambling-tai-xiu" in out


def test_audit_finds_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "category: owner\nterms:\n"
        "- {id: own-a, term: soi kèo}\n"
        "- {id: own-b, term: mật khẩu, safe_phrases: [chìa khóa]}\n",
        encoding="utf-8",
    )
    assert main(["terms", "audit", "--list", str(own)]) == 0
    out = capsys.readouterr().out
    assert "duplicate\town-a" in out
    assert "safe-phrase\town-b" in out


def test_compile_is_what_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "category: x\nterms: [{id: x-a, term: mật khẩu}]", encoding="utf-8"
    )
    assert main(["terms", "compile", str(tmp_path)]) == 0
    assert (tmp_path / _lists.COMPILED).is_file()


def test_unknown_profile_is_refused() -> None:
    assert main(["terms", "test", "x", "--profile", "blog"]) == 2
