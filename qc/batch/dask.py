"""The same run on a Dask cluster: chunks as tasks, a few per worker on their way at a time."""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterable, Sequence
from typing import Any

from qc.batch.engine import Gathering, Piece, Task, crashed
from qc.batch.limits import Limits
from qc.batch.records import Record
from qc.batch.work import Checked, Setup, Worker, warm_up
from qc.core.errors import QcError, UsageError

AHEAD = 3
"""Pieces on their way per thread of the cluster."""
WAIT_S = 60
_workers: dict[bytes, Worker] = {}
_limits = Limits()


class DaskEngine:
    """Checks tasks on the cluster of a scheduler; each of its workers has the same qc installed."""

    def __init__(self, setup: Setup, scheduler: str) -> None:
        self._setup = setup
        self._scheduler = scheduler

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[int, list[Checked]], None, None]:
        """The results of every task, by its number, as they are done."""
        client = self._connected()
        try:
            client.wait_for_workers(1, timeout=WAIT_S)
            yield from _spread(client, self._setup, iter(tasks))
        except TimeoutError as error:
            raise QcError("no worker of the cluster answers", where=self._scheduler) from error
        finally:
            client.close()

    def _connected(self) -> Any:
        try:
            from distributed import Client

            connect: Any = Client
            return connect(self._scheduler, timeout=WAIT_S, set_as_default=False)
        except ImportError as error:
            raise UsageError(
                "Dask is not installed", remedy="pip install 'qc[dask]'", vi="chưa cài Dask"
            ) from error
        except (OSError, ValueError) as error:
            raise UsageError(
                f"the scheduler does not answer: {error}",
                where=self._scheduler,
                vi="không nối được tới bộ điều phối Dask",
            ) from error


def _spread(
    client: Any, setup: Setup, tasks: Any
) -> Generator[tuple[int, list[Checked]], None, None]:
    import distributed

    completion: Any = distributed.as_completed
    shared = pickle.dumps(setup)
    running = completion(loop=client.loop)
    pieces: dict[str, Piece] = {}
    gathering = Gathering()
    exhausted = False

    def send(piece: Piece) -> None:
        future = client.submit(check_piece, shared, list(piece.records), pure=False)
        pieces[future.key] = piece
        running.add(future)

    while True:
        room = AHEAD * max(1, sum(client.nthreads().values()))
        while not exhausted and len(pieces) < room:
            task = next(tasks, None)
            if task is None:
                exhausted = True
            elif task.records:
                send(Piece(task, 0, len(task.records)))
        if not pieces:
            return
        future = next(running)
        piece = pieces.pop(future.key)
        results = _answer(future, piece, send, setup.lang)
        future.release()
        done = gathering.add(piece, results) if results is not None else None
        if done is not None:
            yield piece.task.number, done


def _answer(future: Any, piece: Piece, send: Any, lang: str) -> Sequence[Checked] | None:
    """The results of a piece; None where workers died of it and smaller ones were sent."""
    from distributed import KilledWorker

    error = future.exception()
    if error is None:
        results: Sequence[Checked] = future.result()
        return results
    if not isinstance(error, KilledWorker):
        raise QcError(f"the cluster failed: {error}") from error
    tries = piece.after_death()
    for each in tries:
        send(each)
    return None if tries else [crashed(lang)]


def check_piece(shared: bytes, records: Sequence[Record]) -> list[Checked]:
    """Check records in a worker of the cluster, which stays warm from one piece to the next.

    The set-up travels with every piece, so that a worker that joins late or takes over has it. A
    worker that takes too long ends; the cluster starts another one and gives the piece to it.
    """
    worker = _workers.get(shared)
    if worker is None:
        from qc.batch.identity import tool_digest

        setup: Setup = pickle.loads(shared)
        if setup.tool != tool_digest():
            raise QcError("a worker's qc is another one than that of the run")
        warm_up(setup.policy)
        _workers.clear()
        worker = _workers[shared] = Worker(setup)
    with _limits.piece(len(records), worker.setup.limit_s):
        return worker.check_all(records)
