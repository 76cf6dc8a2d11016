"""Measuring: what is compared runs in turns, A-B-A-B, and the median of the ratios is kept."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROUNDS = 7


@dataclass
class Result:
    """One comparison. `ratio` is ours to theirs where less is better, theirs to ours otherwise."""

    name: str
    asked: str
    ratio: float | None
    unit: str = "×"
    met: bool | None = None
    cpu_s: dict[str, float] = field(default_factory=dict)
    wall_s: dict[str, float] = field(default_factory=dict)
    note: str = ""

    def data(self) -> dict[str, object]:
        """Plain data for the JSON file."""
        return {"row": "ratio", **asdict(self)}


@dataclass
class Score:
    """How well one system does on labelled texts; `alarms` says what it flags without cause.

    `speed`: characters a second of CPU time.
    """

    name: str
    task: str
    precision: float | None = None
    recall: float | None = None
    alarms: str = ""
    speed: float | None = None
    note: str = ""

    def data(self) -> dict[str, object]:
        """Plain data for the JSON file."""
        return {"row": "score", **asdict(self)}


Row = Result | Score


@dataclass(frozen=True)
class Asked:
    """What a part is told: articles a round, fewer rounds, and the folder of labelled data."""

    articles: int = 40
    quick: bool = False
    data: Path | None = None

    @property
    def rounds(self) -> int:
        """Rounds of a comparison."""
        return 3 if self.quick else ROUNDS


def skipped(name: str, asked: str, reason: str) -> Result:
    """A comparison that could not be made here."""
    print(f"skipped: {name}: {reason}", flush=True)
    return Result(name, asked, None, note=f"skipped: {reason}")


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds (own and of children) and wall seconds of one run."""
    begin = time.perf_counter()
    before = _cpu()
    work()
    return _cpu() - before, time.perf_counter() - begin


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def in_turns(
    works: dict[str, Callable[[], object]], rounds: int = ROUNDS
) -> dict[str, list[tuple[float, float]]]:
    """(CPU, wall) of every round of every work; the first, warming round is not counted."""
    for work in works.values():
        work()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(spent(work))
    return found


def compare(
    name: str,
    asked: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    *,
    shares: tuple[float, float] = (1.0, 1.0),
    faster: bool,
    limit: float,
    rounds: int = ROUNDS,
) -> Result:
    """Compare two works by CPU; `shares` is what one unit is of each. `faster`: theirs / ours."""
    runs = in_turns({"ours": ours, "theirs": theirs}, rounds)
    ratios = []
    for (a, _), (b, _) in zip(runs["ours"], runs["theirs"], strict=True):
        one, other = a * shares[0], b * shares[1]
        ratios.append(other / one if faster else one / other)
    ratio = statistics.median(ratios)
    result = Result(name, asked, round(ratio, 2), met=ratio >= limit if faster else ratio <= limit)
    for side, share in zip(("ours", "theirs"), shares, strict=True):
        result.cpu_s[side] = statistics.median(cpu * share for cpu, _ in runs[side])
        result.wall_s[side] = statistics.median(wall * share for _, wall in runs[side])
    print(f"{name}: {ratio:.2f} (asked {asked})", flush=True)
    return result


def skipped_score(name: str, task: str, reason: str) -> Score:
    """A system that could not be measured here."""
    print(f"skipped: {task}: {name}: {reason}", flush=True)
    return Score(name, task, note=f"skipped: {reason}")


def told(score: Score) -> Score:
    """Print a score as it comes."""
    shares = [("P", score.precision), ("R", score.recall)]
    words = " ".join(f"{name} {share:.3f}" for name, share in shares if share is not None)
    print(f"{score.task}: {score.name}: {words}; {score.alarms}", flush=True)
    return score


def run(command: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run a program quietly; its exit code is its own business."""
    return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def peak_mb(command: Sequence[str], environment: dict[str, str] | None = None) -> float:
    """Peak memory of one process, in MB."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_maxrss / 1024


def tree_peak_mb(command: Sequence[str], every_s: float = 0.01) -> float:
    """Peak of the resident memory of a process and those below it, in MB; what they share twice."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _tree(process.pid))))
        time.sleep(every_s)
    return peak * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return  # ended meanwhile
    for each in below:
        yield from _tree(int(each))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
