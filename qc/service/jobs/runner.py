"""The runner: does accepted jobs one by one, and puts back what it cannot finish."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from qc.core.errors import QcError
from qc.service.checker import Checker, checked_of
from qc.service.errors import Refusal, body_of
from qc.service.intake.submission import Submission
from qc.service.jobs.spool import Spool
from qc.service.measures import Measures
from qc.service.store import jobs
from qc.service.store.engine import Store
from qc.service.store.jobs import Job, Queue
from qc.service.store.reports import save_report

LOG = logging.getLogger("qc.service.jobs")
LOOK_EVERY_S = 2.0
PAUSE_AFTER_FAULT_S = 5.0


class Runner:
    """The jobs of one server."""

    def __init__(self, checker: Checker, store: Store, queue: Queue, measures: Measures) -> None:
        self.checker = checker
        self.store = store
        self.queue = queue
        self.measures = measures
        self.spool = Spool(checker.settings.data)
        self.progress: dict[str, tuple[int, int]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Take up what was accepted before, then whatever comes."""
        again = await asyncio.to_thread(self._take_up)
        LOG.info("jobs taken up", extra={"jobs": again})
        workers = max(1, self.checker.settings.workers - 1)
        self._loops = [asyncio.create_task(self._loop()) for _ in range(workers)]

    async def stop(self) -> None:
        """Put back what is being done: it goes on when the service starts again."""
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)

    async def accept(self, identity: str, owner: str, submission: Submission) -> None:
        """Accept a job: it is on disk when this returns. Raises Refusal 422 or 503."""
        self.checker.path_of(submission.options.policy)
        submission.source  # noqa: B018  (raises where no article was sent)
        await asyncio.to_thread(self._keep, identity, owner, submission)
        self._wake.set()

    async def cancel(self, identity: str) -> bool:
        """End a job that is not finished; False where it is."""
        ended = await asyncio.to_thread(self._cancel, identity)
        task = self._running.get(identity)
        if ended and task is not None:
            task.cancel()
        return ended

    def _keep(self, identity: str, owner: str, submission: Submission) -> None:
        limit = self.checker.settings.limits.max_jobs
        with self.store.read() as connection:
            if self.queue.waiting(connection) >= limit:
                raise _too_many(limit)
        request = self.spool.keep(identity, submission)
        try:
            with self.store.write(durable=True) as connection:
                self.queue.add(connection, identity, owner, request)
        except QcError:
            self.spool.drop(identity)
            raise

    def _take_up(self) -> int:
        with self.store.write(durable=True) as connection:
            again = self.queue.requeue(connection)
            wanted = self.queue.open_ids(connection)
        self.spool.sweep(wanted)
        return again

    async def _loop(self) -> None:
        while True:
            try:
                job = await asyncio.to_thread(self._claim)
            except QcError as error:
                LOG.error("store failed", extra={"reason": error.what})
                await asyncio.sleep(PAUSE_AFTER_FAULT_S)
                continue
            if job is None:
                self._wake.clear()
                try:
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._wake.wait()
                except TimeoutError:
                    pass
                continue
            await self._do(job)

    async def _do(self, job: Job) -> None:
        """One job, in a task of its own so that it can be cancelled alone."""
        task = asyncio.create_task(self._work(job))
        self._running[job.id] = task
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait([task])
            await asyncio.to_thread(self._store, jobs.put_back, job.id)
            raise
        finally:
            self._running.pop(job.id, None)
            self.progress.pop(job.id, None)
        if task.cancelled():
            await asyncio.to_thread(self.spool.drop, job.id)
        elif task.exception() is not None:
            LOG.error(
                "job failed", extra={"job": job.id, "reason": type(task.exception()).__name__}
            )

    async def _work(self, job: Job) -> None:
        def progress(done: int, total: int) -> None:
            self.progress[job.id] = (done, total)

        try:
            work = await asyncio.to_thread(self.spool.work_of, job.id, job.request)
            answer = await self.checker.run(work, background=True, progress=progress)
            checked = checked_of(answer)
            await asyncio.to_thread(self._finish, job, checked)
        except QcError as error:
            await asyncio.to_thread(self._store, jobs.fail, job.id, body_of(error))
        except OSError as error:
            lost = Refusal(500, "the files of the job are gone", vi="Tệp của công việc đã mất.")
            LOG.error("spool failed", extra={"job": job.id, "errno": error.errno})
            await asyncio.to_thread(self._store, jobs.fail, job.id, body_of(lost))
        else:
            self.measures.check("job", checked.verdict)
        await asyncio.to_thread(self.spool.drop, job.id)

    def _claim(self) -> Job | None:
        with self.store.read() as connection:
            if not self.queue.waiting(connection):
                return None
        with self.store.write(durable=True) as connection:
            return self.queue.claim(connection)

    def _finish(self, job: Job, checked: Any) -> None:
        with self.store.write(durable=True) as connection:
            report_id = save_report(connection, job.owner, checked)
            jobs.finish(connection, job.id, report_id, self.progress.get(job.id, (0, 0)))

    def _cancel(self, identity: str) -> bool:
        with self.store.write(durable=True) as connection:
            ended = jobs.cancel(connection, identity)
        if ended and identity not in self._running:
            self.spool.drop(identity)
        return ended

    def _store(self, change: Any, *values: Any) -> None:
        with self.store.write(durable=True) as connection:
            change(connection, *values)


def _too_many(limit: int) -> Refusal:
    return Refusal(
        503,
        f"{limit} jobs wait already",
        remedy="Try again later.",
        vi="Có quá nhiều công việc đang chờ; hãy thử lại sau.",
        headers={"retry-after": "60"},
    )
