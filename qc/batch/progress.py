"""Progress on standard error, where that is a terminal: posts, rate, remaining time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qc.batch.sources.files import file_kind, open_file

COUNTED_BYTES = 1 << 22
MARKS = {"jsonl": b"\n", "csv": b"\n", "xml": b"<item"}


@contextmanager
def progress_bar(archives: Iterable[str], shards: int) -> Iterator[Callable[[int], None]]:
    """A function that is told how many more posts are done."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Posts per second since the start."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f} bài/s" if speed else "… bài/s")

    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeElapsedColumn())
    total = expected_posts(archives)
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as progress:
        task = progress.add_task("", total=None if total is None else total / shards)
        yield lambda count: progress.advance(task, count)


def expected_posts(archives: Iterable[str]) -> int | None:
    """About how many posts archives hold, by a glance at each; None where a glance cannot tell."""
    total = 0
    for archive in archives:
        count = _posts_in(Path(archive))
        if count is None:
            return None
        total += count
    return total


def _posts_in(path: Path) -> int | None:
    kind = file_kind(path) if path.is_file() else None
    if kind is None:
        return None
    if kind == "parquet":
        import pyarrow.parquet as pq

        return int(pq.read_metadata(path).num_rows)
    with open_file(path) as stream:
        head = stream.read(COUNTED_BYTES)
    if path.suffix.lower() in (".gz", ".xz", ".bz2") and len(head) == COUNTED_BYTES:
        return None
    share = path.stat().st_size / max(len(head), 1)
    return round(head.count(MARKS[kind]) * max(share, 1))
