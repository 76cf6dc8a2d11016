"""The same run on a cluster: a real scheduler and two worker processes, one of them killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from qc.batch.dask import DaskEngine
from qc.batch.parts import read_rows
from qc.batch.run import Run, RunOptions, make_setup
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.core.errors import UsageError
from qc.policy.model import Policy
from tests.batch.archives import post, write_jsonl
from tests.batch.test_run import Serial

pytest.importorskip("distributed", reason="needs qc[dask]")
SCHEDULER = """
import asyncio, distributed, sys

async def main():
    async with distributed.Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(main())
"""
NANNY = """
import asyncio, distributed, sys

async def main():
    async with distributed.Nanny(sys.argv[1], nthreads=1, host="127.0.0.1") as nanny:
        await nanny.finished()

if __name__ == "__main__":
    asyncio.run(main())
"""
WORKER = """
import asyncio, distributed, sys

async def main():
    async with distributed.Worker(sys.argv[1], nthreads=1, dashboard=False, host="127.0.0.1") as w:
        await w.finished()

asyncio.run(main())
"""


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler, and its two worker processes."""
    started = [_start(SCHEDULER)]
    try:
        assert started[0].stdout is not None
        address = started[0].stdout.readline().strip()
        workers = [_start(WORKER, address) for _ in range(2)]
        started += workers
        yield address, workers
    finally:
        for each in started:
            each.kill()
            each.wait()


def _start(code: str, *arguments: str, failures: int = 1) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_a_cluster_gives_what_one_process_gives_though_a_worker_is_killed(
    tmp_path: Path, policy: Policy, cluster: tuple[str, list[subprocess.Popen[str]]]
) -> None:
    address, workers = cluster
    path = str(write_jsonl(tmp_path / "a.jsonl", [post(n) for n in range(60)]))
    setup = make_setup(policy, today=date(2026, 1, 2))
    kills: list[int] = []

    def seen(count: int) -> None:
        if not kills:
            kills.append(count)
            Thread(target=workers[0].send_signal, args=(signal.SIGKILL,)).start()

    options = RunOptions(folder=tmp_path / "dask", chunk_posts=4, seen=seen)
    records = records_of([path], ReadOptions())
    found = Run(setup, options).results(records, DaskEngine(setup, address))
    plain = RunOptions(folder=tmp_path / "serial", chunk_posts=4)
    expected = Run(setup, plain).results(records_of([path], ReadOptions()), Serial(setup))
    assert workers[0].wait(10) == -signal.SIGKILL
    assert found.digest == expected.digest
    assert found.posts == 60
    assert list(read_rows(tmp_path / "dask", "posts")) == list(
        read_rows(tmp_path / "serial", "posts")
    )


ENDLESS = """
import re
from qc.core.article import Article
from qc.core.rule import Examples, Rule, Severity, Text, check

RULE = Rule(
    id="site-endless", severity=Severity.INFO, title=Text(vi="Mãi", en="Endless"),
    message=Text(vi="Mãi", en="Endless"), why=Text(vi="Thử", en="Test"),
    fix=Text(vi="Bỏ", en="Drop"), examples=Examples(bad=[], good=[]),
)

@check(RULE, subject=Article)
def endless(article, options):
    if "MÃI" in article.text("body"):
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter, so no thread could stop it
    yield from ()
"""


def test_a_post_that_takes_too_long_ends_its_worker_only(tmp_path: Path) -> None:
    """The checks come from a plug-in here: one post never comes to an end."""
    folder = tmp_path / "plugin"
    info = folder / "endless-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: endless\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[qc.checks]\nendless = endless\n")
    (folder / "endless.py").write_text(ENDLESS)
    nanny = tmp_path / "nanny.py"
    nanny.write_text(NANNY)
    bad = post(2, body="<p>Các em học sinh đọc sách MÃI trong thư viện.</p>")
    path = write_jsonl(tmp_path / "a.jsonl", [post(1), bad])
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{Path.cwd()}"}
    scheduler = _start(SCHEDULER, failures=0)
    started = [scheduler]
    try:
        assert scheduler.stdout is not None
        address = scheduler.stdout.readline().strip()
        command = [sys.executable, str(nanny), address]
        started.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        words = ["--engine", "dask", "--scheduler", address, "--limit", "3", "--lang", "en"]
        done = subprocess.run(
            [sys.executable, "-m", "qc", "recheck", path, "-o", tmp_path / "out", *words],
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    finally:
        for each in reversed(started):
            each.terminate()
            each.wait()
    assert done.returncode == 3, done.stderr
    found = list(read_rows(tmp_path / "out", "posts"))
    assert [row["state"] for row in found] == ["checked", "crashed"]
    assert found[1]["reason"] == "the process that checked this post died or ran out of time"


def test_a_scheduler_that_does_not_answer(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qc.batch.dask.WAIT_S", 1)
    engine = DaskEngine(make_setup(policy), "tcp://127.0.0.1:1")
    with pytest.raises(UsageError):
        list(engine.run([]))
