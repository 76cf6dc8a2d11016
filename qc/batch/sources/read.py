"""Reading an archive: what its name means, and what is read of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

from qc.batch.records import Record
from qc.batch.sources.options import ReadOptions
from qc.core.errors import LoadError, UsageError
from qc.core.record import dataclass
from qc.documents.load import Source

DATABASE = re.compile(r"(?i)^(?:sqlite|mysql|mariadb|postgresql|mssql|oracle)(?:\+\w+)?://")
WAGTAIL = "wagtail:"


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts of an archive, `index` from 1; a post is in exactly one of them."""

    index: int = 1
    count: int = 1

    def holds(self, record: Record) -> bool:
        """Whether a post belongs to this part; its id alone decides."""
        number = crc32(record.id.encode("utf-8", "surrogateescape"))
        return self.count == 1 or number % self.count == self.index - 1


def records_of(
    archives: Iterable[str], options: ReadOptions, shard: Shard | None = None
) -> Iterator[Record]:
    """All posts of the archives, in order. Whatever happens while reading has a record.

    Raises UsageError before the first record where an archive does not exist.
    """
    for archive in archives:
        yield from _wanted(_guarded(archive, options), options, shard or Shard())


def check_archives(archives: Iterable[str]) -> None:
    """Raise UsageError for an archive that is not there."""
    for archive in archives:
        elsewhere = DATABASE.match(archive) or archive.startswith(WAGTAIL)
        if not elsewhere and not Path(archive).exists():
            raise UsageError(
                "there is no such archive",
                where=archive,
                remedy="Give a folder, a file, a database address or wagtail:SETTINGS.",
                vi="không có tệp hay thư mục này",
            )


def shown_name(archive: str) -> str:
    """An archive as it may be shown: a database without its password."""
    return re.sub(r"//[^@/]*@", "//", archive) if DATABASE.match(archive) else archive


def _wanted(records: Iterable[Record], options: ReadOptions, shard: Shard) -> Iterator[Record]:
    since = options.since
    for record in records:
        old = since is not None and record.edited is not None and record.edited.date() < since
        if shard.holds(record) and not old:
            yield record


def _guarded(archive: str, options: ReadOptions) -> Iterator[Record]:
    """The records of an archive; where reading breaks off, a last record says so."""
    try:
        yield from _opened(archive, options)
    except UsageError:
        raise
    except (LoadError, OSError, EOFError) as error:
        name = Path(archive).name
        reason = error.message(options.lang) if isinstance(error, LoadError) else str(error)
        yield Record(f"{name}#end", Source(name, data=b"-", format="text"), fault=reason)


def _opened(archive: str, options: ReadOptions) -> Iterator[Record]:
    if DATABASE.match(archive):
        from qc.batch.sources.database import database_records

        return database_records(archive, options)
    if archive.startswith(WAGTAIL):
        from qc.batch.sources.wagtail import wagtail_records

        return wagtail_records(archive.removeprefix(WAGTAIL), options)
    from qc.batch.sources.files import file_kind, file_records
    from qc.batch.sources.folder import folder_records

    path = Path(archive)
    if path.is_file() and file_kind(path):
        return file_records(path, options)
    return folder_records(path)
