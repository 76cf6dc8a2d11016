"""The confusion table: phrases that are wrong whatever the statistics say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from qc.core.artefacts import kept
from qc.core.record import dataclass, field
from qc.text.spelling import _syllable
from qc.text.spelling._syllable import key_of

LONGEST_PHRASE = 7
_CONDITIONS = ("after", "not-after", "before", "not-before")


@dataclass(frozen=True, slots=True)
class Confusion:
    """One entry: keys of the wrong phrase, the right phrase, and the words allowed beside it."""

    wrong: tuple[str, ...]
    right: str
    conditions: dict[str, frozenset[str]] = field(default_factory=dict)

    def fits(self, before: str, after: str) -> bool:
        """Whether the neighbouring words (keys, "" for none) satisfy the conditions."""
        for name, words in self.conditions.items():
            beside = before if name.endswith("after") else after
            if (beside in words) == name.startswith("not-"):
                return False
        return True


class Confusions:
    """All entries, found by their first two words."""

    def __init__(self, entries: list[Confusion]) -> None:
        self._by_start: dict[tuple[str, str], list[Confusion]] = {}
        for entry in sorted(entries, key=lambda entry: -len(entry.wrong)):
            start = (entry.wrong[0], entry.wrong[1] if len(entry.wrong) > 1 else "")
            self._by_start.setdefault(start, []).append(entry)
        self._firsts = frozenset(first for first, _ in self._by_start)

    def __len__(self) -> int:
        return sum(map(len, self._by_start.values()))

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
        by_start, firsts = self._by_start, self._firsts
        if at is None:
            at = [index for index, key in enumerate(keys) if key in firsts]
        for index in at:
            if index < resume:
                continue
            key = keys[index]
            following = keys[index + 1] if index + 1 < size else ""
            entries = by_start.get((key, following), ())
            single = by_start.get((key, ""), ()) if following else ()
            for entry in (*entries, *single):
                end = index + len(entry.wrong)
                if tuple(keys[index:end]) != entry.wrong:
                    continue
                before = keys[index - 1] if index else ""
                if entry.fits(before, keys[end] if end < size else ""):
                    yield index, entry
                    resume = end
                    break


def word_key(word: str) -> str:
    """Key of a word in any case; a word that is no syllable stands for itself."""
    lower = word.lower()
    return key_of(lower) or lower


def load_confusions(path: Path) -> Confusions:
    """Read the tab-separated table; the head of the file describes its columns."""
    sources = (path, Path(__file__), Path(_syllable.__file__))
    rows = kept("confusions", sources, lambda: _rows(path))
    return Confusions(
        [
            Confusion(wrong, right, {name: frozenset(words) for name, words in conditions})
            for wrong, right, conditions in rows
        ]
    )


def _rows(path: Path) -> list[Any]:
    """The table as plain data: keys of the wrong phrase, the right phrase, conditions."""
    rows: list[Any] = []
    keyed = cache(word_key)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) not in (2, 3):
            raise ValueError(f"{path}:{number}: expected 2 or 3 columns")
        conditions = _conditions(columns[2]) if len(columns) == 3 else {}
        words = tuple((name, tuple(sorted(each))) for name, each in conditions.items())
        wrong = tuple(map(keyed, columns[0].split()))
        rows.append((wrong, columns[1], words))
    return rows


def _conditions(text: str) -> dict[str, frozenset[str]]:
    conditions = {}
    for part in text.split(";"):
        name, _, words = part.strip().partition("=")
        if name not in _CONDITIONS:
            raise ValueError(f"unknown condition {name!r}")
        conditions[name] = frozenset(word_key(word.strip()) for word in words.split(","))
    return conditions
