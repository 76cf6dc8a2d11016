"""The language model on disk: one file, memory-mapped, read-only, shared by all workers.

Layout: magic, length of a JSON head, the head (name -> type, length, offset, and numbers), then the
arrays, each aligned to 64 bytes. Counts are kept as logarithms: value v stands for exp(v / STEPS).
"""

from __future__ import annotations

import json
import math
import mmap
from collections.abc import Mapping
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from qc.core.artefacts import kept
from qc.text.spelling._fuse import Fuse

MAGIC = b"QCSPELL1"
BIGRAM_STEPS = 16.0  # 8 bits: counts to exp(255/16) = 8 million, 6 % apart
TRIGRAM_STEPS = 5.0  # 6 bits: counts to exp(63/5) = 300 000, 22 % apart
ALIGNMENT = 64


class Columns:
    """Named columns of a mapped file, and facts about them.

    Columns are views of the mapped file, made for numpy when they are first asked for.
    """

    def __init__(self, mapped: mmap.mmap, head: Mapping[str, Any], start: int) -> None:
        self._mapped = mapped
        self._head = head
        self._start = start
        self.facts: Mapping[str, Any] = head["facts"]  # corpus, tokens, date of training …

    def raw(self, name: str) -> memoryview:
        """The bytes of a column."""
        entry = self._head["arrays"][name]
        first = self._start + entry["offset"]
        return memoryview(self._mapped)[first : first + entry["size"]]

    def holds(self, name: str) -> bool:
        """Whether the file has a column."""
        return name in self._head["arrays"]

    def column(self, name: str) -> Any:
        """A column as a flat numpy array."""
        import numpy as np

        return np.frombuffer(self.raw(name), np.dtype(self._head["arrays"][name]["type"]))


class Table(Columns):
    """Vocabulary, n-gram counts and precomputed candidates; numbers are vocabulary indices."""

    def __init__(
        self, mapped: mmap.mmap, head: Mapping[str, Any], start: int, path: Path | None = None
    ) -> None:
        super().__init__(mapped, head, start)
        self.path = path
        self.vocabulary: list[str] = bytes(self.raw("vocabulary")).decode().split("\n")
        self.index: Mapping[str, int] = dict(zip(self.vocabulary, count(), strict=False))

    @cached_property
    def digest(self) -> str:
        """What a file that goes with this vocabulary and these candidates names it by."""
        if self.path is None:
            return self._digest()
        found: str = kept("table", (self.path, Path(__file__)), self._digest)
        return found

    def _digest(self) -> str:
        import hashlib

        named = hashlib.sha256(self.raw("vocabulary"))
        named.update(self.raw("candidates"))
        return named.hexdigest()[:16]

    def candidates_of(self, number: int) -> tuple[int, int]:
        """First and last + 1 row of the candidates of an entry."""
        starts = self.raw("candidate_starts").cast("I")
        return starts[number], starts[number + 1]

    def _counts(self, name: str) -> Any:
        import numpy as np

        return np.exp(self.column(name) / BIGRAM_STEPS)

    def _fuse(self, name: str) -> Fuse:
        planes = [part for part in (name, f"{name}_low") if self.holds(part)]
        formats = [self._head["arrays"][plane]["type"] for plane in planes]
        views = [
            self.raw(plane).cast("H" if format == "<u2" else "B")
            for plane, format in zip(planes, formats, strict=True)
        ]
        return Fuse(tuple(views), *self.facts[name])

    def occurrences(self, number: int) -> float:
        """How often the corpus holds an entry; one number of `unigrams`."""
        return math.exp(self.raw("unigrams")[number] / BIGRAM_STEPS)

    def pair_occurrences(self, left: int, right: int) -> float:
        """How often the corpus holds a pair, 0 when pruned or unseen."""
        code = self.bigrams.find_one(left << 16 | right)
        return math.exp((code - 1) / BIGRAM_STEPS) if code else 0.0

    @cached_property
    def unigrams(self) -> Any:
        """float64 counts."""
        return self._counts("unigrams")

    @cached_property
    def kinds_before(self) -> Any:
        """float64: in how many different left contexts an entry was seen."""
        return self._counts("kinds_before")

    @cached_property
    def kinds_after(self) -> Any:
        """float64: how many different entries follow it."""
        return self._counts("kinds_after")

    @cached_property
    def capital_share(self) -> Any:
        """uint8: share of capitalised occurrences, 255 = all."""
        return self.column("capital_share")

    @cached_property
    def bigrams(self) -> Fuse:
        """Logarithms of pair counts."""
        return self._fuse("bigrams")

    @cached_property
    def trigrams(self) -> Fuse:
        """Logarithms of triple counts."""
        return self._fuse("trigrams")

    @cached_property
    def candidate_starts(self) -> Any:
        """uint32[vocabulary + 1]."""
        return self.column("candidate_starts")

    @cached_property
    def candidates(self) -> Any:
        """uint16 vocabulary numbers."""
        return self.column("candidates")

    @cached_property
    def candidate_slips(self) -> Any:
        """uint8 Slip."""
        return self.column("candidate_slips")


def write_table(path: Path, arrays: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """Write arrays (numpy or bytes) and facts; gives the size in bytes."""
    entries: dict[str, Any] = {}
    offset = 0
    for name, array in arrays.items():
        raw = bytes(array) if isinstance(array, bytes) else array.tobytes()
        kind = "bytes" if isinstance(array, bytes) else array.dtype.str
        entries[name] = {"type": kind, "size": len(raw), "offset": offset}
        offset += -(-len(raw) // ALIGNMENT) * ALIGNMENT
    head = json.dumps({"arrays": entries, "facts": dict(facts)}, sort_keys=True).encode()
    start = -(-(len(MAGIC) + 4 + len(head)) // ALIGNMENT) * ALIGNMENT
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(4, "little") + head)
        for name, array in arrays.items():
            file.seek(start + entries[name]["offset"])
            file.write(array if isinstance(array, bytes) else array.tobytes())
        return file.tell()


def open_table(path: Path) -> Table:
    """Map the file; only the vocabulary and four small columns are copied into private memory."""
    return Table(*_mapped(path), path)


def open_columns(path: Path) -> Columns:
    """Map a file of columns that is no table of n-grams."""
    return Columns(*_mapped(path))


def _mapped(path: Path) -> tuple[mmap.mmap, Mapping[str, Any], int]:
    """The file, its head and where the columns begin."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path} is no spelling table")
    size = int.from_bytes(mapped[len(MAGIC) : len(MAGIC) + 4], "little")
    head = json.loads(mapped[len(MAGIC) + 4 : len(MAGIC) + 4 + size])
    return mapped, head, -(-(len(MAGIC) + 4 + size) // ALIGNMENT) * ALIGNMENT
