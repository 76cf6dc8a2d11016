"""Parts: the Parquet files of a run, each written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from qc.batch.rows import FINDING_FIELDS, NAMES, POST_FIELDS, read_payload
from qc.batch.work import unpacked

POSTS, FINDINGS = "posts", "findings"
Row = tuple[int, str, str | None, str | None, str, bytes]
"""One post as the checkpoint keeps it: seq, id, url, edited, source, packed rows."""


class Parts:
    """The results of a run as two Parquet data sets, `posts` and `findings`, in numbered files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (POSTS, FINDINGS):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def path(self, name: str, number: int) -> Path:
        """The file of a part."""
        return self.folder / name / f"part-{number:06d}.parquet"

    def write(self, number: int, rows: Iterable[Row], kept: Sequence[tuple[int, int]]) -> None:
        """Write part `number`: new rows, and of the old file the posts numbered in `kept`."""
        posts, findings = _columns(rows)
        for name, columns in ((POSTS, posts), (FINDINGS, findings)):
            table = _table(name, columns)
            if kept:
                table = _joined(table, self.path(name, number), kept)
            self._replace(table, self.path(name, number))

    def count(self, number: int) -> int:
        """How many posts a part holds; -1 where a file of it is not there."""
        import pyarrow.parquet as pq

        if not all(self.path(name, number).exists() for name in (POSTS, FINDINGS)):
            return -1
        return int(pq.read_metadata(self.path(POSTS, number)).num_rows)

    def remove_from(self, number: int) -> None:
        """Remove the parts from `number` on, and what an interrupted run left behind."""
        for name in (POSTS, FINDINGS):
            for path in (self.folder / name).iterdir():
                written = path.stem.removeprefix("part-")
                if not written.isdigit() or int(written) >= number:
                    path.unlink()

    def _replace(self, table: Any, path: Path) -> None:
        import pyarrow.parquet as pq

        temporary = path.with_suffix(".tmp")
        pq.write_table(table, temporary, compression="zstd")
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        os.replace(temporary, path)


def read_rows(folder: Path, name: str, columns: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The rows of all parts, in order of posts, in constant memory."""
    import pyarrow.parquet as pq

    for path in sorted((folder / name).glob("part-*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=1000, columns=list(columns) or None):
                yield from batch.to_pylist()


def _columns(rows: Iterable[Row]) -> tuple[list[list[Any]], list[list[Any]]]:
    posts: list[list[Any]] = []
    findings: list[list[Any]] = []
    for *names, packed in rows:
        post, found = read_payload(unpacked(packed))
        posts.append([*names, *post])
        findings += [[names[0], names[1], index, *each] for index, each in enumerate(found)]
    return posts, findings


def _table(name: str, rows: list[list[Any]]) -> Any:
    import pyarrow

    schema = _schema(name)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [
        pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


@cache
def _schema(name: str) -> Any:
    import pyarrow

    if name == POSTS:
        head = {"seq": "int64", **dict.fromkeys(NAMES[1:], "string")}
        fields = {**head, **POST_FIELDS}
    else:
        fields = {"seq": "int64", "id": "string", "number": "int32", **FINDING_FIELDS}
    types = {"int32": pyarrow.int32(), "int64": pyarrow.int64(), "string": pyarrow.string()}
    return pyarrow.schema([(key, types[kind]) for key, kind in fields.items()])


def _joined(table: Any, old: Path, kept: Sequence[tuple[int, int]]) -> Any:
    """The new rows with those of the old file whose post number lies in one of the ranges."""
    import pyarrow
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    before = pq.read_table(old)
    masks = [
        pc.and_(pc.greater_equal(before["seq"], first), pc.less(before["seq"], end))
        for first, end in kept
    ]
    mask = masks[0]
    for each in masks[1:]:
        mask = pc.or_(mask, each)
    both = pyarrow.concat_tables([before.filter(mask), table])
    keys = [("seq", "ascending")]
    if "number" in both.column_names:
        keys.append(("number", "ascending"))
    return both.sort_by(keys).combine_chunks()
