"""Sign-off, baselines, configuration and watching."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from qc.cli.main import main
from qc.cli.watch import run_watch

GOOD = """---
tiêu đề: Trường tổ chức ngày hội đọc sách
tác giả: Trần Thị Bình
chuyên mục: Tin tức
loại bài: thông báo
ngày đăng: 21/04/2024
người duyệt: Lê Văn Cường
---

Ngày hội diễn ra trong không khí vui tươi.
"""
LOG = ".qc-approvals.jsonl"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    path = tmp_path / "bai.md"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_approved_draft_is_verified_until_it_changes(draft: Path) -> None:
    assert main(["verify", str(draft)]) == 1
    assert main(["approve", str(draft), "--by", "Lê Văn Cường"]) == 0
    assert main(["verify", str(draft)]) == 0
    draft.write_text(GOOD.replace("vui tươi", "rất vui tươi"), encoding="utf-8")
    assert main(["verify", str(draft)]) == 1


@pytest.mark.parametrize(
    ("by", "text"),
    [
        ("Trần Thị Bình", GOOD),
        ("trần  thị bình", GOOD),
        ("Tran Thi Binh", GOOD),
        ("  ", GOOD),
        ("Lê Văn Cường", GOOD + "\nTODO\n"),
    ],
    ids=["author", "author-otherwise-written", "author-without-marks", "nobody", "blocked"],
)
def test_approval_is_refused(by: str, text: str, draft: Path) -> None:
    draft.write_text(text, encoding="utf-8")
    assert main(["approve", str(draft), "--by", by]) == 2
    assert not (draft.parent / LOG).exists()


def test_only_the_board_approves(draft: Path) -> None:
    policy = draft.parent / "own.yaml"
    policy.write_text(
        "id: own\ntitle: {vi: x, en: x}\nextends: co-so\nrules:\n  field-approver-unknown:\n"
        "    options: {board: [Lê Văn Cường]}\n",
        encoding="utf-8",
    )
    assert main(["approve", str(draft), "--by", "Đỗ Thị Mai", "--policy", str(policy)]) == 2
    assert main(["approve", str(draft), "--by", "Lê Văn Cường", "--policy", str(policy)]) == 0
    assert main(["verify", str(draft), "--policy", str(policy)]) == 0
    assert main(["verify", str(draft)]) == 1


@pytest.mark.parametrize("kind", ["change", "remove", "insert"])
def test_altered_log_is_noticed(kind: str, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        assert main(["approve", str(draft), "--by", "Lê Văn Cường"]) == 0
    log = draft.parent / LOG
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    if kind == "change":
        lines[1] = lines[1].replace("Lê Văn Cường", "Đỗ Thị Mai")
    elif kind == "remove":
        del lines[1]
    else:
        lines.insert(1, lines[0])
    log.write_text("".join(lines), encoding="utf-8")
    assert main(["verify", str(draft)]) == 2
    assert "nhật ký đã bị sửa" in capsys.readouterr().err


def test_evidence_pack(draft: Path) -> None:
    other = draft.with_name("khac.md")
    other.write_text(GOOD, encoding="utf-8")
    main(["approve", str(other), "--by", "Đỗ Thị Mai", "--note", "riêng"])
    main(["approve", str(draft), "--by", "Lê Văn Cường"])
    pack = draft.parent / "bang-chung.zip"
    assert main(["evidence", str(draft), "-o", str(pack)]) == 0
    with ZipFile(pack) as archive:
        summary = json.loads(archive.read("evidence.json"))
        assert summary["approved"] is True
        assert archive.read("report.html").startswith(b"<!DOCTYPE html>")
        assert b"field-author-missing" in archive.read("policy.yaml")
        log = [json.loads(line) for line in archive.read("approvals.jsonl").splitlines()]
    assert log[0].keys() == {"number", "previous", "hash"}  # of others only the link
    assert log[1]["approver"] == "Lê Văn Cường"
    assert log[1]["previous"] == log[0]["hash"]


def test_only_new_findings_count(draft: Path) -> None:
    draft.write_text(GOOD + "\nTODO\n", encoding="utf-8")
    baseline = str(draft.parent / "baseline.json")
    assert main(["check", str(draft), "--write-baseline", baseline]) == 1
    assert main(["check", str(draft), "--baseline", baseline]) == 0
    draft.write_text(GOOD + "\nThêm dòng.\n\nTODO\n", encoding="utf-8")
    assert main(["check", str(draft), "--baseline", baseline]) == 0
    draft.write_text(GOOD + "\nTODO\n\nlorem ipsum\n", encoding="utf-8")
    assert main(["check", str(draft), "--baseline", baseline]) == 1
    assert main(["check", str(draft), "--baseline", str(draft)]) == 2


def test_nearest_configuration_is_used(
    draft: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft.parent / "qc.toml").write_text('lang = "en"\nformat = "json"\n', encoding="utf-8")
    inner = draft.parent / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    main(["check", str(draft)])
    assert json.loads(capsys.readouterr().out)["reports"][0]["lang"] == "en"
    main(["check", str(draft), "--format", "text", "--lang", "vi"])
    assert "ĐẠT" in capsys.readouterr().out
    (draft.parent / "other.toml").write_text('lang = "vi"\n', encoding="utf-8")
    monkeypatch.setenv("QC_CONFIG", str(draft.parent / "other.toml"))
    main(["check", str(draft)])
    assert "ĐẠT" in capsys.readouterr().out


def test_misspelled_configuration_is_refused(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (draft.parent / "qc.toml").write_text('polici = "x"\n', encoding="utf-8")
    assert main(["check", str(draft)]) == 2
    assert "policy" in capsys.readouterr().err


def test_watch_checks_what_was_saved(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_watch(str(draft), "co-so", "vi", rounds=1) == 0
    assert "ĐẠT" in capsys.readouterr().out
