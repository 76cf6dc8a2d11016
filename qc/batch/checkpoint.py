"""The checkpoint of a run: which chunks are done, in a SQLite file beside the results.

The protocol that survives a kill at any moment: a chunk is done when its rows are committed here,
in one transaction. When all chunks of a part are done, the part's Parquet files are written under
another name, renamed, and only then the rows are dropped here. A part that was renamed but not
noted is written again, under the same name and with the same rows: nothing is lost or doubled.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qc.batch.content import MediaState, media_unchanged
from qc.batch.parts import Parts, Row
from qc.batch.work import media_states, media_text
from qc.core.errors import UsageError
from qc.core.record import dataclass

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chunk (
  number INTEGER PRIMARY KEY, digest BLOB NOT NULL, start INTEGER NOT NULL,
  posts INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, media TEXT,
  results BLOB NOT NULL, counts TEXT NOT NULL, part INTEGER
);
CREATE TABLE IF NOT EXISTS pending (
  seq INTEGER PRIMARY KEY, chunk INTEGER NOT NULL, id TEXT, url TEXT, edited TEXT, source TEXT,
  packed BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS pending_chunk ON pending (chunk);
"""
PART_CHUNKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneChunk:
    """A chunk whose posts all have a result. `digest` is that of what was checked.

    It is checked again in a later run outside the days from `first` to `last`.
    """

    number: int
    digest: bytes
    first: date
    last: date
    media: tuple[MediaState, ...]
    results: bytes
    counts: dict[str, int]
    rows: Sequence[Row]


class Checkpoint:
    """The state of one run in its results folder."""

    def __init__(self, folder: Path, today: date, *, part_chunks: int = PART_CHUNKS) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.parts = Parts(folder)
        self._today = today.toordinal()
        self._size = part_chunks
        path = folder / "checkpoint.sqlite"
        try:
            self._db = sqlite3.connect(path, timeout=5, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(SCHEMA)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise UsageError(
                f"another run is at work in this folder, or it cannot be written ({error})",
                where=str(folder),
                vi="một lần chạy khác đang dùng thư mục này, hoặc không ghi được vào đó",
            ) from error

    def begin(self, identity: dict[str, Any]) -> None:
        """Take up the run that this is, or drop what another policy, tool or chunk size left."""
        text = json.dumps(identity, sort_keys=True)
        found = self._db.execute("SELECT value FROM meta WHERE key = 'run'").fetchone()
        if found is not None and found[0] == text:
            return
        self._db.execute("BEGIN")
        for table in ("meta", "chunk", "pending"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("INSERT INTO meta VALUES ('run', ?)", (text,))
        self._db.execute("COMMIT")
        self.parts.remove_from(0)

    def is_done(self, number: int, digest: bytes) -> bool:
        """Whether this chunk, with this content, has its results; another content is dropped."""
        row = self._db.execute(
            "SELECT digest, first, last, media FROM chunk WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            return False
        known, first, last, media = row
        holds = known == digest and first <= self._today <= last
        if holds and media_unchanged(media_states(media)):
            return True
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM pending WHERE chunk = ?", (number,))
        self._db.execute("DELETE FROM chunk WHERE number = ?", (number,))
        self._db.execute("COMMIT")
        return False

    def add(self, chunk: DoneChunk) -> None:
        """Note a chunk and its rows; on disk when this returns."""
        start = chunk.rows[0][0]
        values = (
            *(chunk.number, chunk.digest, start, len(chunk.rows)),
            *(chunk.first.toordinal(), chunk.last.toordinal(), media_text(chunk.media)),
            *(chunk.results, json.dumps(chunk.counts, sort_keys=True)),
        )
        rows = [(row[0], chunk.number, *row[1:]) for row in chunk.rows]
        self._db.execute("BEGIN")
        self._db.execute(
            "INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", values
        )
        self._db.executemany("INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")
        part = chunk.number // self._size
        low = part * self._size
        (done,) = self._db.execute(
            "SELECT count(*) FROM chunk WHERE number BETWEEN ? AND ?", (low, low + self._size - 1)
        ).fetchone()
        if done == self._size:
            self._write_part(part)

    def finish(self, chunks: int) -> dict[str, Any]:
        """Drop what lies behind the end, write the last parts, and sum up; `chunks` in all."""
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM pending WHERE chunk >= ?", (chunks,))
        self._db.execute("DELETE FROM chunk WHERE number >= ?", (chunks,))
        self._db.execute("COMMIT")
        parts = -(-chunks // self._size)
        self.parts.remove_from(parts)
        for part in range(parts):
            low, end = part * self._size, min((part + 1) * self._size, chunks)
            chunks_of, noted, posts = self._db.execute(
                "SELECT count(*), count(part), sum(posts) FROM chunk "
                "WHERE number >= ? AND number < ?",
                (low, end),
            ).fetchone()
            if noted < chunks_of or self.parts.count(part) != posts:
                self._write_part(part)
        return self._summary()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _write_part(self, part: int) -> None:
        low, end = part * self._size, (part + 1) * self._size
        kept = self._db.execute(
            "SELECT start, start + posts FROM chunk WHERE part = ? ORDER BY number", (part,)
        ).fetchall()
        rows = self._db.execute(
            "SELECT seq, id, url, edited, source, packed FROM pending "
            "WHERE chunk >= ? AND chunk < ? ORDER BY seq",
            (low, end),
        )
        self.parts.write(part, rows, _merged(kept))
        self._db.execute("BEGIN")
        self._db.execute(
            "UPDATE chunk SET part = ? WHERE number >= ? AND number < ?", (part, low, end)
        )
        self._db.execute("DELETE FROM pending WHERE chunk >= ? AND chunk < ?", (low, end))
        self._db.execute("COMMIT")

    def _summary(self) -> dict[str, Any]:
        """The digest of all results in order, and how many posts have which verdict and state."""
        digest = hashlib.sha256()
        counts: dict[str, int] = {}
        for results, text in self._db.execute("SELECT results, counts FROM chunk ORDER BY number"):
            digest.update(results)
            for name, count in json.loads(text).items():
                counts[name] = counts.get(name, 0) + count
        return {"digest": digest.hexdigest(), "counts": dict(sorted(counts.items()))}


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges with those that touch joined."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
