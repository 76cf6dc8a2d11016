"""Approvals: the chain of `qc approve`, kept in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, desc, select

from qc.core.record import asdict
from qc.core.report import Report
from qc.service.store.chain import verify_chain
from qc.service.store.clock import now
from qc.service.store.locks import lock
from qc.service.store.schema import approvals
from qc.signoff import Record, next_record


def approve(
    connection: Connection, report: Report, *, approver: str, role: str, note: str, tool: str
) -> Record:
    """Record an approval at the end of the chain."""
    lock(connection, approvals)
    last = connection.execute(select(approvals).order_by(desc(approvals.c.number)).limit(1)).first()
    record = next_record(
        Record(**last._mapping) if last is not None else None,
        report,
        at=now(),
        approver=approver,
        role=role,
        note=note,
        tool=tool,
    )
    connection.execute(approvals.insert().values(**asdict(record)))
    return record


def approvals_of(connection: Connection, digest: str) -> list[dict[str, Any]]:
    """The approvals of an article by its digest, the oldest first."""
    query = select(approvals).where(approvals.c.digest == digest).order_by(approvals.c.number)
    return [dict(row) for row in connection.execute(query).mappings()]


def verify(connection: Connection) -> int:
    """The number of approvals. Raises QcError where the chain was altered."""
    rows = connection.execute(select(approvals).order_by(approvals.c.number)).mappings()
    return verify_chain(dict(row) for row in rows)
