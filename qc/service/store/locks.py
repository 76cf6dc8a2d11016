"""Locks: one writer at a time for a table that is a chain."""

from __future__ import annotations

from sqlalchemy import Connection, Table, text


def lock(connection: Connection, table: Table) -> None:
    """Hold off other writers of a table until the transaction ends.

    SQLite has one writer at a time anyway (BEGIN IMMEDIATE).
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
