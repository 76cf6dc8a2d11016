"""Inputs of the benchmarks: the data folder, clean texts and comments."""

from __future__ import annotations

import argparse
import ast
import csv
import lzma
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser with `--data DIR` (or the environment variable QC_DATA)."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("QC_DATA")
    made.add_argument("--data", type=Path, default=default, required=not default, help="folder")
    return made


def lines(path: Path, characters: int, skip: int = 0) -> Iterator[str]:
    """Paragraphs of a corpus, in NFC, up to a number of characters."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if skip > 0:
                skip -= len(line)
                continue
            if characters <= 0:
                return
            characters -= len(line)
            if text := unicodedata.normalize("NFC", line).strip():
                yield text


def comments(path: Path) -> list[tuple[str, bool]]:
    """ViHOS rows: the comment, and whether any part of it is marked as offensive."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        (unicodedata.normalize("NFC", row["content"]), bool(ast.literal_eval(row["index_spans"])))
        for row in rows
    ]


def groups(path: Path, characters: int, skip: int = 0, size: int = 12) -> Iterator[list[str]]:
    """Runs of paragraphs, about as long as an article: the corpora mark no article ends."""
    group: list[str] = []
    for line in lines(path, characters, skip):
        group.append(line)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


EDUCATION = ("học sinh", "giáo viên", "nhà trường", "sinh viên", "giáo dục", "đào tạo", "thí sinh")


def about_education(group: list[str]) -> bool:
    """Whether a run of paragraphs is about schools: six mentions or more."""
    text = " ".join(group).lower()
    return sum(text.count(word) for word in EDUCATION) >= 6
