"""Count syllable n-grams of a corpus with bounded memory: the first half of training.

The corpus is read once into an array of surface numbers; lines that lost their diacritics are
dropped; every syllable then becomes its tone-placement-neutral key and pairs and triples are
counted by sorting blocks, so that memory follows the number of distinct n-grams, not the size of
the corpus."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from qc.core.record import dataclass
from qc.text.spelling._syllable import TONES, has_marks, has_vietnamese_marks, key_of
from qc.text.spelling._tokens import (
    BREAK,
    FIRST_WORD,
    FOREIGN,
    NAME,
    PIECE,
    normalise,
    symbol_of,
)

BLOCK_LINES = 4000
MIN_LINE_WORDS = 5
MIN_MARKED_SHARE = 0.35  # Vietnamese prose has about 0.75; a line below lost its diacritics
VOCABULARY_LIMIT = 32000
SORT_BLOCK = 8_000_000
BROKEN = "?"


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus file, how much one of its lines counts, and the share kept out at its end."""

    path: Path
    weight: int = 1
    held_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Vocabulary (keys, then words) and the n-gram counts over its numbers."""

    vocabulary: list[str]
    unigrams: Any  # int64[vocabulary]
    capitalised: Any  # int64[vocabulary], inside a phrase
    bigrams: tuple[Any, Any]  # uint32 keys a<<16|b sorted, int64 counts
    trigrams: tuple[Any, Any]  # uint64 keys a<<32|b<<16|c sorted, int64 counts
    tokens: int


class _Numbers(dict[str, int]):
    """Gives every new surface the next number."""

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self)
        return number


def open_text(path: Path) -> IO[str]:
    """Open a plain, gz, bz2 or xz text file."""
    opener: Any = {".xz": lzma.open, ".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix, open)
    return opener(path, "rt", encoding="utf-8", errors="replace")  # type: ignore[no-any-return]


def kept_lines(source: Source, *, held_out: bool = False) -> Iterator[str]:
    """Lines of the training part of a source, or of the part held out at its end."""
    with open_text(source.path) as lines:
        total = sum(1 for _ in lines) if source.held_out else 0
    border = int(total * (1 - source.held_out))
    with open_text(source.path) as lines:
        for index, line in enumerate(lines):
            if not source.held_out or (index >= border) == held_out:
                yield line


def count(sources: list[Source], min_word: int = 60, min_syllable: int = 3) -> Counts:
    """Count the n-grams of the sources; words outside the grammar need `min_word` occurrences."""
    import numpy as np

    numbers = _Numbers()
    numbers["\n"]
    streams = [(_read(source, numbers), source.weight) for source in sources]
    surfaces = list(numbers)
    streams = [(_drop_bare_lines(stream, surfaces), weight) for stream, weight in streams]
    frequency = np.zeros(len(surfaces), np.int64)
    for stream, weight in streams:
        frequency += weight * np.bincount(stream, minlength=len(surfaces))
    vocabulary, symbols, capital = _vocabulary(surfaces, frequency, min_word, min_syllable)
    unigrams = np.zeros(len(vocabulary), np.int64)
    capitalised = np.zeros(len(vocabulary), np.int64)
    pairs: list[tuple[Any, Any]] = []
    triples: list[tuple[Any, Any]] = []
    tokens = 0
    for stream, weight in streams:
        ids = symbols[stream]
        keep = ~((ids == BREAK) & (np.concatenate(([0], ids[:-1])) == BREAK))
        ids, caps = ids[keep], capital[stream][keep]
        tokens += len(ids)
        unigrams += weight * np.bincount(ids, minlength=len(vocabulary))
        inside = np.concatenate(([False], (ids[:-1] != BREAK))) & caps
        capitalised += weight * np.bincount(ids[inside], minlength=len(vocabulary))
        pairs.append(_scaled(_count_pairs(ids), weight))
        triples.append(_scaled(_count_triples(ids), weight))
    return Counts(vocabulary, unigrams, capitalised, _merge(pairs), _merge(triples), tokens)


def stream_of(source: Source, index: Mapping[str, int]) -> Any:
    """The training part of a source as uint16 numbers of a table's vocabulary."""
    import numpy as np

    numbers = _Numbers()
    numbers["\n"]
    stream = _read(source, numbers)
    surfaces = list(numbers)
    symbols = np.zeros(len(surfaces), np.uint16)
    for number, surface in enumerate(surfaces):
        unknown = NAME if surface[0].isupper() else FOREIGN
        entry = _entry(surface)
        symbols[number] = index.get(entry, unknown) if entry else symbol_of(surface)
    return symbols[_drop_bare_lines(stream, surfaces)]


