"""The cache: results by content, policy and tool, in one SQLite file that runs may share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from qc.batch.content import MediaState, media_unchanged
from qc.batch.work import Checked, media_states, media_text
from qc.core.errors import UsageError

SCHEMA = """
CREATE TABLE IF NOT EXISTS result (
  key BLOB PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
  media TEXT, digest BLOB NOT NULL, summary TEXT NOT NULL, packed BLOB NOT NULL
) WITHOUT ROWID
"""
SELECT = "SELECT key, first, last, media, digest, summary, packed FROM result WHERE key IN "


class ResultCache:
    """Results by `content_key`; only those that hold today, with unchanged files, are given."""

    def __init__(self, path: Path, today: date) -> None:
        self._today = today.toordinal()
        try:
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(SCHEMA)
        except sqlite3.DatabaseError as error:
            raise UsageError(
                f"the cache cannot be used: {error}",
                where=str(path),
                remedy="Remove the file or name another with --cache.",
                vi="không dùng được tệp nhớ kết quả; hãy xóa tệp hoặc chọn tệp khác bằng --cache",
            ) from error

    def find(self, keys: Sequence[bytes], roots: Mapping[bytes, str]) -> dict[bytes, Checked]:
        """The results that are known and still hold; `roots`: where the files of a post lie."""
        marks = ",".join("?" * len(keys))
        found: dict[bytes, Checked] = {}
        rows = self._connection.execute(f"{SELECT}({marks})", keys)
        for key, first, last, media, digest, summary, packed in rows:
            if not first <= self._today <= last:
                continue
            states = media_states(media)
            if media:
                states = tuple(MediaState(roots[key], each.path, each.digest) for each in states)
            if media_unchanged(states):
                days = date.fromordinal(first), date.fromordinal(last)
                found[key] = Checked(packed, digest, summary, *days, states)
        return found

    def keep(self, results: Iterable[tuple[bytes, Checked]]) -> None:
        """Remember results; the death of a worker is never remembered."""
        rows = [
            (
                key,
                each.first.toordinal(),
                each.last.toordinal(),
                media_text(each.media),
                each.digest,
                each.summary,
                each.packed,
            )
            for key, each in results
            if not each.crashed
        ]
        if rows:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)", rows
            )
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
