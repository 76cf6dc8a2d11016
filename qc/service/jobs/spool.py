"""The spool: the files of accepted jobs, on disk before the job is accepted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

from qc.documents.load import Source
from qc.service.intake.submission import Submission, no_space
from qc.service.pool.work import CheckOptions, Work

ARTICLE = "article"
MEDIA = "media"


class Spool:
    """A folder with one folder a job: the article's bytes, and its media below `media`."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "spool"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def keep(self, identity: str, submission: Submission) -> dict[str, Any]:
        """Move the files of a submission into the spool; gives what the job must remember.

        Raises Refusal 503 where the disk is full; then nothing is kept.
        """
        source, options = submission.source, submission.options
        place = self.folder / identity
        try:
            place.mkdir(mode=0o700)
            if submission.holds_files:
                os.rename(submission.folder, place / MEDIA)
            else:
                (place / MEDIA).mkdir(mode=0o700)
            (place / ARTICLE).write_bytes(source.data or b"")
            _sync(place)
            _sync_one(self.folder)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise no_space(error) from error
        return {
            "name": source.name,
            "format": source.format,
            "extras": list(source.extras),
            "policy": options.policy,
            "lang": options.lang,
            "date": options.date,
        }

    def work_of(self, identity: str, request: dict[str, Any]) -> Work:
        """The work of a job. Raises OSError where its files are gone."""
        place = self.folder / identity
        source = Source(
            request["name"],
            data=(place / ARTICLE).read_bytes(),
            format=request["format"],
            root=place / MEDIA,
            extras=tuple(request["extras"]),
        )
        options = CheckOptions(policy=request["policy"], lang=request["lang"], date=request["date"])
        return Work(source=source, options=options)

    def drop(self, identity: str) -> None:
        """Remove the files of a job."""
        shutil.rmtree(self.folder / identity, ignore_errors=True)

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove the files of all jobs but those still wanted."""
        for place in self.folder.iterdir():
            if place.name not in wanted:
                shutil.rmtree(place, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have a folder and all in it on disk."""
    for current, _, files in os.walk(folder):
        for name in files:
            _sync_one(Path(current) / name)
        _sync_one(Path(current))


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
