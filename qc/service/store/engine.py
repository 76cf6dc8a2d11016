"""The database: SQLite in WAL mode unless told, PostgreSQL in production; migrated when opened."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from qc.service.errors import Refusal

BUSY_TIMEOUT_MS = 15_000
MIGRATION_LOCK = 7_165_001  # any number that is ours: two servers must not migrate at once


class Store:
    """An open database. `write` is one transaction; `read` sees what was last committed.

    A durable write is on disk when it returns, through a power cut; any other is safe against
    the end of the process only. Both raise Refusal 503 where the database cannot be used.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = url.startswith("sqlite")
        self._engine = _engine(url, durable=False)
        self._durable = _engine(url, durable=True) if self._sqlite else self._engine
        self._writing = threading.Lock()

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction that changes something; undone where the block raises."""
        engine = self._durable if durable else self._engine
        try:
            if not self._sqlite:
                with engine.begin() as connection:
                    if not durable:
                        connection.execute(text("SET LOCAL synchronous_commit = off"))
                    yield connection
                return
            with self._writing, engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _unusable(error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that only reads."""
        try:
            with self._engine.connect() as connection:
                options = connection.execution_options(isolation_level="AUTOCOMMIT")
                yield options
        except SQLAlchemyError as error:
            raise _unusable(error) from error

    def migrate(self) -> None:
        """Bring the tables to the state of this version. Safe to call at each start."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._writing, self._durable.begin() as connection:
            if not self._sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
        self._durable.dispose()


def open_store(url: str | None, data: Path) -> Store:
    """The store at an SQLAlchemy URL, or the SQLite file in the data folder; migrated.

    Raises Refusal where it cannot be opened.
    """
    try:
        store = Store(url or f"sqlite:///{data / 'qc.sqlite3'}")
        store.migrate()
    except (SQLAlchemyError, ImportError) as error:
        raise _unusable(error) from error
    return store


def _engine(url: str, *, durable: bool) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=5, max_overflow=10, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_isolation_level() != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _unusable(error: Exception) -> Refusal:
    """The database is away, full or locked; its own words may hold data, so they are not shown."""
    return Refusal(
        503,
        f"the store cannot be used ({type(error).__name__})",
        remedy="Tell the administrator of the service.",
        vi="Kho dữ liệu của dịch vụ đang không dùng được; hãy báo quản trị viên.",
    )
