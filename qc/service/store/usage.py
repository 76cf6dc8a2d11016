"""Usage: how many checks each token asked for, by day (UTC)."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from qc.service.store.clock import days_ago, now
from qc.service.store.schema import usage


def count(connection: Connection, owner: str) -> None:
    """One more check today."""
    row = {"owner": owner, "day": now()[:10], "checks": 1}
    more = {"checks": usage.c.checks + 1}
    keys = [usage.c.owner, usage.c.day]
    postgres = connection.dialect.name == "postgresql"
    insert = postgresql.insert(usage) if postgres else sqlite.insert(usage)
    connection.execute(insert.values(row).on_conflict_do_update(index_elements=keys, set_=more))


def checks_today(connection: Connection, owner: str) -> int:
    """How many checks a token asked for today."""
    query = select(usage.c.checks).where(usage.c.owner == owner, usage.c.day == now()[:10])
    return connection.execute(query).scalar() or 0


def purge_usage(connection: Connection, keep_days: int) -> None:
    """Forget days long past."""
    connection.execute(usage.delete().where(usage.c.day < days_ago(keep_days)[:10]))
