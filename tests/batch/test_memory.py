"""Memory of workers: models and tables are loaded once, whatever the size of the archive."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.archives import post, write_jsonl

LIMIT_MB = 60
ASKS = "<p>Nhà trường trao quà cho học sinh hộ nghèo lớp 5, trong đó có Nguyễn Văn An.</p>"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
def test_a_worker_holds_little_of_its_own(tmp_path: Path) -> None:
    """Every other post asks for the name recogniser, which takes 80 MB."""
    posts = [post(n, body=ASKS if n % 2 else f"<p>Lớp {n} đọc sách.</p>") for n in range(120)]
    archive = write_jsonl(tmp_path / "a.jsonl", posts)
    command = [sys.executable, "-m", "qc", "recheck", archive, "-o", tmp_path / "out", "-j", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most: dict[int, float] = {}
    while process.poll() is None:
        for server in _children(process.pid):
            for worker in _children(server):
                most[worker] = max(most.get(worker, 0.0), _private_mb(worker))
        time.sleep(0.05)
    assert process.returncode == 0
    assert len(most) == 2
    assert max(most.values()) < LIMIT_MB


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _private_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0
    values = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines)}
    return (int(values["Private_Dirty"]) + int(values["Private_Clean"])) / 1024
