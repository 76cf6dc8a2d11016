"""Runs: every post one row, whatever dies; the same results whoever checks them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qc.batch import run as run_module
from qc.batch.engine import Task, crashed
from qc.batch.parts import FINDINGS, POSTS, read_rows
from qc.batch.pool import Pool
from qc.batch.records import Record
from qc.batch.run import Run, RunOptions, RunSummary, make_setup
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.batch.work import Checked, Setup, Worker
from qc.documents.load import Source
from qc.policy.load import load_policy
from qc.policy.model import Policy
from tests.batch.archives import post, write_jsonl

TODAY = date(2026, 11, 24)


class Serial:
    """An engine that checks in this process, and counts."""

    def __init__(self, setup: Setup) -> None:
        self.worker = Worker(setup)
        self.checked = 0

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, list[Checked]]]:
        for task in tasks:
            self.checked += len(task.records)
            yield task.number, self.worker.check_all(task.records)


def run_over(
    path: Path,
    out: Path,
    policy: Policy,
    *,
    engine: Any = None,
    today: date = TODAY,
    **options: Any,
) -> tuple[RunSummary, Any]:
    setup = make_setup(policy, today=today)
    engine = engine(setup) if engine else Serial(setup)
    options.setdefault("chunk_posts", 4)
    run = Run(setup, RunOptions(folder=out, **options))
    return run.results(records_of([str(path)], ReadOptions()), engine), engine


def rows(out: Path, name: str = POSTS) -> list[dict[str, Any]]:
    return list(read_rows(out, name))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    posts = [post(n) for n in range(10)]
    posts[3]["body"] = "<p>Nhà trường bổ xung thêm xxx phòng học. Liên hệ 0912345678.</p>"
    path = write_jsonl(tmp_path / "tin.jsonl", posts)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"title": \n')
    return path


def test_every_post_has_one_row(tmp_path: Path, archive: Path, policy: Policy) -> None:
    summary, _ = run_over(archive, tmp_path / "out", policy)
    found = rows(tmp_path / "out")
    assert [row["id"] for row in found] == [*map(str, range(10)), "11"]
    assert [row["seq"] for row in found] == list(range(11))
    assert found[-1]["state"] == "unreadable"
    assert found[-1]["verdict"] == "incomplete"
    assert found[-1]["reason"]
    assert {row["rule"] for row in rows(tmp_path / "out", FINDINGS) if row["id"] == "3"} >= {
        "hygiene-placeholder"
    }
    assert summary.posts == 11
    assert summary.states == {"checked": 10, "unreadable": 1}
    state = json.loads((tmp_path / "out/run.json").read_text())
    assert state["complete"] is True
    assert state["digest"] == summary.digest


def test_a_finding_row_counts_as_the_report_does(
    tmp_path: Path, archive: Path, policy: Policy
) -> None:
    run_over(archive, tmp_path / "out", policy)
    found = rows(tmp_path / "out", FINDINGS)
    for row in rows(tmp_path / "out"):
        severities = [each["severity"] for each in found if each["seq"] == row["seq"]]
        assert row["errors"] == severities.count("error")
        assert row["warnings"] == severities.count("warning")


def test_the_cache_gives_the_same_and_checks_nothing(
    tmp_path: Path, archive: Path, policy: Policy
) -> None:
    cache = tmp_path / "cache.sqlite"
    first, one = run_over(archive, tmp_path / "a", policy, cache=cache)
    again, two = run_over(archive, tmp_path / "b", policy, cache=cache)
    without, _ = run_over(archive, tmp_path / "c", policy)
    assert (one.checked, two.checked) == (11, 0)
    assert first.digest == again.digest == without.digest
    assert rows(tmp_path / "a") == rows(tmp_path / "b") == rows(tmp_path / "c")
    assert again.kept == 11


def test_another_policy_or_changed_post_is_checked_again(
    tmp_path: Path, archive: Path, policy: Policy
) -> None:
    cache = tmp_path / "cache.sqlite"
    run_over(archive, tmp_path / "a", policy, cache=cache)
    text = archive.read_text().replace("lớp 7 đọc", "lớp 7 viết")
    archive.write_text(text)
    _, engine = run_over(archive, tmp_path / "b", policy, cache=cache)
    assert engine.checked == 1
    _, engine = run_over(archive, tmp_path / "c", load_policy("tieu-hoc"), cache=cache)
    assert engine.checked == 11


def test_an_undated_post_is_checked_again_on_another_day(tmp_path: Path, policy: Policy) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [post(1), post(2, published_at=None)])
    cache = tmp_path / "cache.sqlite"
    run_over(path, tmp_path / "a", policy, cache=cache)
    _, engine = run_over(path, tmp_path / "b", policy, cache=cache, today=date(2026, 11, 25))
    assert engine.checked == 1


def test_a_changed_picture_is_checked_again(tmp_path: Path, policy: Policy) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"not a picture")
    path = write_jsonl(tmp_path / "a.jsonl", [post(1, images=["a.jpg"]), post(2)])
    cache = tmp_path / "cache.sqlite"
    run_over(path, tmp_path / "a", policy, cache=cache)
    _, engine = run_over(path, tmp_path / "a", policy, cache=cache)
    assert engine.checked == 0
    picture.write_bytes(b"not a picture either")
    for out in ("a", "b"):
        _, engine = run_over(path, tmp_path / out, policy, cache=cache)
        assert engine.checked == (1 if out == "a" else 0)


def test_another_media_folder_is_looked_into(tmp_path: Path, policy: Policy) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [post(1, images=["a.jpg"])])
    (tmp_path / "there").mkdir()
    (tmp_path / "there/a.jpg").write_bytes(b"not a picture")
    rules = []
    for media in (None, tmp_path / "there"):
        setup = make_setup(policy, today=TODAY)
        for out in ("a", f"b-{media is None}"):
            options = RunOptions(folder=tmp_path / out, cache=tmp_path / "cache.sqlite")
            records = records_of([str(path)], ReadOptions(media=media))
            Run(setup, options).results(records, Serial(setup))
            rules.append({row["rule"] for row in rows(tmp_path / out, FINDINGS)})
    assert rules[0] == rules[1] != rules[2] == rules[3]


class Dying(Serial):
    """An engine whose workers die of every post."""

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, list[Checked]]]:
        for task in tasks:
            yield task.number, [crashed("en") for _ in task.records]


def test_what_crashed_is_tried_again_in_the_next_run(
    tmp_path: Path, archive: Path, policy: Policy
) -> None:
    cache = tmp_path / "cache.sqlite"
    first, _ = run_over(archive, tmp_path / "out", policy, engine=Dying, cache=cache)
    assert first.states == {"crashed": 10 + 1}
    again, engine = run_over(archive, tmp_path / "out", policy, cache=cache)
    assert engine.checked == 11
    assert again.states == {"checked": 10, "unreadable": 1}


def test_the_same_folder_keeps_what_is_done_and_follows_changes(
    tmp_path: Path, archive: Path, policy: Policy
) -> None:
    out = tmp_path / "out"
    run_over(archive, out, policy)
    before = rows(out)
    _, engine = run_over(archive, out, policy)
    assert engine.checked == 0
    assert rows(out) == before
    lines = archive.read_text().splitlines()
    archive.write_text("\n".join([*lines[:6], json.dumps(post(77)), *lines[7:9]]) + "\n")
    summary, engine = run_over(archive, out, policy)
    assert engine.checked == 5  # the second chunk of four, and the last one
    fresh, _ = run_over(archive, tmp_path / "fresh", policy)
    assert rows(out) == rows(tmp_path / "fresh")
    assert rows(out, FINDINGS) == rows(tmp_path / "fresh", FINDINGS)
    assert summary.digest == fresh.digest


def test_parts_of_many_chunks(
    tmp_path: Path, archive: Path, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run_module.Checkpoint
    monkeypatch.setattr(run_module, "Checkpoint", lambda f, t: real(f, t, part_chunks=2))
    one, _ = run_over(archive, tmp_path / "a", policy, chunk_posts=2)
    assert len(list((tmp_path / "a/posts").iterdir())) == 3
    monkeypatch.setattr(run_module, "Checkpoint", real)
    two, _ = run_over(archive, tmp_path / "b", policy, chunk_posts=2)
    assert rows(tmp_path / "a") == rows(tmp_path / "b")
    assert one.digest == two.digest


def test_the_pool_gives_what_one_process_gives(
    tmp_path: Path, archive: Path, policy: Policy
) -> None:
    serial, _ = run_over(archive, tmp_path / "a", policy)
    pooled, _ = run_over(archive, tmp_path / "b", policy, engine=lambda s: Pool(s, 2))
    assert pooled.digest == serial.digest
    assert rows(tmp_path / "a") == rows(tmp_path / "b")


def test_a_post_that_kills_its_worker_is_found(
    tmp_path: Path, archive: Path, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks come from a plug-in here: one post makes it end the process."""
    folder = tmp_path / "plugin"
    info = folder / "deadly-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[qc.checks]\ndeadly = deadly\n")
    (folder / "deadly.py").write_text(DEADLY)
    code = (
        "import sys; from qc.cli.main import main\n"
        "if __name__ == '__main__':\n    sys.exit(main(sys.argv[1:]))\n"
    )
    script = tmp_path / "go.py"
    script.write_text(code)
    text = archive.read_text().replace("lớp 5 đọc", "lớp 5 CHẾT")
    archive.write_text(text)
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, script, "recheck", archive, "-o", out, "-j", "1", "--lang", "en"],
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{Path.cwd()}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    found = rows(out)
    assert [row["id"] for row in found] == [*map(str, range(10)), "11"]
    assert [row["id"] for row in found if row["state"] == "crashed"] == ["5"]
    assert found[5]["reason"] == "the process that checked this post died or ran out of time"
    assert "took their worker down: 1" in done.stdout


