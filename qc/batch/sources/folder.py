"""Folders of drafts: every article below, in order of names, folder by folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from qc.batch.records import Record
from qc.documents.folder import stream_sources
from qc.documents.posts import VIETNAM


def folder_records(path: Path) -> Iterator[Record]:
    """The articles of a folder; ids and names are paths below it, `edited` the file's time."""
    for source in stream_sources(path):
        assert source.path is not None
        try:
            stamp = os.stat(source.path).st_mtime
            edited = datetime.fromtimestamp(stamp, VIETNAM).replace(tzinfo=None, microsecond=0)
        except OSError:
            edited = None
        below = path.parent if path.is_file() else path
        yield Record(source.path.relative_to(below).as_posix(), source, edited)
