"""Folders: which articles a path holds, and which files belong to each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from qc.core.errors import UsageError
from qc.documents._media import IMAGE_SUFFIXES, VIDEO_SUFFIXES, suffix
from qc.documents.load import FORMATS, Source, format_of

MAIN_NAMES = ("bai", "bai-viet", "article", "index", "noi-dung")
SKIPPED_NAMES = frozenset(("readme", "license", "changelog"))
MAX_FILES = 100_000
UNREAD = frozenset(
    (".doc", ".docm", ".dot", ".dotx", ".fodt", ".pages", ".pdf", ".rtf", ".wpd", ".wps")
)
MOST_NAMED = 5


def sources_of(path: Path) -> list[Source]:
    """The articles at a path, in order of their names.

    A file is one article. A folder with one document, or with one called bai, article or index,
    is one article, and its other files belong to it. In any other folder each document is an
    article of its own, and so on below. Raises UsageError for a path that does not exist.
    """
    if path.is_dir():
        return list(_in_folder(path, path, [MAX_FILES]))
    if not os.path.lexists(path):
        raise UsageError(
            "there is no such file or folder",
            where=str(path),
            remedy="Check the path.",
            vi="không có tệp hay thư mục này",
        )
    return [Source(str(path), path, root=_parent(path))]


def stream_sources(path: Path) -> Iterator[Source]:
    """As `sources_of`, one by one and without a limit to their number."""
    if path.is_dir():
        yield from _in_folder(path, path, None)
    else:
        yield from sources_of(path)


def _parent(path: Path) -> Path:
    return path.parent if str(path.parent) else Path()


def told_passed_over(paths: Iterable[Path], lang: str) -> str | None:
    """A sentence on the documents in folders that qc cannot read as articles; None without any."""
    names = [name for path in paths if path.is_dir() for name in _passed_over(path)]
    if not names:
        return None
    named = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    if lang == "en":
        return (
            f"Not checked as articles, qc does not read such files ({len(names)}): {named}. "
            "Save drafts as .docx or .odt."
        )
    return (
        f"Có {len(names)} tệp không được xét như một bài vì qc không đọc loại này: {named}. "
        "Nếu là bản thảo, hãy lưu thành .docx hoặc .odt."
    )


def _passed_over(folder: Path) -> Iterator[str]:
    """Documents that belong to no article and are of a kind that is not read as one."""
    files, folders = _listed(folder, folder, None)
    alone = _main(_documents(files)) is None
    for name in files:
        if suffix(name) in UNREAD and (alone or not _belongs(name)):
            yield str(folder / name)
    for each in folders if alone else ():
        yield from _passed_over(folder / each)


def _in_folder(folder: Path, top: Path, budget: list[int] | None) -> Iterator[Source]:
    files, folders = _listed(folder, top, budget)
    documents = _documents(files)
    main = _main(documents)
    if main is not None:
        extras = [name for name in files if name != main and _belongs(name)]
        for each in folders:
            extras += _media_below(folder / each, each, budget)
        path = folder / main
        yield Source(str(path), path, root=folder, extras=tuple(extras))
        return
    for each in documents:
        yield Source(str(folder / each), folder / each, root=folder)
    for each in folders:
        yield from _in_folder(folder / each, top, budget)


def _listed(folder: Path, top: Path, budget: list[int] | None) -> tuple[list[str], list[str]]:
    """Names of the files and of the folders in a folder, sorted, without hidden ones."""
    files: list[str] = []
    folders: list[str] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise UsageError(
            f"the folder cannot be read: {reason}", where=str(folder), vi="không đọc được thư mục"
        ) from error
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        _spend(budget, 1, top)
        (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
    return files, folders


def _documents(files: list[str]) -> list[str]:
    return [name for name in files if format_of(name) and not _skipped(name)]


def _spend(budget: list[int] | None, files: int, top: Path) -> None:
    if budget is not None:
        budget[0] -= files
        if budget[0] < 0:
            raise UsageError(f"holds more than {MAX_FILES} files", where=str(top))


def main_document(documents: list[str]) -> str:
    """Which of the documents that were sent together is the article.

    Raises UsageError where there is none, or where that is not clear.
    """
    main = _main([name for name in documents if "/" not in name]) or _main(documents)
    if main is None:
        raise UsageError(f"{len(documents)} documents were sent, not one article")
    return main


def _main(documents: list[str]) -> str | None:
    """The document that is the article of its folder; None where that is not clear."""
    named = [name for name in documents if Path(name).stem.lower() in MAIN_NAMES]
    if len(named) == 1:
        return named[0]
    return documents[0] if len(documents) == 1 else None


def _skipped(name: str) -> bool:
    return Path(name).stem.lower() in SKIPPED_NAMES or name.endswith(".report.json")


def _belongs(name: str) -> bool:
    ending = suffix(name)
    if ending in (".yaml", ".yml") or _skipped(name):
        return False
    return ending in IMAGE_SUFFIXES | VIDEO_SUFFIXES | FORMATS.keys() or ending in (
        [".pdf", ".doc", ".xls", ".xlsx", ".ppt", ".pptx", ".ods", ".zip", ".rar", ".7z", ".csv"]
    )


def _media_below(folder: Path, prefix: str, budget: list[int] | None) -> list[str]:
    names: list[str] = []
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        _spend(budget, len(files), folder)
        below = os.path.relpath(current, folder)
        lead = prefix if below == "." else f"{prefix}/{below}"
        names += [f"{lead}/{name}" for name in sorted(files) if _belongs(name)]
    return names
