"""CPU of a cold `qc check FILE -f json` beside that of `python -c pass`, and what it imports.

    python -m bench.startup [FILE] [--runs N]

The ratio is of the least CPU (user and system) of N runs, taken in turns. Byte code is cached in a
temporary folder first, as an installed package has it; `--no-bytecode` measures without any.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "loi-vien-dan-van-ban.md"
SHOWN = 15


def cpu_of(arguments: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of one run of Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def heavy_modules(arguments: list[str], environment: dict[str, str]) -> list[tuple[str, int, int]]:
    """(top-level package, modules, microseconds of their own), the costliest first."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    modules: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for line in done.stderr.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        name = rest.rpartition("|")[2].strip()
        if not own.strip().isdigit():
            continue
        parts = name.split(".")
        package = ".".join(parts[: 2 if parts[0] == "qc" else 1])
        modules[package] += 1
        spent[package] += int(own)
    return [(name, modules[name], micros) for name, micros in spent.most_common(SHOWN)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", default=str(SAMPLE))
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--no-bytecode", action="store_true")
    asked = parser.parse_args()
    check = ["-m", "qc", "check", str(Path(asked.file).resolve()), "-f", "json"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if asked.no_bytecode:
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
        cpu_of(check, environment)
        pairs = [
            (cpu_of(["-c", "pass"], environment), cpu_of(check, environment))
            for _ in range(asked.runs)
        ]
        least, ours = (min(column) for column in zip(*pairs, strict=True))
        print(f"python -c pass {least * 1e3:.1f} ms, qc check {ours * 1e3:.1f} ms of CPU")
        print(f"ratio {ours / least:.1f}")
        for name, count, micros in heavy_modules(check, environment):
            print(f"{micros / 1e3:8.1f} ms {count:4d} modules  {name}")


if __name__ == "__main__":
    main()
