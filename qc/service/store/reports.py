"""Reports that were given, kept for their owner until they are too old."""

from __future__ import annotations

import zlib
from uuid import uuid4

from sqlalchemy import Connection, select

from qc.core.record import dataclass
from qc.service.pool.work import Checked
from qc.service.store import usage
from qc.service.store.clock import days_ago, now
from qc.service.store.schema import reports


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as it was given: `content` has the bytes of the answer."""

    id: str
    owner: str
    digest: str
    verdict: str
    author_mark: str
    content: bytes


def save_report(connection: Connection, owner: str, checked: Checked) -> str:
    """Keep a report and count the check; gives the report's id."""
    identity = uuid4().hex
    connection.execute(
        reports.insert().values(
            id=identity,
            owner=owner,
            created_at=now(),
            digest=checked.digest,
            verdict=checked.verdict,
            author_mark=checked.author_mark,
            content=zlib.compress(checked.content, 1),
        )
    )
    usage.count(connection, owner)
    return identity


def find_report(connection: Connection, owner: str | None, identity: str) -> StoredReport | None:
    """A report by its id, where it is the owner's (None: anybody's)."""
    query = select(reports).where(reports.c.id == identity)
    if owner is not None:
        query = query.where(reports.c.owner == owner)
    row = connection.execute(query).first()
    if row is None:
        return None
    content = zlib.decompress(row.content)
    return StoredReport(row.id, row.owner, row.digest, row.verdict, row.author_mark, content)


def purge_reports(connection: Connection, keep_days: int) -> int:
    """Delete reports older than so many days; gives how many."""
    old = reports.c.created_at < days_ago(keep_days)
    return connection.execute(reports.delete().where(old)).rowcount