DEADLY = """
import os, signal
from qc.core.article import Article
from qc.core.rule import Examples, Rule, Severity, Text, check

RULE = Rule(
    id="site-deadly", severity=Severity.INFO, title=Text(vi="Chết", en="Deadly"),
    message=Text(vi="Chết", en="Deadly"), why=Text(vi="Thử", en="Test"),
    fix=Text(vi="Bỏ", en="Drop"), examples=Examples(bad=[], good=[]),
)

@check(RULE, subject=Article)
def deadly(article, options):
    if "CHẾT" in article.text("body"):
        os.kill(os.getpid(), signal.SIGKILL)
    yield from ()
"""


def test_killed_at_any_moment_a_run_goes_on(tmp_path: Path, policy: Policy) -> None:
    """kill -9 of the process group at two moments; the rows are those of a calm run."""
    path = write_jsonl(tmp_path / "a.jsonl", [post(n) for n in range(160)])
    calm, _ = run_over(path, tmp_path / "calm", policy, chunk_posts=50, today=date.today())
    out = tmp_path / "out"
    command = [sys.executable, "-m", "qc", "recheck", path, "-o", out, "-j", "1", "--no-cache"]
    codes = []
    for posts in (1, 101):
        process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        _wait_for(out / "checkpoint.sqlite", posts, process)
        os.killpg(process.pid, signal.SIGKILL)
        codes.append(process.wait())
    assert codes[0] == -signal.SIGKILL
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    assert rows(out) == rows(tmp_path / "calm")
    assert json.loads((out / "run.json").read_text())["digest"] == calm.digest


def _wait_for(path: Path, posts: int, process: subprocess.Popen[bytes]) -> None:
    """Until this many posts are noted in the checkpoint, or the run is over."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        wal = path.with_name(path.name + "-wal")
        if wal.exists() and wal.stat().st_size > 40_000 + posts * 300:
            return
        time.sleep(0.02)


def test_a_fault_of_reading_has_a_row(tmp_path: Path, policy: Policy) -> None:
    setup = make_setup(policy, today=TODAY)
    record = Record("9", Source("x", data=b"-"), fault="the line is too long")
    result = Worker(setup).check(record)
    assert result.packed
    run = Run(setup, RunOptions(folder=tmp_path / "out"))
    run.results([record], Serial(setup))
    assert rows(tmp_path / "out")[0]["reason"] == "the line is too long"
