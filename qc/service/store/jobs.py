"""Jobs: long work that was accepted. An accepted job is on disk and outlives the server."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select

from qc.core.record import dataclass
from qc.service.store.clock import days_ago, now
from qc.service.store.schema import jobs

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job. `request` is what `spool` wrote beside the files; `error` the JSON of an error."""

    id: str
    owner: str
    state: str
    created_at: str
    updated_at: str
    attempts: int
    done: int
    total: int
    request: dict[str, Any]
    report_id: str | None
    error: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The jobs of one server: those whose files lie in its data folder."""

    instance: str

    def add(
        self, connection: Connection, identity: str, owner: str, request: dict[str, Any]
    ) -> None:
        """Accept a job whose files are on disk."""
        moment = now()
        connection.execute(
            jobs.insert().values(
                id=identity,
                owner=owner,
                instance=self.instance,
                state=QUEUED,
                created_at=moment,
                updated_at=moment,
                attempts=0,
                done=0,
                total=0,
                request=json.dumps(request, ensure_ascii=False),
            )
        )

    def waiting(self, connection: Connection) -> int:
        """How many jobs are not finished."""
        query = select(func.count()).select_from(jobs).where(*self._open())
        return connection.execute(query).scalar() or 0

    def claim(self, connection: Connection) -> Job | None:
        """Take the oldest job that waits."""
        query = (
            select(jobs)
            .where(jobs.c.instance == self.instance, jobs.c.state == QUEUED)
            .order_by(jobs.c.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = connection.execute(query).first()
        if row is None:
            return None
        change = {"state": RUNNING, "attempts": row.attempts + 1}
        here = jobs.update().where(jobs.c.id == row.id)
        connection.execute(here.values(updated_at=now(), **change))
        return _job({**row._mapping, **change})

    def requeue(self, connection: Connection) -> int:
        """What ran when the server ended waits again; gives how many.

        A job that was begun too often fails: it may be what ends the server.
        """
        mine = (jobs.c.instance == self.instance, jobs.c.state == RUNNING)
        error = {"what": "the server ended three times during this job", "where": "", "remedy": ""}
        error["message"] = "Dịch vụ đã ba lần dừng khi đang kiểm tra bài này."
        failed = {"state": FAILED, "error": json.dumps({"error": error}, ensure_ascii=False)}
        tried = jobs.c.attempts >= MAX_ATTEMPTS
        connection.execute(jobs.update().where(*mine, tried).values(failed | {"updated_at": now()}))
        again = jobs.update().where(*mine).values(state=QUEUED, updated_at=now())
        return connection.execute(again).rowcount

    def open_ids(self, connection: Connection) -> set[str]:
        """The jobs whose files are still needed."""
        return set(connection.execute(select(jobs.c.id).where(*self._open())).scalars())

    def _open(self) -> tuple[Any, ...]:
        return jobs.c.instance == self.instance, jobs.c.state.in_((QUEUED, RUNNING))


def find_job(connection: Connection, owner: str | None, identity: str) -> Job | None:
    """A job by its id, where it is the owner's (None: anybody's)."""
    query = select(jobs).where(jobs.c.id == identity)
    if owner is not None:
        query = query.where(jobs.c.owner == owner)
    row = connection.execute(query).first()
    return _job(row._mapping) if row is not None else None


def put_back(connection: Connection, identity: str) -> None:
    """A job that was begun waits again, as if it had not been."""
    _change(connection, identity, state=QUEUED, attempts=jobs.c.attempts - 1)


def finish(
    connection: Connection, identity: str, report_id: str, progress: tuple[int, int]
) -> None:
    """A job has its report."""
    done, total = progress
    _change(connection, identity, state=DONE, report_id=report_id, done=done, total=total)


def fail(connection: Connection, identity: str, error: dict[str, Any]) -> None:
    """A job cannot be done."""
    _change(connection, identity, state=FAILED, error=json.dumps(error, ensure_ascii=False))


def cancel(connection: Connection, identity: str) -> bool:
    """End a job that is not finished; False where it is."""
    still = jobs.c.state.in_((QUEUED, RUNNING))
    change = jobs.update().where(jobs.c.id == identity, still)
    return bool(connection.execute(change.values(state=CANCELLED, updated_at=now())).rowcount)


def purge_jobs(connection: Connection, keep_days: int) -> None:
    """Delete finished jobs older than so many days."""
    old = jobs.c.updated_at < days_ago(keep_days)
    ended = jobs.c.state.in_((DONE, FAILED, CANCELLED))
    connection.execute(jobs.delete().where(old, ended))


def _change(connection: Connection, identity: str, **values: Any) -> None:
    """Change a job that runs; one that was cancelled or put back meanwhile stays as it is."""
    here = (jobs.c.id == identity) & (jobs.c.state == RUNNING)
    connection.execute(jobs.update().where(here).values(updated_at=now(), **values))


def _job(row: Any) -> Job:
    names = Job.__slots__
    values = {name: row[name] for name in names} | {"request": json.loads(row["request"])}
    values["error"] = json.loads(row["error"]) if row["error"] else None
    return Job(**values)
