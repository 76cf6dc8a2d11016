"""Turns: who gets the next free worker. Editors who wait come before jobs in the background."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

from qc.service.errors import busy

T = TypeVar("T")
JOBS_TURN = 8  # every so many free workers go to a job first, so that jobs are slow, not stuck


class Turns(Generic[T]):
    """Hands out free workers; at most `bound` callers wait, and jobs leave one worker to others."""

    def __init__(self, bound: int, size: int) -> None:
        self.bound = bound
        self.background_share = max(1, size - 1)
        self._free: list[T] = []
        self._waiting: dict[bool, deque[asyncio.Future[T]]] = {False: deque(), True: deque()}
        self._background: set[int] = set()
        self._given = 0

    @property
    def waiting(self) -> int:
        """How many callers wait in the foreground."""
        return sum(not each.done() for each in self._waiting[False])

    @property
    def free(self) -> int:
        """How many workers have nothing to do."""
        return len(self._free)

    async def take(self, *, background: bool) -> T:
        """A free worker, in order of asking. Raises Refusal 503 where too many wait already."""
        if not background and self.waiting >= self.bound:
            raise busy()
        if self._free and self._may(background):
            return self._lend(self._free.pop(), background)
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting[background].append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.put(future.result())
            raise

    def put(self, worker: T) -> None:
        """A worker is free, or new."""
        self._background.discard(id(worker))
        self._given += 1
        jobs_first = self._given % JOBS_TURN == 0
        for background in (jobs_first, not jobs_first):
            waiting = self._waiting[background]
            while waiting and self._may(background):
                future = waiting.popleft()
                if not future.done():
                    future.set_result(self._lend(worker, background))
                    return
        self._free.append(worker)

    def drop(self, worker: T) -> None:
        """A worker is gone."""
        self._background.discard(id(worker))
        if worker in self._free:
            self._free.remove(worker)

    def _may(self, background: bool) -> bool:
        return not background or len(self._background) < self.background_share

    def _lend(self, worker: T, background: bool) -> T:
        if background:
            self._background.add(id(worker))
        return worker
