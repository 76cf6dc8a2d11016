"""The language model on disk: one file, memory-mapped, read-only, shared by all workers.

Layout: magic, length of a JSON head, the head (name -> type, length, offset, and numbers), then the
arrays, each aligned to 64 bytes. Counts are kept as logarithms: value v stands for exp(v / STEPS).
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qc.core.record import dataclass
from qc.text.spelling._fuse import Fuse

MAGIC = b"QCSPELL1"
BIGRAM_STEPS = 16.0  # 8 bits: counts to exp(255/16) = 8 million, 6 % apart
TRIGRAM_STEPS = 5.0  # 6 bits: counts to exp(63/5) = 300 000, 22 % apart
ALIGNMENT = 64


@dataclass(frozen=True, slots=True)
class Table:
    """Vocabulary, n-gram counts and precomputed candidates; numbers are vocabulary indices."""

    vocabulary: list[str]
    index: Mapping[str, int]
    unigrams: Any  # float32 counts
    kinds_before: Any  # float32: in how many different left contexts an entry was seen
    kinds_after: Any  # float32: how many different entries follow it
    capital_share: Any  # uint8: share of capitalised occurrences, 255 = all
    bigrams: Fuse
    trigrams: Fuse
    candidate_starts: Any  # uint32[vocabulary + 1]
    candidates: Any  # uint16 vocabulary numbers
    candidate_slips: Any  # uint8 Slip
    facts: Mapping[str, Any]  # corpus, tokens, date of training …


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
    import numpy as np

    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path} is no spelling table")
    size = int.from_bytes(mapped[len(MAGIC) : len(MAGIC) + 4], "little")
    head = json.loads(mapped[len(MAGIC) + 4 : len(MAGIC) + 4 + size])
    start = -(-(len(MAGIC) + 4 + size) // ALIGNMENT) * ALIGNMENT

    def column(name: str) -> Any:
        entry = head["arrays"][name]
        kind = np.dtype("u1" if entry["type"] == "bytes" else entry["type"])
        length = entry["size"] // kind.itemsize
        return np.frombuffer(mapped, kind, length, start + entry["offset"])

    def fuse(name: str) -> Fuse:
        planes = [part for part in (name, f"{name}_low") if part in head["arrays"]]
        return Fuse(tuple(column(plane) for plane in planes), *head["facts"][name])

    def counts(name: str) -> Any:
        return np.exp(column(name).astype(np.float32) / np.float32(BIGRAM_STEPS))

    vocabulary = column("vocabulary").tobytes().decode().split("\n")
    return Table(
        vocabulary=vocabulary,
        index={entry: number for number, entry in enumerate(vocabulary)},
        unigrams=counts("unigrams"),
        kinds_before=counts("kinds_before"),
        kinds_after=counts("kinds_after"),
        capital_share=column("capital_share"),
        bigrams=fuse("bigrams"),
        trigrams=fuse("trigrams"),
        candidate_starts=column("candidate_starts"),
        candidates=column("candidates"),
        candidate_slips=column("candidate_slips"),
        facts=head["facts"],
    )
