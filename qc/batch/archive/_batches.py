"""Rows for a database, sent in batches so that nothing grows with the archive."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any

from qc.core.database_address import with_driver
from qc.core.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

BATCH_ROWS = 500


class Rows:
    """Tables that are created and filled; a context manager."""

    def __init__(self, address: str, metadata: MetaData) -> None:
        from sqlalchemy import create_engine, inspect
        from sqlalchemy.exc import SQLAlchemyError

        try:
            self._engine = create_engine(with_driver(address))
            taken = set(inspect(self._engine).get_table_names()) & set(metadata.tables)
        except (SQLAlchemyError, ImportError) as error:
            raise UsageError(
                f"the database cannot be opened: {error}",
                remedy="Check address and driver.",
                vi="không mở được cơ sở dữ liệu; hãy xem lại địa chỉ và máy chủ",
            ) from error
        if taken:
            raise UsageError(
                f"the database has tables of that name already: {', '.join(sorted(taken))}",
                remedy="Name an empty database.",
                vi="cơ sở dữ liệu đã có bảng trùng tên; hãy chọn một cơ sở dữ liệu trống",
            )
        metadata.create_all(self._engine)
        self._waiting: dict[Table, list[dict[str, Any]]] = {}
        self._count = 0

    def __enter__(self) -> Rows:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if error is None:
            self._send()
        self._engine.dispose()

    def add(self, table: Table, **values: Any) -> None:
        """Add a row."""
        self._waiting.setdefault(table, []).append(values)
        self._count += 1
        if self._count >= BATCH_ROWS:
            self._send()

    def _send(self) -> None:
        with self._engine.begin() as connection:
            for table, rows in self._waiting.items():
                connection.execute(table.insert(), rows)
        self._waiting = {}
        self._count = 0