def _read(source: Source, numbers: _Numbers) -> Any:
    import numpy as np

    parts, block = [], []
    for line in kept_lines(source):
        block.append(line)
        if len(block) == BLOCK_LINES:
            parts.append(_number(block, numbers))
            block = []
    parts.append(_number(block, numbers))
    return np.concatenate(parts)


def _number(block: list[str], numbers: _Numbers) -> Any:
    import numpy as np

    pieces = PIECE.findall(normalise("".join(block)))
    return np.fromiter(map(numbers.__getitem__, pieces), np.int32, len(pieces))


def _drop_bare_lines(stream: Any, surfaces: list[str]) -> Any:
    """Remove the lines whose words mostly carry no mark at all (lost diacritics, English)."""
    import numpy as np

    if not len(stream):
        return stream
    word = np.fromiter((surface[0].isalpha() for surface in surfaces), np.int8, len(surfaces))
    marked = np.fromiter(map(has_marks, surfaces), np.int8, len(surfaces)) * word
    starts = np.concatenate(([0], np.flatnonzero(stream == 0) + 1))
    starts = starts[starts < len(stream)]
    words = np.add.reduceat(word[stream], starts, dtype=np.int64)
    marks = np.add.reduceat(marked[stream], starts, dtype=np.int64)
    good = (words < MIN_LINE_WORDS) | (marks >= MIN_MARKED_SHARE * words)
    return stream[np.repeat(good, np.diff(np.concatenate((starts, [len(stream)]))))]


def _vocabulary(
    surfaces: list[str], frequency: Any, min_word: int, min_syllable: int
) -> tuple[list[str], Any, Any]:
    """Choose the vocabulary -> (entries, symbol of every surface, whether it is capitalised)."""
    import numpy as np

    entry_of = [_entry(surface) for surface in surfaces]
    totals: dict[str, int] = {}
    for entry, occurrences in zip(entry_of, frequency.tolist(), strict=True):
        if entry and entry != BROKEN:
            totals[entry] = totals.get(entry, 0) + occurrences
    chosen = [
        entry
        for entry, total in totals.items()
        if total >= (min_syllable if entry[-1] in TONES else min_word)
    ]
    chosen = sorted(chosen, key=lambda entry: (-totals[entry], entry))[:VOCABULARY_LIMIT]
    vocabulary = [f"<{index}>" for index in range(FIRST_WORD)] + chosen
    index_of = {entry: index for index, entry in enumerate(vocabulary)}
    symbols = np.zeros(len(surfaces), np.uint16)
    capital = np.zeros(len(surfaces), bool)
    for number, (surface, entry) in enumerate(zip(surfaces, entry_of, strict=True)):
        capital[number] = surface[0].isupper()
        if not entry:
            symbols[number] = symbol_of(surface)
        else:
            symbols[number] = index_of.get(entry, NAME if capital[number] else FOREIGN)
    return vocabulary, symbols, capital


def _entry(surface: str) -> str:
    """Vocabulary entry of a surface: its key, else the lower-case word, "" for no word.

    A broken syllable (tòan, nghành) never enters the vocabulary, however often it was printed.
    """
    if not surface[0].isalpha():
        return ""
    lower = surface.lower()
    key = key_of(lower)
    if key is None and has_vietnamese_marks(lower):
        return BROKEN
    return key or lower


def _count_pairs(ids: Any) -> tuple[Any, Any]:
    import numpy as np

    keys = (ids[:-1].astype(np.uint32) << np.uint32(16)) | ids[1:]
    return _count_sorted(keys)


def _count_triples(ids: Any) -> tuple[Any, Any]:
    import numpy as np

    wide = ids.astype(np.uint64)
    keys = (wide[:-2] << np.uint64(32)) | (wide[1:-1] << np.uint64(16)) | wide[2:]
    return _count_sorted(keys[ids[1:-1] != BREAK])


def _count_sorted(keys: Any) -> tuple[Any, Any]:
    import numpy as np

    parts = []
    for start in range(0, len(keys), SORT_BLOCK):
        distinct, counts = np.unique(keys[start : start + SORT_BLOCK], return_counts=True)
        parts.append((distinct, counts.astype(np.int32)))
    return _merge(parts)


def _scaled(pair: tuple[Any, Any], weight: int) -> tuple[Any, Any]:
    return pair[0], pair[1] * weight


def _merge(parts: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    import numpy as np

    if len(parts) == 1:
        return parts[0]
    keys = np.concatenate([part[0] for part in parts])
    counts = np.concatenate([part[1] for part in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts)
