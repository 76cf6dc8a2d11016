"""Writing a sample archive: the posts in one of the formats, their media, and the truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from qc.batch.archive.model import Order, SamplePost, School
from qc.batch.archive.papers import paper
from qc.batch.archive.pictures import draw
from qc.batch.archive.stream import SampleArchive
from qc.core.errors import UsageError
from qc.core.record import dataclass

FORMATS = ("jsonl", "html", "wxr", "wordpress", "nukeviet")
TRUTH = "truth.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: where the posts are (a path or database address), and how much."""

    target: str
    truth: Path
    posts: int
    defects: int


def write_archive(order: Order, folder: Path, format: str = "jsonl", database: str = "") -> Written:
    """Write an archive below `folder`. UsageError where the folder holds something already."""
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(
            f"no such format: {format}",
            remedy=f"Use one of {known}.",
            vi=f"không có dạng kho bài “{format}”; hãy dùng một trong {known}",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "the folder is not empty",
            where=str(folder),
            remedy="Name a new folder.",
            vi="thư mục đã có tệp; hãy chọn một thư mục mới",
        )
    counts = {"posts": 0, "defects": 0}
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        file = stack.enter_context((folder / TRUTH).open("w", encoding="utf-8", newline="\n"))

        def tell(line: dict[str, Any]) -> None:
            counts["defects"] += "rule" in line
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

        archive = SampleArchive(order, tell)
        media = folder / "wp-content/uploads" if format in ("wxr", "wordpress") else folder
        media = folder / "uploads/news" if format == "nukeviet" else media
        posts = _counted(_with_media(archive.posts(), media), counts)
        write = _writer(format)
        target = write(posts, archive.school, folder, database)
    return Written(target, folder / TRUTH, counts["posts"], counts["defects"])


def _writer(format: str) -> Callable[[Iterator[SamplePost], School, Path, str], str]:
    module = import_module(f"qc.batch.archive.{format}")
    function: Callable[[Iterator[SamplePost], School, Path, str], str] = module.write
    return function


def _counted(posts: Iterator[SamplePost], counts: dict[str, int]) -> Iterator[SamplePost]:
    for post in posts:
        counts["posts"] += 1
        yield post


def _with_media(posts: Iterator[SamplePost], folder: Path) -> Iterator[SamplePost]:
    """The posts, their pictures and files written beside them."""
    papers: set[str] = set()
    for post in posts:
        for picture in post.pictures:
            if not picture.lost:
                _put(folder / picture.path, draw(picture))
        for path, _ in post.attachments:
            if path not in papers:
                papers.add(path)
                _put(folder / path, paper(Path(path).stem))
        yield post


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
