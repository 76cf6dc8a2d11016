"""The store: migrations, transactions, and two writers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from qc.service.errors import Refusal
from qc.service.store import engine, usage
from qc.service.store.engine import Store, open_store
from qc.service.store.schema import metadata
from qc.service.store.schema import usage as usage_table


def test_migrations_give_the_tables_of_the_code(store: Store) -> None:
    with store.write() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        assert differences == []


def test_opening_twice_changes_nothing(store: Store, url: str, tmp_path: Path) -> None:
    with store.write() as connection:
        usage.count(connection, "a")
    again = open_store(url, tmp_path)
    with again.read() as connection:
        assert usage.checks_today(connection, "a") == 1
    again.close()


def test_migrations_go_back(url: str) -> None:
    store = Store(url)
    store.migrate()
    config = Config()
    config.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
    with store.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with store.read() as connection:
        assert inspect(connection).get_table_names() in ([], ["alembic_version"])
    store.close()


def test_a_block_that_raises_changes_nothing(store: Store) -> None:
    def write() -> None:
        with store.write() as connection:
            usage.count(connection, "a")
            raise ValueError

    with pytest.raises(ValueError):
        write()
    with store.read() as connection:
        assert usage.checks_today(connection, "a") == 0


def test_many_writers_lose_nothing(store: Store, url: str) -> None:
    other = Store(url)

    def write(number: int) -> None:
        with (other if number % 2 else store).write(durable=number % 3 == 0) as connection:
            usage.count(connection, "a")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(60)))
    with store.read() as connection:
        assert connection.execute(select(usage_table.c.checks)).scalar() == 60
    other.close()


def test_a_database_that_is_away_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        open_store(f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.sqlite3'}", tmp_path)
    assert caught.value.status == 503
    assert str(tmp_path) not in str(caught.value)


def test_sqlite_is_in_wal_mode(tmp_path: Path) -> None:
    store = open_store(None, tmp_path)
    with store.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    with store.write(durable=True) as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    store.close()
