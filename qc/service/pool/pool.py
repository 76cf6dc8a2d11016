"""The pool: a fixed number of warm workers. One that dies takes only its own request with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any
from uuid import uuid4

from qc.service.errors import Refusal
from qc.service.pool.frames import Frame
from qc.service.pool.process import WorkerDied, WorkerProcess, WorkFailed
from qc.service.pool.queue import Turns
from qc.service.pool.work import Answer, Progress
from qc.service.settings import Settings

LOG = logging.getLogger("qc.service.pool")
ATTEMPTS = 2
ABANDON_GRACE_S = 2.0
WATCH_EVERY_S = 1.0


class Pool:
    """Runs work in worker processes; crashed and overgrown workers are replaced."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.deaths = 0
        self._turns: Turns[WorkerProcess] = Turns(settings.limits.queue_size, settings.workers)
        self._workers: set[WorkerProcess] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def ready(self) -> int:
        """How many workers are warm and alive."""
        return sum(worker.alive for worker in self._workers)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return self._turns.waiting

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return sorted(worker.pid for worker in self._workers)

    @property
    def memory_bytes(self) -> int:
        """Resident memory of all workers."""
        return sum(worker.memory_bytes for worker in self._workers)

    async def start(self) -> None:
        """Start the workers; returns when the first is warm."""
        first = asyncio.get_running_loop().create_future()
        for _ in range(self.settings.workers):
            self._spawn(self._add(first))
        self._spawn(self._watch())
        await first

    async def stop(self) -> None:
        """End all workers; what they still do is lost to its caller."""
        self._stopping = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))
        self._workers.clear()

    async def run(
        self,
        frame: Frame,
        *,
        timeout_s: float,
        background: bool = False,
        progress: Progress | None = None,
    ) -> Answer:
        """Have work done by the next free worker; once more by another where one died of it.

        Raises Refusal: 503 when the queue is full, time is up or two workers died; 500 when
        the function failed. A caller that is cancelled leaves a free place behind.
        """
        for attempt in range(ATTEMPTS):
            worker = await self._turns.take(background=background)
            if not worker.alive:
                self._replace(worker)
                continue
            task = asyncio.create_task(worker.ask(frame, progress))
            try:
                async with asyncio.timeout(timeout_s):
                    answer = await asyncio.shield(task)
            except WorkerDied:
                self.deaths += 1
                LOG.warning("worker died", extra={"attempt": attempt + 1, "pid": worker.pid})
                self._replace(worker)
                continue
            except TimeoutError as error:
                self._replace(worker)
                task.add_done_callback(_ignored)
                raise _too_slow(timeout_s) from error
            except asyncio.CancelledError:
                self._spawn(self._finish_or_kill(worker, task))
                raise
            except WorkFailed as error:
                self._release(worker)
                LOG.error("work failed", extra={"reason": str(error)})
                raise _failed() from error
            except BaseException:
                self._release(worker)
                raise
            self._release(worker)
            return answer
        raise _died()

    def _release(self, worker: WorkerProcess) -> None:
        limits = self.settings.limits
        worn = worker.served >= limits.requests_per_worker
        if not worker.alive or worn or worker.memory_bytes > limits.worker_memory_bytes:
            self._replace(worker)
        else:
            self._turns.put(worker)

    def _replace(self, worker: WorkerProcess) -> None:
        """A new worker in the place of one that is dead, stuck, worn or too large."""
        self._turns.drop(worker)
        if worker in self._workers:
            self._workers.discard(worker)
            self._spawn(worker.kill())
            if not self._stopping:
                self._spawn(self._add(None))

    async def _add(self, first: asyncio.Future[None] | None) -> None:
        pause_s = 0.5
        while not self._stopping:
            folder = self.settings.data / "tmp" / f"worker-{uuid4().hex}"
            try:
                worker = await WorkerProcess.start(folder)
            except (WorkerDied, OSError, TimeoutError) as error:
                LOG.error("worker did not start", extra={"reason": type(error).__name__})
                if first is not None and not first.done() and pause_s > 4:
                    first.set_exception(_not_started())
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, 30.0)
                continue
            self._workers.add(worker)
            self._turns.put(worker)
            if first is not None and not first.done():
                first.set_result(None)
            return

    async def _watch(self) -> None:
        """Replace workers that died while idle, and kill those that outgrow their memory."""
        while True:
            await asyncio.sleep(WATCH_EVERY_S)
            for worker in list(self._workers):
                if not worker.alive:
                    self.deaths += 1
                    self._replace(worker)
                elif worker.memory_bytes > 2 * self.settings.limits.worker_memory_bytes:
                    LOG.warning("worker outgrew its memory", extra={"pid": worker.pid})
                    await worker.kill()

    async def _finish_or_kill(self, worker: WorkerProcess, task: asyncio.Task[Answer]) -> None:
        """The caller is gone: a short rest of work may end, a long one is cut off."""
        done, _ = await asyncio.wait([task], timeout=ABANDON_GRACE_S)
        task.add_done_callback(_ignored)
        if done and not isinstance(task.exception(), WorkerDied):
            self._release(worker)
        else:
            self._replace(worker)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _ignored(task: asyncio.Task[Answer]) -> None:
    """Nobody waits for this result any more; its error, if any, is seen."""
    if not task.cancelled():
        task.exception()


def _too_slow(timeout_s: float) -> Refusal:
    return Refusal(
        503,
        f"the check took longer than {timeout_s:g} s",
        remedy="Send the work to /v1/jobs.",
        vi="Kiểm tra quá lâu nên đã dừng; hãy gửi bài này dưới dạng công việc nền (/v1/jobs).",
    )


def _failed() -> Refusal:
    return Refusal(
        500,
        "the check failed inside the service",
        remedy="Report the X-Request-Id of this answer.",
        vi="Hệ thống gặp lỗi khi kiểm tra bài này.",
    )


def _died() -> Refusal:
    return Refusal(
        503,
        "the worker ended while it checked this article, twice",
        remedy="Check the article's media, or report the X-Request-Id of this answer.",
        vi="Không kiểm tra được bài này: tiến trình kiểm tra đã hai lần dừng giữa chừng.",
    )


def _not_started() -> Refusal:
    return Refusal(503, "no worker starts", vi="Không khởi động được tiến trình kiểm tra.")
