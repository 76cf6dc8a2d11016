"""The confusion table: phrases that are wrong whatever the statistics say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from qc.core.artefacts import kept
from qc.core.record import dataclass, field
from qc.text.spelling import _syllable
from qc.text.spelling._syllable import key_of

LONGEST_PHRASE = 7

Row = tuple[tuple[str, ...], str, tuple[tuple[str, tuple[str, ...]], ...]]
"""Keys of the wrong phrase, the right phrase, conditions: an entry as plain data."""
ByStart = dict[tuple[str, str], dict[str, list[Row]]]
"""Entries by their first two keys, then by the third; "" for none."""

_NONE: dict[str, list[Row]] = {}
_CONDITIONS = ("after", "not-after", "before", "not-before")


@dataclass(frozen=True, slots=True)
class Confusion:
    """One entry: keys of the wrong phrase, the right phrase, and the words allowed beside it."""

    wrong: tuple[str, ...]
    right: str
    conditions: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Row) -> Confusion:
        """The entry of a row."""
        wrong, right, conditions = row
        return cls(wrong, right, {name: frozenset(words) for name, words in conditions})

    def fits(self, before: str, after: str) -> bool:
        """Whether the neighbouring words (keys, "" for none) satisfy the conditions."""
        for name, words in self.conditions.items():
            beside = before if name.endswith("after") else after
            if (beside in words) == name.startswith("not-"):
                return False
        return True


class Confusions:
    """All entries, found by their first three words; see `_by_start` for what they are made of."""

    def __init__(self, by_start: ByStart) -> None:
        self._by_start = by_start
        self._firsts = frozenset(first for first, _ in by_start)

    def __len__(self) -> int:
        return sum(len(each) for thirds in self._by_start.values() for each in thirds.values())

    @property
    def starts(self) -> Iterable[tuple[str, str]]:
        """The first two keys of the entries; the second is empty where an entry is one word."""
        return self._by_start

    def find(
        self, keys: Sequence[str], at: Iterable[int] | None = None
    ) -> Iterator[tuple[int, Confusion]]:
        """(index, entry) of every match in a phrase given as keys; a longer entry wins.

        `at`: the indices, in order, where the next keys are among `starts`, where they are known.
        """
        size, resume = len(keys), 0
        firsts = self._firsts
        if at is None:
            at = [index for index, key in enumerate(keys) if key in firsts]
        for index in at:
            if index < resume:
                continue
            for row in self._beginning(keys, index):
                end = index + len(row[0])
                if tuple(keys[index:end]) != row[0]:
                    continue
                entry = Confusion.of(row)
                before = keys[index - 1] if index else ""
                if entry.fits(before, keys[end] if end < size else ""):
                    yield index, entry
                    resume = end
                    break

    def _beginning(self, keys: Sequence[str], index: int) -> Sequence[Row]:
        """The entries whose first words, up to three, stand at an index; longer ones first."""
        left = len(keys) - index
        key = keys[index]
        single = self._by_start.get((key, ""), _NONE).get("", ())
        thirds = self._by_start.get((key, keys[index + 1]), _NONE) if left > 1 else _NONE
        if not thirds:
            return single
        longer = thirds.get(keys[index + 2], ()) if left > 2 else ()
        return [*longer, *thirds.get("", ()), *single]


def word_key(word: str) -> str:
    """Key of a word in any case; a word that is no syllable stands for itself."""
    lower = word.lower()
    return key_of(lower) or lower


def load_confusions(path: Path) -> Confusions:
    """Read the tab-separated table; the head of the file describes its columns."""
    sources = (path, Path(__file__), Path(_syllable.__file__))
    return Confusions(kept("confusions", sources, lambda: _by_start(_rows(path))))


def _by_start(rows: list[Row]) -> ByStart:
    """Rows by their first words; longer entries first."""
    found: ByStart = {}
    for row in sorted(rows, key=lambda row: -len(row[0])):
        first, second, third = (*row[0], "", "")[:3]
        found.setdefault((first, second), {}).setdefault(third, []).append(row)
    return found


def _rows(path: Path) -> list[Row]:
    """The entries of the table, in its order."""
    rows: list[Row] = []
    keyed = cache(word_key)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) not in (2, 3):
            raise ValueError(f"{path}:{number}: expected 2 or 3 columns")
        conditions = _conditions(columns[2]) if len(columns) == 3 else {}
        words = tuple((name, tuple(sorted(each))) for name, each in conditions.items())
        rows.append((tuple(map(keyed, columns[0].split())), columns[1], words))
    return rows


def _conditions(text: str) -> dict[str, frozenset[str]]:
    conditions = {}
    for part in text.split(";"):
        name, _, words = part.strip().partition("=")
        if name not in _CONDITIONS:
            raise ValueError(f"unknown condition {name!r}")
        conditions[name] = frozenset(word_key(word.strip()) for word in words.split(","))
    return conditions
