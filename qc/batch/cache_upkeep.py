"""The upkeep of a cache: what it holds, and dropping what was not used for the longest time.

Runs may use the cache meanwhile: every step is one short transaction, and a result that is gone is
checked again.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from qc.batch.cache import open_cache
from qc.core.errors import UsageError
from qc.core.record import dataclass

MB = 1_000_000
STEP_ROWS = 1000
STEP_PAGES = 2000
DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class CacheState:
    """What a cache holds. `oldest` is when the least lately used result was used last."""

    results: int
    size_bytes: int
    oldest: int | None
    newest: int | None


def cache_state(path: Path) -> CacheState:
    """Raises UsageError where there is no cache."""
    with closing(_opened(path)) as connection:
        count, oldest, newest = connection.execute(
            "SELECT count(*), min(used), max(used) FROM result INDEXED BY result_used"
        ).fetchone()
        return CacheState(count, _size(connection), oldest, newest)


def prune(path: Path, *, max_mb: int | None = None, max_days: int | None = None) -> int:
    """Drop results that were not used for `max_days` days, then the least lately used ones.

    Until at most `max_mb` MB are left. Gives how many went.
    """
    with closing(_opened(path)) as connection:
        gone = 0
        if max_days is not None:
            before = int(time.time()) - max_days * DAY_S
            while step := _drop(connection, STEP_ROWS, before):
                gone += step
        if max_mb is not None:
            while _size(connection) > max_mb * MB and (step := _drop(connection, STEP_ROWS)):
                gone += step
        _give_back(connection)
        return gone


def clear(path: Path) -> int:
    """Drop every result; gives how many there were."""
    with closing(_opened(path)) as connection:
        gone = connection.execute("DELETE FROM result").rowcount
        _give_back(connection)
        return gone


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise UsageError(
            "there is no such cache",
            where=str(path),
            remedy="Name the file that --cache of qc recheck names; by default it lies in --out.",
            vi="không có tệp nhớ kết quả này; mặc định nó là cache.sqlite trong thư mục --out",
        )
    return open_cache(path)


def _drop(connection: sqlite3.Connection, count: int, before: int | None = None) -> int:
    """Drop up to `count` results, the least lately used first; only those used `before`."""
    limit = before if before is not None else 1 << 62
    chosen = "SELECT id FROM result WHERE used < ? ORDER BY used LIMIT ?"
    found = connection.execute(f"DELETE FROM result WHERE id IN ({chosen})", (limit, count))
    return found.rowcount


def _size(connection: sqlite3.Connection) -> int:
    """Bytes of the pages in use."""
    page, pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_size", "page_count", "freelist_count")
    )
    return int(page * (pages - free))


def _give_back(connection: sqlite3.Connection) -> None:
    """Return free pages to the file system, some at a time, and shorten the log."""
    while connection.execute("PRAGMA freelist_count").fetchone()[0]:
        connection.execute(f"PRAGMA incremental_vacuum({STEP_PAGES})").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
