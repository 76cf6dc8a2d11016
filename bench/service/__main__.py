"""Measure the service: `python -m bench.service [latency|load|scaling|mixed|kill] [--seconds N]`.

latency   p50 of a check over HTTP against the library call, both in one process, alternating
load      p99 against p50 at 70 % of what the service can do
scaling   requests a second with two workers against one
mixed     texts, pictures, jobs and LanguageTool requests at once: memory, lost and mixed-up answers
kill      a worker is killed every second under load

Ratios are of one run; processor time is given beside them, because it does not depend on what
else the machine does.
"""

from __future__ import annotations

import argparse
import base64
import io
import os
import random
import signal
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from bench.service.driver import (
    Asker,
    Request,
    Server,
    Tally,
    article_request,
    body_of_3_kb,
    closed_loop,
    open_loop,
    server,
)

SAMPLES = Path(__file__).parents[2] / "samples"


def main() -> None:
    """Run what was asked for, or everything."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    runs = {"latency": latency, "load": load, "scaling": scaling, "mixed": mixed, "kill": kill}
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="*", choices=[[], *runs], default=list(runs))
    parser.add_argument("--seconds", type=float, default=20.0)
    arguments = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for name in arguments.runs:
        with tempfile.TemporaryDirectory(prefix="qc-bench-") as folder:
            runs[name](Path(folder), arguments.seconds)


def latency(folder: Path, seconds: float) -> None:
    """The same article through the library and over HTTP, in turns."""
    import json

    from qc.documents.load import Source
    from qc.pipeline import inspect
    from qc.policy.load import load_policy

    body = body_of_3_kb(SAMPLES)
    policy = load_policy("co-so")
    library: list[float] = []
    library_cpu = 0.0
    with server(folder, 1) as running:
        tally = Tally()
        asker = Asker(running.port, tally)
        end = time.perf_counter() + seconds
        number = 0
        before = running.cpu_s()
        while time.perf_counter() < end or number < 40:
            if number == 10:
                before = running.cpu_s()
            request = article_request(body, number)
            data = json.dumps(json.loads(request.body)["article"], ensure_ascii=False).encode()
            began, cpu = time.perf_counter(), time.process_time()
            inspect(Source(request.mark, data=data, format="json"), policy, today=date.today())
            library.append(time.perf_counter() - began)
            library_cpu += time.process_time() - cpu if number >= 10 else 0.0
            asker.ask(request.path, request.body, request.mark)
            number += 1
        after = running.cpu_s()
    once, over_http = (statistics.median(each[10:]) for each in (library, tally.seconds))
    spent = [(b - a) / (number - 10) * 1000 for a, b in zip(before, after, strict=True)]
    print(f"latency: article of {len(request.body)} bytes, {number} times each, one worker")
    print(f"  library p50 {once * 1000:.1f} ms, HTTP p50 {over_http * 1000:.1f} ms", end="")
    print(f", ratio {over_http / once:.2f}")
    own = library_cpu / (number - 10) * 1000
    print(
        f"  processor: library {own:.1f} ms, server {spent[0]:.1f} ms, worker {spent[1]:.1f} ms",
        end="",
    )
    print(f", ratio {sum(spent) / own:.2f}")


def load(folder: Path, seconds: float) -> None:
    """The spread of answer times at 70 % of the capacity."""
    body = body_of_3_kb(SAMPLES)
    with server(folder, 2) as running:
        closed_loop(running.port, 4, 3, lambda n: article_request(body, n))
        full = closed_loop(running.port, 6, seconds / 2, lambda n: article_request(body, n))
        capacity = len(full.seconds) / (seconds / 2)
        tally = open_loop(running.port, 0.7 * capacity, seconds, lambda n: article_request(body, n))
    p50, p99 = tally.quantile(0.5), tally.quantile(0.99)
    print(f"load: capacity {capacity:.1f}/s with two workers; at 70 %: {_told(tally)}")
    print(f"  p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, ratio {p99 / p50:.2f}")


def scaling(folder: Path, seconds: float) -> None:
    """Two workers against one, in turns, the best of three; a short article, and a long one."""
    body = body_of_3_kb(SAMPLES)
    with server(folder / "1", 1) as one, server(folder / "2", 2) as two:
        for size, html in ((3, body), (30, body * 10)):
            make = partial(article_request, html)
            for running in (one, two):
                closed_loop(running.port, 4, 3, make)
            before = two.cpu_s()
            best = dict.fromkeys((1, 2), 0.0)
            for _ in range(3):
                for workers, running in ((1, one), (2, two)):
                    tally = closed_loop(running.port, 4, seconds / 6, make)
                    best[workers] = max(best[workers], len(tally.seconds) / (seconds / 6))
            share = [b - a for a, b in zip(before, two.cpu_s(), strict=True)]
            print(f"scaling, {size} KB: {best[1]:.1f}/s with one worker, {best[2]:.1f}/s", end="")
            print(
                f" with two, ratio {best[2] / best[1]:.2f} on {os.cpu_count()} cores, shared",
                end="",
            )
            print(f"; processor of the server: {share[0] / share[1]:.2f} of that of its workers")


def mixed(folder: Path, seconds: float) -> None:
    """Everything at once; memory is compared between the first and last tenth of the run."""
    body = body_of_3_kb(SAMPLES)
    picture = _picture()
    memory: list[tuple[float, int]] = []
    ended = threading.Event()
    with server(folder, 2) as running:
        watcher = threading.Thread(target=_watch, args=(running, memory, ended))
        watcher.start()
        make = _mixture(body, picture)
        tally = closed_loop(running.port, 6, seconds, make)
        ended.set()
        watcher.join()
    warm, last = memory[len(memory) // 10 :], memory[-max(1, len(memory) // 10) :]
    first = [size for _, size in warm[: max(1, len(memory) // 10)]]
    start, end = statistics.median(first), statistics.median([size for _, size in last])
    print(f"mixed: {seconds:.0f} s, {_told(tally)}")
    print(
        f"  memory {start / 2**20:.0f} MiB after a tenth, {end / 2**20:.0f} MiB at the end", end=""
    )
    print(f", growth {(end / start - 1) * 100:+.1f} %")


def kill(folder: Path, seconds: float) -> None:
    """Workers are killed by signal 9 under load."""
    body = body_of_3_kb(SAMPLES)
    ended = threading.Event()
    killed: list[int] = []
    with server(folder, 2) as running:

        def murder() -> None:
            while not ended.wait(2.0):
                pid = random.choice(running.workers or [0])
                if pid:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

        thread = threading.Thread(target=murder)
        thread.start()
        tally = closed_loop(running.port, 4, seconds, lambda n: article_request(body, n))
        ended.set()
        thread.join()
    print(f"kill: {len(killed)} workers killed in {seconds:.0f} s; {_told(tally)}")


def _mixture(body: str, picture: str) -> Callable[[int], Request]:
    from urllib.parse import quote

    def make(number: int) -> Request:
        kind = number % 10
        if kind == 0:  # an article with a picture
            html = body + '<img src="anh.jpg" alt="Học sinh đọc sách">'
            request = article_request(html, number)
            media = f', "media": {{"anh.jpg": {{"data": "{picture}"}}}}}}'
            return Request(request.path, request.body[:-1] + media.encode(), request.mark)
        if kind == 1:  # a job
            request = article_request(body, number, "/v1/jobs")
            return Request(request.path, request.body, "queued")
        if kind == 2:  # text that cannot be read
            bad = article_request(body, number).body.replace(b'"body"', b'"body_"', 1)
            return Request("/v1/check", bad, f"bai-{number}.json")
        if kind == 3:  # LanguageTool's protocol
            text = quote("Nhà trường đã bổ xung thêm phòng đọc.")
            return Request("/v2/check", f"language=vi&text={text}".encode(), "matches")
        return article_request(body[: 500 + number % 5000], number)

    return make


def _picture() -> str:
    from PIL import Image

    stream = io.BytesIO()
    Image.effect_noise((1000, 700), 60).convert("RGB").save(stream, "JPEG")
    return base64.b64encode(stream.getvalue()).decode()


def _watch(running: Server, memory: list[tuple[float, int]], ended: threading.Event) -> None:
    while not ended.wait(1.0):
        memory.append((time.perf_counter(), running.memory_bytes()))


def _told(tally: Tally) -> str:
    total = len(tally.seconds)
    return f"{total} answers {tally.statuses}, lost {tally.lost}, mixed up {tally.mixed_up}"


if __name__ == "__main__":
    main()
