"""Watching a run from outside: wall time, processor time, and memory of each process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_S = 0.5


@dataclass
class Watched:
    """What one run took. Memory in MB: the peak of the parent, of a worker's private pages."""

    wall_s: float = 0.0
    parent_cpu_s: float = 0.0
    workers_cpu_s: float = 0.0
    parent_rss_mb: float = 0.0
    worker_private_mb: float = 0.0
    worker_rss_mb: float = 0.0
    code: int = 0
    _cpu: dict[int, float] = field(default_factory=dict)


def recheck(*arguments: str | Path) -> list[str]:
    """The command line of a run."""
    return [sys.executable, "-m", "qc", "recheck", *map(str, arguments)]


def watch(command: list[str]) -> Watched:
    """Run a command to its end and watch it and its children."""
    found = Watched()
    begin = time.perf_counter()
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    while process.poll() is None:
        _sample(process.pid, found)
        time.sleep(SAMPLE_S)
    found.wall_s = time.perf_counter() - begin
    found.parent_cpu_s = found._cpu.pop(process.pid, 0.0)
    found.workers_cpu_s = sum(found._cpu.values())
    found.code = process.returncode
    return found


def below(pid: int) -> list[tuple[int, int]]:
    """A process and all below it, with their depth."""
    found = [(pid, 0)]
    for each, depth in found:
        try:
            text = Path(f"/proc/{each}/task/{each}/children").read_text()
        except OSError:
            continue
        found += [(int(child), depth + 1) for child in text.split()]
    return found


def _sample(pid: int, found: Watched) -> None:
    for each, depth in below(pid):
        try:
            rss, private = _memory(each)
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks = int(fields[11]) + int(fields[12])
        found._cpu[each] = ticks / os.sysconf("SC_CLK_TCK")
        if each == pid:
            found.parent_rss_mb = max(found.parent_rss_mb, rss)
        elif depth > 1:  # a worker: the server that forks them stands between
            found.worker_rss_mb = max(found.worker_rss_mb, rss)
            found.worker_private_mb = max(found.worker_private_mb, private)


def _memory(pid: int) -> tuple[float, float]:
    """Resident and private memory in MB."""
    values: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        values[name] = int(rest.split()[0])
    private = values["Private_Dirty"] + values["Private_Clean"]
    return values["Rss"] / 1024, private / 1024
