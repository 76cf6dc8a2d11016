"""Engines: who checks the chunks of a run; the built-in process pool or a cluster."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Protocol

from qc.batch.records import Record
from qc.batch.rows import CRASHED
from qc.batch.work import Checked, failed
from qc.core.record import dataclass

ATTEMPTS_ALONE = 2
"""How often a record may take its worker down before it gets a row `crashed`."""

DIED = {
    "vi": "tiến trình kiểm tra bị dừng hoặc quá thời gian khi kiểm tra bài này",
    "en": "the process that checked this post died or ran out of time",
}


@dataclass(frozen=True, slots=True)
class Task:
    """Records that are to be checked together; `number` is theirs, for the caller."""

    number: int
    records: tuple[Record, ...]


class Engine(Protocol):
    """Checks tasks in any order, each record exactly once or with a row that says why not."""

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[int, list[Checked]], None, None]:
        """The results of every task, by its number, as they are done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a task: what is sent to a worker at once. It shrinks when workers die of it."""

    task: Task
    start: int
    end: int
    attempts: int = 0

    @property
    def records(self) -> Sequence[Record]:
        """The records of the piece."""
        return self.task.records[self.start : self.end]

    def after_death(self) -> list[Piece]:
        """What to try next: halves, or the one record again; nothing for one that killed twice."""
        count = self.end - self.start
        if count > 1:
            middle = self.start + count // 2
            return [
                Piece(self.task, self.start, middle),
                Piece(self.task, middle, self.end),
            ]
        attempts = self.attempts + 1
        return (
            [] if attempts >= ATTEMPTS_ALONE else [Piece(self.task, self.start, self.end, attempts)]
        )


class Gathering:
    """The results of tasks whose pieces come back one by one."""

    def __init__(self) -> None:
        self._found: dict[int, list[Checked | None]] = {}

    def add(self, piece: Piece, results: Sequence[Checked]) -> list[Checked] | None:
        """Note the results of a piece; gives those of its task once they are complete."""
        task = piece.task
        known = self._found.setdefault(task.number, [None] * len(task.records))
        known[piece.start : piece.end] = results
        done = [each for each in known if each is not None]
        if len(done) < len(known):
            return None
        del self._found[task.number]
        return done


def crashed(lang: str) -> Checked:
    """The result of a record that took its worker down; the same words whichever engine it was."""
    reason = DIED["vi" if lang == "vi" else "en"]
    return failed(CRASHED, reason, crashed=True)
