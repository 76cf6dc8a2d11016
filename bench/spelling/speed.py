"""Speed, start and memory of the speller, each measured in its own process.

    python -m bench.spelling.speed TEXTFILE

Prints CPU seconds of the start (interpreter's own start left out), words per CPU second at warning
level for three parts of the text, each twice as long as the last (linear or not; no part is read
twice, since the speller knows what it has read), and the private memory beside the mapped table
(Linux only).
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

START = """
import time
began = time.process_time()
from pathlib import Path
from qc.core.data import data_dir
from qc.text.spelling._speller import load_speller
speller = load_speller(data_dir() / "spelling")
loaded = time.process_time()
speller.find("Nhà trường tổ chức lễ khai giảng năm học mới.", 0.5)
print(f"{loaded - began:.3f} {time.process_time() - loaded:.3f}")
"""


def private_kib() -> int:
    """Private memory of this process in KiB, without shared and mapped pages."""
    total = 0
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty"):
            total += int(line.split()[1])
    return total


def main() -> None:
    """Measure and print."""
    import numpy  # noqa: F401  # so that the memory of numpy itself is not counted below

    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    runs = [subprocess.check_output([sys.executable, "-c", START], text=True) for _ in range(5)]
    best = min(tuple(map(float, run.split())) for run in runs)
    print(f"start: load {best[0]:.3f} s, first text {best[1]:.3f} s (CPU, best of 5)")
    before = private_kib()
    from qc.core.data import data_dir
    from qc.text.spelling._speller import load_speller

    speller = load_speller(data_dir() / "spelling")
    least = speller.thresholds["warning"]
    lines = text.splitlines(keepends=True)
    part = len(lines) // 7
    for first, last in ((0, part), (part, 3 * part), (3 * part, 7 * part)):
        chosen = "".join(lines[first:last])
        words = sum(1 for piece in speller.read(chosen).surfaces if piece[0].isalpha())
        began = time.process_time()
        speller.find(chosen, least)
        elapsed = time.process_time() - began
        print(f"{words} words: {words / elapsed:.0f} words a second")
    print(f"private memory: {(private_kib() - before) / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
