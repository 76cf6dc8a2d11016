"""`qc recheck` as it is typed: what it refuses, its exit codes, and its progress bar."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from qc.batch.parts import FINDINGS, POSTS, read_rows
from qc.batch.progress import expected_posts, progress_bar
from qc.cli.main import main
from tests.batch import test_run
from tests.batch.archives import post, write_jsonl, wxr


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks are made in this process."""
    monkeypatch.setattr("qc.batch.recheck.make_engine", lambda a, setup: test_run.Serial(setup))


@pytest.fixture
def archive(tmp_path: Path) -> str:
    bad = post(3, body="<p>Trường có xxx phòng học và một sân chơi rộng.</p>")
    return str(write_jsonl(tmp_path / "a.jsonl", [post(1), post(2), bad]))


REFUSED = [
    ("an archive that is not there", ["/no/such.jsonl"], "không có tệp hay thư mục này"),
    ("a shard that is none", ["{a}", "--shard", "0/2"], "viết i/n"),
    ("a shard beyond the last", ["{a}", "--shard", "3/2"], "viết i/n"),
    ("a date that is none", ["{a}", "--since", "2024-13-01"], "không phải ngày hợp lệ"),
    ("a rule that is none", ["{a}", "--only", "nope-*"], "không có quy tắc nope-*"),
    ("another engine", ["{a}", "--engine", "spark"], "pool"),
    ("a policy that is none", ["{a}", "--policy", "co-sở"], "không có chính sách"),
]


@pytest.mark.parametrize(("words", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_refused(
    words: list[str],
    said: str,
    archive: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()  # the real engines refuse
    monkeypatch.setenv("QC_LANG", "vi")
    typed = [word.format(a=archive) for word in words]
    assert main(["recheck", *typed, "-o", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err


EXITS = [
    ("all checked", [], 0),
    ("something blocks", ["--fail-on", "block"], 1),
    ("only what passes", ["--fail-on", "block", "--only", "form-*"], 0),
    ("nothing in this period", ["--since", "2030-01-01"], 4),
]


@pytest.mark.parametrize(("words", "code"), [e[1:] for e in EXITS], ids=[e[0] for e in EXITS])
def test_exit_codes(words: list[str], code: int, archive: str, tmp_path: Path) -> None:
    assert main(["recheck", archive, "-o", str(tmp_path / "out"), *words]) == code


def test_only_some_rules_and_the_law_of_a_day(archive: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["--only", "hygiene-*", "--date", "2020-01-02", "--no-cache"]
    main(["recheck", archive, "-o", str(out), *words])
    assert {row["rule"].split("-")[0] for row in read_rows(out, FINDINGS)} == {"hygiene"}
    assert {row["date"] for row in read_rows(out, POSTS)} == {"2020-01-02"}
    state = json.loads((out / "run.json").read_text())
    assert (state["law_date"], state["only"]) == ("2020-01-02", ["hygiene-*"])
    assert not (out / "cache.sqlite").exists()


def test_shards_share_the_posts(archive: str, tmp_path: Path) -> None:
    for index in (1, 2):
        main(["recheck", archive, "-o", str(tmp_path / str(index)), "--shard", f"{index}/2"])
    found = [row["id"] for index in "12" for row in read_rows(tmp_path / index, POSTS)]
    assert sorted(found) == ["1", "2", "3"]


def test_a_guess_of_how_many_posts_there_are(archive: str, tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_text(wxr("1.2", {"id": 1}, {"id": 2}), encoding="utf-8")
    assert expected_posts([archive]) == 3
    assert expected_posts([archive, str(tmp_path / "s.xml")]) == 6
    assert expected_posts([str(tmp_path)]) is None


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_stands_on_a_terminal_only(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        with progress_bar([archive], 1) as seen:
            seen(2)
        shown.append(stream.getvalue())
    assert "2/3" in shown[0]
    assert "bài/s" in shown[0]
    assert shown[1] == ""
