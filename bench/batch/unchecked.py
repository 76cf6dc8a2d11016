"""A run in which every post gets the result of the first: what a run costs beside the checks."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from pathlib import Path

from qc.batch.engine import Task
from qc.batch.run import Run, RunOptions, make_setup
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.batch.work import Checked, Setup, Worker
from qc.policy.load import load_policy


class Same:
    """An engine that checks one post."""

    def __init__(self, setup: Setup) -> None:
        self._worker = Worker(setup)

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[int, list[Checked]], None, None]:
        """The result of the first post for each."""
        result: Checked | None = None
        for task in tasks:
            if result is None:
                result = self._worker.check(task.records[0])
            yield task.number, [result] * len(task.records)


def main() -> None:
    """Run over the archive in the first argument into the folder in the second."""
    archive, out = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    setup = make_setup(load_policy())
    options = RunOptions(folder=Path(out), cache=Path(out) / "cache.sqlite")
    Run(setup, options).results(records_of([archive], ReadOptions()), Same(setup))


if __name__ == "__main__":
    main()
