"""The process pool: warm workers, a few chunks ahead, and the replacement of those that die."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from qc.batch.engine import Gathering, Piece, Task, crashed
from qc.batch.limits import Limits
from qc.batch.records import Record
from qc.batch.work import Checked, Setup, Worker, warm_up
from qc.core.errors import QcError

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext
    from multiprocessing.process import BaseProcess

AHEAD = 2
"""Pieces a worker holds: the one it works on and the next."""
GARBAGE = (20_000, 10, 10)
MAX_STARTS = 3
"""Workers that may die in a row before they did anything."""


class Pool:
    """Checks tasks in `workers` processes on this machine.

    `share_models`: load the language models before workers are forked, which takes 0.7 s.
    """

    def __init__(self, setup: Setup, workers: int, *, share_models: bool = False) -> None:
        self._setup = setup
        self._workers = workers
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        models = ["qc.batch._models"] if share_models else []
        self._context.set_forkserver_preload(["qc.batch._warm", *models])

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[int, list[Checked]], None, None]:
        """The results of every task, by its number, as they are done."""
        waiting = iter(tasks)
        again: deque[Piece] = deque()
        gathering = Gathering()
        crew = _Crew(self._context, self._setup, self._workers)
        try:
            exhausted = False
            while True:
                while crew.has_room() and not (exhausted and not again):
                    if again:
                        crew.send(again.popleft())
                        continue
                    task = next(waiting, None)
                    if task is None:
                        exhausted = True
                    elif task.records:
                        crew.send(Piece(task, 0, len(task.records)))
                if exhausted and not again and crew.is_idle():
                    return
                for piece, results in crew.answers(again):
                    done = gathering.add(piece, results)
                    if done is not None:
                        yield piece.task.number, done
        finally:
            crew.stop()


class _Member:
    """One worker process, the pipe to it, and the pieces it holds, oldest first."""

    def __init__(self, context: Any, setup: Setup) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(theirs, setup), daemon=True)
        self.process.start()
        theirs.close()
        self.pieces: deque[Piece] = deque()
        self.answered = False


class _Crew:
    """The workers of a pool."""

    def __init__(self, context: Any, setup: Setup, count: int) -> None:
        self._context = context
        self._setup = setup
        self._members = [_Member(context, setup) for _ in range(count)]
        self._failed_starts = 0

    def has_room(self) -> bool:
        """Whether some worker can take another piece."""
        return any(len(each.pieces) < AHEAD for each in self._members)

    def is_idle(self) -> bool:
        """Whether no worker holds a piece."""
        return not any(each.pieces for each in self._members)

    def send(self, piece: Piece) -> None:
        """Give a piece to the worker that holds the fewest."""
        member = min(self._members, key=lambda each: len(each.pieces))
        member.pieces.append(piece)
        with suppress(OSError):  # it has died; `answers` sees to that
            member.pipe.send([_sent(each) for each in piece.records])

    def answers(self, again: deque[Piece]) -> list[tuple[Piece, Sequence[Checked]]]:
        """What workers have sent, waiting for the first; pieces of dead ones go to `again`."""
        by_handle: dict[Any, _Member] = {}
        for each in self._members:
            by_handle[each.pipe] = each
            by_handle[each.process.sentinel] = each
        ready = {id(by_handle[handle]): by_handle[handle] for handle in wait(list(by_handle))}
        found: list[tuple[Piece, Sequence[Checked]]] = []
        for member in ready.values():
            try:
                while member.pipe.poll():
                    results = member.pipe.recv()
                    if isinstance(results, str):
                        raise QcError(f"a worker cannot start: {results}")
                    member.answered = True
                    found.append((member.pieces.popleft(), results))
            except (EOFError, OSError):
                found += self._bury(member, again)
                continue
            if not member.process.is_alive() and not member.pipe.poll():
                found += self._bury(member, again)
        return found

    def stop(self) -> None:
        """End all workers."""
        for each in self._members:
            each.pipe.close()
            each.process.kill()
        for each in self._members:
            each.process.join()

    def _bury(self, member: _Member, again: deque[Piece]) -> list[tuple[Piece, Sequence[Checked]]]:
        """Replace a worker that died of its first piece; the other pieces did nothing."""
        member.process.join()
        member.pipe.close()
        self._failed_starts = 0 if member.answered else self._failed_starts + 1
        found: list[tuple[Piece, Sequence[Checked]]] = []
        if member.pieces:
            piece = member.pieces.popleft()
            tries = piece.after_death()
            if not tries:
                found.append((piece, [crashed(self._setup.lang)]))
            again.extend(tries)
        again.extend(member.pieces)
        if self._failed_starts > MAX_STARTS + len(self._members):
            raise QcError(
                f"workers end before they check anything (code {member.process.exitcode})"
            )
        index = self._members.index(member)
        self._members[index] = _Member(self._context, self._setup)
        return found


def serve(pipe: Connection, setup: Setup) -> None:
    """The life of a worker: warm up, then check what comes until the pipe closes."""
    from qc.batch.identity import tool_digest

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if setup.tool and tool_digest() != setup.tool:
        pipe.send("its qc is another one than that of the run")
        return
    warm_up(setup.policy)
    worker = Worker(setup)
    limits = Limits()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    coming: SimpleQueue[list[Any]] = SimpleQueue()
    Thread(target=_receive, args=(pipe, coming), daemon=True).start()
    while True:
        sent = coming.get()
        records = [_received(each) for each in sent]
        with limits.piece(len(records), setup.limit_s):
            results = worker.check_all(records)
        try:
            pipe.send(results)
        except OSError:
            return


def _receive(pipe: Connection, coming: SimpleQueue[list[Any]]) -> None:
    """Take pieces off the pipe at once, so that the run never waits to send; end with the run."""
    try:
        while True:
            coming.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)


def default_workers() -> int:
    """One worker per core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sent(record: Record) -> tuple[Any, ...]:
    """A record as plain values, which travel faster than objects."""
    source = record.source
    plain = (source.name, source.path, source.data, source.format, source.root, source.extras)
    return record.id, record.fault, plain


def _received(sent: tuple[Any, ...]) -> Record:
    from qc.documents.load import Source

    identity, fault, plain = sent
    return Record(identity, Source(*plain), fault=fault)
