"""The store in both databases: every test of this folder runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from qc.service.store.engine import Store, open_store
from qc.service.store.schema import metadata
from tests.service.postgres import postgres_server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for the whole session."""
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'qc.sqlite3'}"
        return
    address: str = request.getfixturevalue("postgres_url")
    yield address
    store = Store(address)
    with store.write() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    store.close()


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """An open, migrated store."""
    opened = open_store(url, tmp_path)
    yield opened
    opened.close()
