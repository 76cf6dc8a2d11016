"""The client side of the measurements: one connection per thread, answers compared by title."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HEADERS = {"content-type": "application/json"}
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Server:
    """A `qc serve` in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def workers(self) -> list[int]:
        """The process ids of its workers."""
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(each) for each in found]

    def cpu_s(self) -> tuple[float, float]:
        """Processor seconds used so far by the server, and by its workers."""
        return _cpu_s(self.process.pid), sum(map(_cpu_s, self.workers))

    def memory_bytes(self) -> int:
        """Resident memory of the server and its workers."""
        return sum(map(_memory, (self.process.pid, *self.workers)))


@contextmanager
def server(data: Path, workers: int) -> Iterator[Server]:
    """A service on a free port, with all its workers warm; ended afterwards."""
    options = ["--port", "0", "--data", str(data), "--workers", str(workers)]
    process = subprocess.Popen(
        [sys.executable, "-m", "qc", "serve", *options],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    port = int(json.loads(line)["url"].rpartition(":")[2])
    drain = threading.Thread(target=lambda: [None for _ in process.stderr or ()], daemon=True)
    drain.start()
    try:
        _await(port, workers)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass
class Tally:
    """What came back: seconds per request, statuses, and answers that were not the asker's."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    mixed_up: int = 0
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float, status: int, right: bool) -> None:
        """Count one answer."""
        with self.lock:
            self.seconds.append(seconds)
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.mixed_up += status == 200 and not right

    def quantile(self, share: float) -> float:
        """The time within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Asker:
    """One client with its own connection; each request carries a number in its title."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.port = port
        self.tally = tally
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, path: str, body: bytes, mark: str, *, since: float | None = None) -> None:
        """Send a request and count its answer; the answer must repeat the mark."""
        began = since if since is not None else time.perf_counter()
        try:
            self.connection.request("POST", path, body, HEADERS)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            with self.tally.lock:
                self.tally.lost += 1
            return
        right = f'"{mark}"'.encode() in content
        self.tally.add(time.perf_counter() - began, answer.status, right)


def closed_loop(
    port: int, clients: int, duration_s: float, make: Callable[[int], Request]
) -> Tally:
    """So many clients, each asking again as soon as it was answered."""
    tally = Tally()
    end = time.perf_counter() + duration_s

    def run(number: int) -> None:
        asker = Asker(port, tally)
        count = 0
        while time.perf_counter() < end:
            request = make(number * 1_000_000 + count)
            asker.ask(request.path, request.body, request.mark)
            count += 1

    _together(run, clients)
    return tally


def open_loop(port: int, rate: float, duration_s: float, make: Callable[[int], Request]) -> Tally:
    """Requests at a steady rate whatever the answers do; time counts from when each was due."""
    tally = Tally()
    began = time.perf_counter()
    numbers = iter(range(int(rate * duration_s)))
    taking = threading.Lock()

    def run(_: int) -> None:
        asker = Asker(port, tally)
        while True:
            with taking:
                number = next(numbers, None)
            if number is None:
                return
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            request = make(number)
            asker.ask(request.path, request.body, request.mark, since=due)

    _together(run, 16)
    return tally


@dataclass(frozen=True)
class Request:
    """What is sent, and the mark that its answer must repeat."""

    path: str
    body: bytes
    mark: str


def article_request(body_html: str, number: int, path: str = "/v1/check") -> Request:
    """A check of an article whose source carries the number."""
    mark = f"bai-{number}.json"
    article = {"title": "Trường THCS Nguyễn Du tổ chức ngày hội đọc sách", "body": body_html}
    sent = {"article": article, "source": mark}
    return Request(path, json.dumps(sent, ensure_ascii=False).encode(), mark)


def body_of_3_kb(samples: Path) -> str:
    """An article of about 3 KB from the samples, as HTML."""
    text = (samples / "sach-ngay-hoi-doc-sach.md").read_text(encoding="utf-8")
    text = re.sub(r"(?s)\A---.*?---", "", text)
    paragraphs = [each.strip() for each in text.split("\n\n") if each.strip()]
    paragraphs = [each for each in paragraphs if not each.startswith(("#", "!", "|"))]
    body = ""
    while len(body.encode()) < 3000:
        body += "".join(f"<p>{' '.join(each.split())}</p>" for each in paragraphs)
    return body


def _together(run: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _await(port: int, workers: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            told = json.loads(connection.getresponse().read())
            if told["workers"]["ready"] == workers:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the service did not start")


def _cpu_s(pid: int) -> float:
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / TICKS_PER_S


def _memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except OSError:
        return 0
