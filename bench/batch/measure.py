"""`qc recheck` end to end: rate, scaling, re-check, memory, kill -9.

    python -m bench.batch.measure rate [--posts 2000] [--data DIR]
    python -m bench.batch.measure memory [--posts 10000,100000] [--only RULE]
    python -m bench.batch.measure flat [--posts 10000,100000,1000000]
    python -m bench.batch.measure pictures [--posts 20]
    python -m bench.batch.measure kill [--posts 1000] [--times 10]

Rates are of one run beside the other on the same machine at the same time; the load of the machine
is printed, since wall time on a busy one says little. CPU is that of the processes themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.batch.posts import data_folder, write_posts
from bench.batch.process import Watched, recheck, watch


def rate(posts: int, data: Path | None, folder: Path, only: list[str]) -> None:
    """Posts per second with one worker and with two, and of an unchanged re-check."""
    archive = write_posts(posts, folder / "posts.jsonl", data)
    size = archive.stat().st_size / posts
    print(f"{posts} posts of {size:.0f} bytes, load {os.getloadavg()[0]:.1f}")
    few = folder / "few.jsonl"
    few.write_text(archive.read_text(encoding="utf-8").split("\n", 1)[0] + "\n", encoding="utf-8")
    start = watch(recheck(few, "-o", folder / "start", "-j", 1, *only))
    results: dict[str, Watched] = {}
    for name, workers in (("one", 1), ("two", 2), ("one again", 1), ("two again", 2)):
        found = watch(
            recheck(
                archive, "-o", folder / name.replace(" ", "-"), "-j", workers, "--no-cache", *only
            )
        )
        results[name] = found
        _print(name, found, posts, start)
    one = min(results["one"].wall_s, results["one again"].wall_s) - start.wall_s
    two = min(results["two"].wall_s, results["two again"].wall_s) - start.wall_s
    print(f"two workers / one: {one / two:.2f}")
    cache = folder / "cache.sqlite"
    fill = watch(recheck(archive, "-o", folder / "fill", "-j", 1, "--cache", cache, *only))
    again = watch(recheck(archive, "-o", folder / "again", "-j", 1, "--cache", cache, *only))
    idle = watch(recheck(few, "-o", folder / "idle", "-j", 1, "--cache", cache, *only))
    _print("with an empty cache", fill, posts, start)
    _print("unchanged, new folder", again, posts, idle)
    checking, known = fill.wall_s - start.wall_s, max(again.wall_s - idle.wall_s, 1e-3)
    print(f"re-check / check, wall: {checking / known:.1f} times faster")
    kept = watch(recheck(archive, "-o", folder / "again", "-j", 1, "--cache", cache, *only))
    _print("unchanged, same folder", kept, posts, idle)
    digests = {
        json.loads((folder / name / "run.json").read_text())["digest"]
        for name in ("one", "two", "one-again", "two-again", "fill", "again")
    }
    print(f"digests of all runs: {len(digests)} ({min(digests)[:12]})")


def memory(sizes: list[int], data: Path | None, folder: Path, only: list[str]) -> None:
    """Peak memory of the parent and private memory of a worker, by number of posts."""
    for posts in sizes:
        archive = write_posts(posts, folder / f"{posts}.jsonl", data)
        found = watch(recheck(archive, "-o", folder / f"out-{posts}", "-j", 2, *only))
        sizes_mb = {
            path.name: round(path.stat().st_size / 1e6, 1)
            for path in (folder / f"out-{posts}").iterdir()
            if path.is_file()
        }
        parts = sum(p.stat().st_size for p in (folder / f"out-{posts}").glob("*/*.parquet"))
        print(
            f"{posts:8d} posts: parent {found.parent_rss_mb:.0f} MB, worker private "
            f"{found.worker_private_mb:.0f} MB (resident {found.worker_rss_mb:.0f}); "
            f"{found.wall_s:.0f} s; Parquet {parts / 1e6:.1f} MB, {sizes_mb}"
        )


def flat(sizes: list[int], data: Path | None, folder: Path) -> None:
    """Peak memory and time of everything but the checks: reading, keys, cache, checkpoint, parts.

    Every post gets the result of the first one, so that a million posts take minutes.
    """
    for posts in sizes:
        archive = write_posts(posts, folder / f"{posts}.jsonl", data)
        out = folder / f"flat-{posts}"
        found = watch([sys.executable, "-m", "bench.batch.unchecked", str(archive), str(out)])
        state = json.loads((out / "run.json").read_text())
        print(
            f"{posts:8d} posts: peak {found.parent_rss_mb:.0f} MB, {state['posts']} rows, "
            f"{found.parent_cpu_s / posts * 1e6:.0f} us of CPU a post; exit {found.code}"
        )
        archive.unlink()
        shutil.rmtree(out)


def pictures(posts: int, folder: Path) -> None:
    """CPU of a picture in a post, by its size; every picture is another one, then all are one."""
    from datetime import date

    from bench.batch.photos import write_photo
    from qc.batch.records import record_of
    from qc.batch.run import make_setup
    from qc.batch.work import Worker
    from qc.documents.posts import Post
    from qc.policy.load import load_policy

    setup = make_setup(load_policy(), today=date(2026, 1, 2), threads=1)

    def spent(names: list[str]) -> float:
        records = [
            record_of(
                Post(
                    id=str(number),
                    title="Ngày hội đọc sách",
                    body="<p>Sáng nay, học sinh đọc sách.</p>",
                    images=tuple({"path": each, "alt": "Học sinh"} for each in [name] if name),
                    root=folder,
                ),
                "a",
            )
            for number, name in enumerate(names)
        ]
        worker = Worker(setup)
        worker.check_all(records[:1])
        begin = time.process_time()
        worker.check_all(records[1:])
        return (time.process_time() - begin) / (len(records) - 1) * 1000

    without = spent([""] * posts)
    for megapixels in (1, 4):
        names = [f"{megapixels}-{number}.jpg" for number in range(posts)]
        for number, name in enumerate(names):
            write_photo(folder / name, megapixels, number)
        each, same = spent(names), spent(names[:1] * posts)
        print(
            f"{megapixels} MP: {each - without:.1f} ms of CPU a picture, "
            f"{same - without:.1f} ms where all posts show one ({without:.1f} ms of text left out)"
        )


def kill(posts: int, times: int, data: Path | None, folder: Path, only: list[str]) -> None:
    """kill -9 of the whole group at random moments; then compare with an undisturbed run."""
    archive = write_posts(posts, folder / "posts.jsonl", data)
    calm = watch(recheck(archive, "-o", folder / "calm", "-j", 2, "--no-cache", *only))
    command = recheck(archive, "-o", folder / "out", "-j", 2, "--no-cache", *only)
    random.seed(12)
    killed = 0
    for _ in range(times):
        process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        time.sleep(random.uniform(0.2, max(calm.wall_s / times * 2.5, 3)))
        killed += process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    watch(command)
    states = [json.loads((folder / name / "run.json").read_text()) for name in ("calm", "out")]
    same = _rows(folder / "calm") == _rows(folder / "out")
    print(
        f"{posts} posts, killed {killed} of {times} times while running: "
        f"rows {'equal' if same else 'DIFFER'}, "
        f"digests {'equal' if states[0]['digest'] == states[1]['digest'] else 'DIFFER'}"
    )


def _rows(folder: Path) -> list[dict[str, object]]:
    from qc.batch.parts import FINDINGS, POSTS, read_rows

    return [*read_rows(folder, POSTS), *read_rows(folder, FINDINGS)]


def _print(name: str, found: Watched, posts: int, start: Watched) -> None:
    wall = max(found.wall_s - start.wall_s, 1e-9)
    cpu = found.parent_cpu_s + found.workers_cpu_s - start.parent_cpu_s - start.workers_cpu_s
    parent = found.parent_cpu_s - start.parent_cpu_s
    print(
        f"{name}: {posts / wall:.0f} posts/s of wall, {posts / max(cpu, 1e-9):.0f} per CPU second; "
        f"parent {parent / posts * 1e6:.0f} us a post; start-up {start.wall_s:.1f} s; "
        f"worker private {found.worker_private_mb:.0f} MB; exit {found.code}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("rate", "memory", "flat", "pictures", "kill"))
    parser.add_argument("--posts")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--data")
    asked = parser.parse_args()
    data = data_folder(asked.data)
    only = [word for rule in asked.only for word in ("--only", rule)]
    with tempfile.TemporaryDirectory(prefix="qc-batch-") as name:
        folder = Path(name)
        if asked.what == "rate":
            rate(int(asked.posts or 2000), data, folder, only)
        elif asked.what in ("memory", "flat"):
            sizes = [int(each) for each in (asked.posts or "10000,100000").split(",")]
            if asked.what == "flat":
                flat(sizes, data, folder)
            else:
                memory(sizes, data, folder, only)
        elif asked.what == "pictures":
            pictures(int(asked.posts or 20), folder)
        else:
            kill(int(asked.posts or 1000), asked.times, data, folder, only)


if __name__ == "__main__":
    main()
