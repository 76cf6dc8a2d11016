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
    made.add_argument("--data", type=Path, default=os.environ.get("QC_DATA"), help="data folder")
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
