"""What the commands of the other shells say of wrong options, in Vietnamese."""

from __future__ import annotations

from pathlib import Path

import pytest

from qc.cli.main import main

ARCHIVE = '{"title": "Tin", "body": "<p>Tin.</p>"}\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("audit FILE -f pdf", "không có dạng kết quả “pdf”; hãy dùng một trong html, json, xlsx"),
        ("audit FILE -f xlsx", "hãy thêm --output TỆP.xlsx"),
        ("audit FILE --level tieuhoc", "không có cấp học “tieuhoc”"),
        ("audit FILE --as-of 31/10/2026", "hãy viết như 2026-10-31"),
        ("sample-archive 30 -o NEW -f xml", "không có dạng kho bài “xml”"),
        ("sample-archive 30 -o NEW --level cao", "không có cấp học “cao”"),
        ("sample-archive 30 -o NEW --until mai", "hãy viết như 2026-10-31"),
        ("sample-archive 30 -o NEW", "hãy đặt ít nhất"),
        ("recheck FILE -o NEW --fail-on pass", "--fail-on là review hoặc block"),
        ("recheck FILE -o NEW --engine ray", "--engine là pool hoặc dask"),
        ("recheck FILE -o NEW --compare co-so@mai co-so", "hãy viết như 2024-07-18"),
        ("recheck FILE -o NEW --compare 31/12/2023 co-so", "hãy viết như 2024-07-18"),
        ("nukeviet --root FILE --fail-on pass", "phải là review hoặc block"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    said: str,
) -> None:
    monkeypatch.setenv("QC_LANG", "vi")
    file = tmp_path / "tin.jsonl"
    file.write_text(ARCHIVE, encoding="utf-8")
    places = {"FILE": str(file), "NEW": str(tmp_path / "new")}
    assert main([places.get(word, word) for word in words.split()]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("option", ["-o", "--out", "--output"])
def test_each_command_takes_both_names_of_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setenv("QC_LANG", "vi")
    archive = tmp_path / "kho"
    assert (
        main(["sample-archive", "80", "--years", "1", "--pictures", "0", option, str(archive)]) == 0
    )
    page = tmp_path / "kiem-tra.html"
    assert main(["audit", str(archive / "posts.jsonl"), option, str(page)]) in (0, 1)
    assert page.read_text(encoding="utf-8").startswith("<!")
