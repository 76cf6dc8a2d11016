"""What a reader of archives is told beside the archive itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qc.core.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How an archive is read.

    `media`: the folder in which the files of the posts lie (default: beside the archive);
    `hosts`: addresses of the site itself; `all_states`: drafts and withdrawn posts too; `query`:
    the rows of a database, by common column names; `tables`: prefix of its tables; `pages`: a
    Wagtail page type as `app.Model`; `lang`: the language of why something could not be read.
    """

    media: Path | None = None
    hosts: tuple[str, ...] = ()
    all_states: bool = False
    query: str | None = None
    tables: str | None = None
    pages: str | None = None
    since: date | None = None
    lang: str = "vi"
