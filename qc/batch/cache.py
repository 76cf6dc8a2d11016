"""The cache: results by content, policy and tool, in one SQLite file that runs may share."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from qc.batch.content import MediaState, media_unchanged
from qc.batch.work import Checked, media_states, media_text
from qc.core.errors import UsageError

VERSION = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS result (
  id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, first INTEGER NOT NULL, last INTEGER NOT NULL,
  used INTEGER NOT NULL, media TEXT, digest BLOB NOT NULL, summary TEXT NOT NULL,
  packed BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS result_used ON result (used);
"""
SELECT = "SELECT key, first, last, used, media, digest, summary, packed FROM result WHERE key IN "
TOUCH_S = 24 * 3600
"""A result that is found is noted as used at most once in this time: a note costs a write."""


def open_cache(path: Path) -> sqlite3.Connection:
    """The database of a cache, made where it is not there; what an earlier qc kept is dropped.

    Raises UsageError for a file that is no cache or cannot be written.
    """
    try:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # holds for a new file
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                connection.execute("DROP TABLE IF EXISTS result")
                connection.execute("VACUUM")
            connection.executescript(f"{SCHEMA}PRAGMA user_version = {VERSION};")
    except sqlite3.DatabaseError as error:
        raise UsageError(
            f"the cache cannot be used: {error}",
            where=str(path),
            remedy="Remove the file or name another with --cache.",
            vi="không dùng được tệp nhớ kết quả; hãy xóa tệp hoặc chọn tệp khác bằng --cache",
        ) from error
    return connection


class ResultCache:
    """Results by `content_key`; only those that hold today, with unchanged files, are given."""

    def __init__(self, path: Path, today: date) -> None:
        self._today = today.toordinal()
        self._connection = open_cache(path)

    def find(self, keys: Sequence[bytes], roots: Mapping[bytes, str]) -> dict[bytes, Checked]:
        """The results that are known and still hold; `roots`: where the files of a post lie."""
        marks = ",".join("?" * len(keys))
        found: dict[bytes, Checked] = {}
        rows = self._connection.execute(f"{SELECT}({marks})", keys)
        now = int(time.time())
        stale: list[tuple[int, bytes]] = []
        for key, first, last, used, media, digest, summary, packed in rows:
            if not first <= self._today <= last:
                continue
            states = media_states(media)
            if media:
                states = tuple(MediaState(roots[key], each.path, each.digest) for each in states)
            if media_unchanged(states):
                days = date.fromordinal(first), date.fromordinal(last)
                found[key] = Checked(packed, digest, summary, *days, states)
                if used < now - TOUCH_S:
                    stale.append((now, key))
        if stale:
            self._write("UPDATE result SET used = ? WHERE key = ?", stale)
        return found

    def keep(self, results: Iterable[tuple[bytes, Checked]]) -> None:
        """Remember results; the death of a worker is never remembered."""
        now = int(time.time())
        rows = [
            (
                key,
                each.first.toordinal(),
                each.last.toordinal(),
                now,
                media_text(each.media),
                each.digest,
                each.summary,
                each.packed,
            )
            for key, each in results
            if not each.crashed
        ]
        if rows:
            self._write("INSERT OR REPLACE INTO result VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(statement, rows)
        self._connection.execute("COMMIT")
