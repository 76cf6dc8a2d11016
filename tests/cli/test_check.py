"""The command line: exit codes, formats, languages, and nothing written over a draft."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from qc.cli.arguments import parse_check
from qc.cli.check import thorough
from qc.cli.main import main
from qc.core.discover import discover
from qc.policy.load import load_policy
from qc.report.envelope import json_schema

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
BAD = GOOD.replace("vui tươi", "vui tươi TODO")
REVIEW = GOOD.replace("tác giả: Trần Thị Bình\n", "")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    for name, text in (("good", GOOD), ("bad", BAD), ("review", REVIEW), ("empty", "")):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("names", "options", "code"),
    [
        (["good"], [], 0),
        (["bad"], [], 1),
        (["review"], [], 0),
        (["review"], ["--fail-on", "review"], 1),
        (["empty"], [], 3),
        (["empty", "bad"], [], 1),
        (["missing"], [], 2),
        (["good"], ["--policy", "co-soo"], 2),
        (["good"], ["--date", "5/9"], 2),
        (["good"], ["--format", "xml"], 2),
        (["good"], ["--no-such-option"], 2),
    ],
)
def test_exit_code(
    names: list[str],
    options: list[str],
    code: int,
    drafts: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = [str(drafts / f"{name}.md") for name in names]
    assert main(["check", *paths, *options]) == code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    assert captured.err or code != 2


def test_nothing_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 4
    assert "Không có bài" in capsys.readouterr().out


def test_json_follows_its_schema(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", str(drafts / "bad.md"), str(drafts / "empty.md"), "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, json_schema())
    assert data["exit_code"] == code == 1
    assert [report["verdict"] for report in data["reports"]] == ["block", "incomplete"]
    finding = next(f for f in data["reports"][0]["findings"] if f["rule"] == "hygiene-placeholder")
    place = finding["location"]
    text = BAD
    assert text[place["source_start"] : place["source_end"]] == place["excerpt"] == "TODO"
    assert text.splitlines()[place["line"] - 1][place["column"] - 1 :].startswith("TODO")


def test_json_lines(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(drafts / "good.md"), str(drafts / "bad.md"), "--format", "jsonl"])
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["pass", "block"]


def test_output_is_written_beside(drafts: Path) -> None:
    target = drafts / "report.json"
    assert main(["check", str(drafts / "good.md"), "-f", "json", "-o", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["exit_code"] == 0


def test_output_never_replaces_a_draft(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = drafts / "good.md"
    assert main(["check", str(draft), "-o", str(draft)]) == 2
    assert draft.read_text(encoding="utf-8") == GOOD
    assert "bài đang được kiểm tra" in capsys.readouterr().err


def test_english(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(drafts / "bad.md"), "--lang", "en"])
    out = capsys.readouterr().out
    assert "BLOCKED" in out
    assert "Placeholder" in out


def test_no_colour_in_a_pipe(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(drafts / "bad.md")])
    assert "\x1b" not in capsys.readouterr().out


def test_control_characters_are_neutralised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.md"
    path.write_text("# \x1b[31mĐỏ\u202e và xanh TODO\n\nx\n", encoding="utf-8")
    main(["check", str(path)])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    "argv",
    [
        ["rules"],
        ["rule", "hygiene-placeholder"],
        ["policy", "show"],
        ["policy", "validate", "thcs"],
    ],
    ids=" ".join,
)
def test_other_commands(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("argv", [["rule", "hygiene-placeholdr"], ["policy", "show", "thcsx"]])
def test_nearest_name_is_told(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "gần nhất" in capsys.readouterr().err


def test_fast_way_reads_what_typer_reads() -> None:
    arguments = parse_check(["a.md", "-f", "json", "--policy=thcs", "--", "-b.md"])
    assert arguments is not None
    assert arguments.paths == ["a.md", "-b.md"]
    assert (arguments.format, arguments.policy) == ("json", "thcs")
    assert parse_check(["--help"]) is None
    assert parse_check(["a.md", "--format", "xml"]) is None


def test_timings_go_to_standard_error(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(drafts / "good.md"), "--format", "json", "--timings"]) == 0
    captured = capsys.readouterr()
    assert "ms  load" in captured.err
    assert json.loads(captured.out)["exit_code"] == 0


def test_thorough_reaches_every_check_that_has_it() -> None:
    arguments = parse_check(["--thorough", "a.md"])
    assert arguments is not None
    assert arguments.thorough
    assert arguments.settled().thorough
    before = load_policy("co-so")
    after = thorough(before)
    told = {check.id for check in discover() if getattr(after.options_of(check), "thorough", False)}
    assert {"clip-standstill", "clip-quality", "clip-sound", "clip-captions"} <= told
    assert not any(getattr(before.options_of(check), "thorough", False) for check in discover())


def test_documents_that_are_not_read_are_told(
    drafts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (drafts / "Kế hoạch.DOC").write_bytes(b"old Word")
    (drafts / "anh.jpg").write_bytes(b"no document")
    below = drafts / "một bài"
    below.mkdir()
    (below / "bai.md").write_text(GOOD, encoding="utf-8")
    (below / "phu-luc.pdf").write_bytes(b"%PDF-1.4 belongs to the article")
    main(["check", str(drafts)])
    told = capfd.readouterr().err
    assert "1 tệp" in told
    assert "Kế hoạch.DOC" in told
    assert ".docx" in told
    main(["check", str(below), "--lang", "en"])
    assert "Not checked" not in capfd.readouterr().err
    (below / "phu-luc.rtf").write_bytes(b"{\\rtf1 no attachment that is read}")
    main(["check", str(below), "--lang", "en"])
    assert "phu-luc.rtf" in capfd.readouterr().err
