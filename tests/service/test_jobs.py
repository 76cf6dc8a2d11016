"""Jobs: accepted work is done, survives the end of the server, and can be cancelled."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from qc.service.settings import Settings
from tests.service.running import ARTICLE, Running, in_process, in_thread, until

BODY = {"article": ARTICLE, "source": "bai.json"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with one worker."""
    with in_thread(Settings(data=tmp_path_factory.mktemp("jobs"), workers=1)) as service:
        yield service


def pids_of(running: Running) -> list[int]:
    assert running.app is not None
    pids: list[int] = running.app.state.checker.pool.pids
    return pids


def finished(client: httpx.Client, job: str) -> dict[str, object]:
    """The job when it is finished."""
    until(lambda: client.get(job).json()["state"] not in ("queued", "running"), 60)
    told: dict[str, object] = client.get(job).json()
    return told


def test_a_job_gives_the_report_of_the_check(running: Running) -> None:
    with running.client() as client:
        checked = client.post("/v1/check", json=BODY)
        accepted = client.post("/v1/jobs", json=BODY)
        assert accepted.status_code == 202
        assert accepted.json()["state"] in ("queued", "running", "done")
        told = finished(client, accepted.headers["location"])
        assert told["state"] == "done"
        progress = told["progress"]
        assert isinstance(progress, dict)
        assert progress["done"] == progress["total"] > 50
        report = client.get(str(told["report"]))
        assert report.content == checked.content
    assert list((running.data / "spool").iterdir()) == []


def test_files_of_a_job_are_checked_too(running: Running) -> None:
    draft = Path("samples/loi-khai-giang.docx").read_bytes()
    files = [("files", ("bai.docx", draft)), ("files", ("anh/1.jpg", b"\xff\xd8\xff"))]
    with running.client() as client:
        checked = client.post("/v1/check", files=files, data={"policy": "thcs"})
        job = client.post("/v1/jobs", files=files, data={"policy": "thcs"}).headers["location"]
        report = client.get(str(finished(client, job)["report"]))
    assert report.content == checked.content


def test_a_job_tells_its_progress_and_can_be_cancelled(running: Running) -> None:
    pid = pids_of(running)[0]
    os.kill(pid, signal.SIGSTOP)
    try:
        with running.client() as client:
            jobs = [client.post("/v1/jobs", json=BODY).headers["location"] for _ in range(2)]
            until(lambda: client.get(jobs[0]).json()["state"] == "running")
            assert client.get(jobs[1]).json()["state"] == "queued"
            for job in reversed(jobs):
                assert client.delete(job).status_code == 202
                assert client.get(job).json()["state"] == "cancelled"
                assert client.delete(job).status_code == 409
            until(lambda: list((running.data / "spool").iterdir()) == [])
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_job_that_ends_its_workers_fails_alone(running: Running) -> None:
    with running.client() as client:
        until(lambda: client.get("/health").json()["workers"]["ready"] == 1, 60)
        first = pids_of(running)[0]
        os.kill(first, signal.SIGSTOP)
        job = client.post("/v1/jobs", json=BODY).headers["location"]
        until(lambda: client.get(job).json()["state"] == "running")
        os.kill(first, signal.SIGKILL)
        assert finished(client, job)["state"] == "done"


def test_a_full_job_queue_is_said(tmp_path: Path) -> None:
    from qc.service.settings import Limits

    limits = Limits(max_jobs=1)
    with in_thread(Settings(data=tmp_path, workers=1, limits=limits)) as service:
        pid = pids_of(service)[0]
        os.kill(pid, signal.SIGSTOP)
        with service.client() as client:
            codes = [client.post("/v1/jobs", json=BODY).status_code for _ in range(2)]
        os.kill(pid, signal.SIGCONT)
    assert codes == [202, 503]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_an_accepted_job_outlives_the_server(tmp_path: Path, ending: signal.Signals) -> None:
    with in_process(tmp_path, "--workers", "1") as first, first.client() as client:
        workers = children(first)
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)
        jobs = [client.post("/v1/jobs", json=BODY).headers["location"] for _ in range(3)]
        until(lambda: client.get(jobs[0]).json()["state"] == "running")
        assert first.process is not None
        first.process.send_signal(ending)
        first.process.wait(40)
        until(lambda: not any(alive(pid) for pid in workers))
        assert len(list((tmp_path / "spool").iterdir())) == 3
    with in_process(tmp_path, "--workers", "1") as second, second.client() as client:
        until(lambda: len(second.temporary()) == 0)
        assert len(list((tmp_path / "tmp").glob("worker-*"))) == 1
        for job in jobs:
            assert finished(client, job)["state"] == "done"


def test_the_answer_to_a_request_in_flight_is_given_before_the_end(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with in_process(tmp_path, "--workers", "1") as service, ThreadPoolExecutor(1) as threads:
        (worker,) = children(service)
        os.kill(worker, signal.SIGSTOP)
        with service.client() as client:
            answer = threads.submit(client.post, "/v1/check", json=BODY)
            time.sleep(0.5)
            assert service.process is not None
            service.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            os.kill(worker, signal.SIGCONT)
            assert answer.result().status_code == 200
        assert service.process.wait(40) in (0, -signal.SIGTERM)
    assert not any("Traceback" in str(line) for line in service.lines)


def test_two_servers_do_not_share_a_folder(running: Running) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "qc", "serve", "--port", "0", "--data", str(running.data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "một dịch vụ khác đang dùng thư mục này" in done.stderr


def children(running: Running) -> list[int]:
    """The worker processes of a server in a process of its own."""
    assert running.process is not None
    pid = running.process.pid
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text().partition(")")[2][:4]
    except OSError:
        return False
