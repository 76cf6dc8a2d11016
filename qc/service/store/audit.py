"""The audit log: who changed what in the service. It holds ids and names, never article text."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, desc, select

from qc.service.store.chain import FIRST, hash_of, verify_chain
from qc.service.store.clock import now
from qc.service.store.locks import lock
from qc.service.store.schema import audit


def record(
    connection: Connection, actor: str, action: str, subject: str, detail: dict[str, Any]
) -> None:
    """Add one entry, in the transaction of what it tells of."""
    lock(connection, audit)
    last = connection.execute(select(audit).order_by(desc(audit.c.number)).limit(1)).first()
    entry = {
        "number": last.number + 1 if last else 1,
        "at": now(),
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
        "previous": last.hash if last else FIRST,
    }
    connection.execute(audit.insert().values(**entry, hash=hash_of(entry)))


def entries(connection: Connection, *, before: int | None, limit: int) -> list[dict[str, Any]]:
    """The newest entries first, those before a number."""
    query = select(audit).order_by(desc(audit.c.number)).limit(limit)
    if before is not None:
        query = query.where(audit.c.number < before)
    rows = connection.execute(query).mappings()
    return [{**row, "detail": json.loads(row["detail"])} for row in rows]


def verify(connection: Connection) -> int:
    """The number of entries. Raises QcError where the log was altered."""
    rows = connection.execute(select(audit).order_by(audit.c.number)).mappings()
    return verify_chain(dict(row) for row in rows)
