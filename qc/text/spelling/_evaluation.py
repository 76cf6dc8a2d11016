"""Measure a speller on labelled documents: detection, first suggestion, false alarms.

A predicted span that overlaps a labelled one is right, any other is a false alarm; a labelled
mistake that no prediction overlaps is missed. Suggestions are compared without regard to case,
tone placement and i/y. One document a line: {"text", "mistakes": [{"text", "start_offset",
"suggest": [..]}]}."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from qc.core.record import dataclass
from qc.text.spelling._confusions import word_key
from qc.text.spelling._mistake import Mistake
from qc.text.spelling._syllable import has_marks, key_of
from qc.text.spelling._tokens import PIECE

ADJACENT = 1  # words between two mistakes that still hide each other from the model


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled mistake."""

    start: int
    end: int
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled document."""

    text: str
    labels: tuple[Label, ...]

    @property
    def words(self) -> int:
        """Words of the text, the unit of the false-alarm rate."""
        return sum(1 for piece in PIECE.findall(self.text) if piece[0].isalpha())


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all documents and the usual ratios."""

    right: int
    wrong: int
    found: int
    labels: int
    first_right: int
    words: int

    @property
    def precision(self) -> float:
        """Share of the predictions that overlap a label."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the labels that a prediction overlaps."""
        return self.found / max(self.labels, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def top1(self) -> float:
        """Share of the right predictions whose first suggestion is a labelled one."""
        return self.first_right / max(self.right, 1)

    @property
    def false_per_1000(self) -> float:
        """False alarms in 1,000 words."""
        return 1000 * self.wrong / max(self.words, 1)

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"top-1 {self.top1:.3f}  false/1000 {self.false_per_1000:.3f}  "
            f"({self.right} right, {self.wrong} wrong, {self.labels} labelled)"
        )


def read_labelled(path: Path) -> list[Labelled]:
    """Read a labelled JSONL file; offsets may be strings."""
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            labels = tuple(
                Label(
                    int(one["start_offset"]),
                    int(one["start_offset"]) + len(one["text"]),
                    tuple(word.strip() for word in one["suggest"]),
                )
                for one in row["mistakes"]
            )
            documents.append(Labelled(row["text"], labels))
    return documents


def score(
    documents: Sequence[Labelled], predictions: Iterable[list[Mistake]], least: float = 0.0
) -> Score:
    """Score predictions of probability `least` or more."""
    right = wrong = found = total = first_right = words = 0
    for document, mistakes in zip(documents, predictions, strict=True):
        total += len(document.labels)
        words += document.words
        seen: set[int] = set()
        for mistake in mistakes:
            if mistake.probability < least:
                continue
            hits = overlapping(document, mistake)
            seen.update(hits)
            right += bool(hits)
            wrong += not hits
            first_right += any(_same(mistake, document.labels[hit], document.text) for hit in hits)
        found += len(seen)
    return Score(right, wrong, found, total, first_right, words)


def recall_by_group(
    documents: Sequence[Labelled], predictions: Iterable[list[Mistake]], least: float
) -> dict[str, tuple[int, int]]:
    """Found and all labels by what makes them hard; a label may stand in several groups."""
    groups: dict[str, tuple[int, int]] = {}
    for document, mistakes in zip(documents, predictions, strict=True):
        kept = [one for one in mistakes if one.probability >= least]
        found = {hit for one in kept for hit in overlapping(document, one)}
        for index in range(len(document.labels)):
            for name in _groups(document, index):
                hits, total = groups.get(name, (0, 0))
                groups[name] = (hits + (index in found), total + 1)
    return dict(sorted(groups.items()))


def _groups(document: Labelled, index: int) -> list[str]:
    label = document.labels[index]
    written = document.text[label.start : label.end]
    meant = label.suggestions[0] if label.suggestions else ""
    if _keys(written.lower()) == _keys(meant.lower()):
        return ["i/y"]
    groups = ["capitalised" if written[:1].isupper() else "lower case"]
    if len(written.split()) != len(meant.split()):
        groups.append("joined or split")
    elif has_marks(written.lower()) and key_of(written.lower()) is None:
        groups.append("non-word")
    near = (other for at, other in enumerate(document.labels) if at != index)
    if any(_words_between(document.text, label, other) <= ADJACENT for other in near):
        groups.append("beside another")
    return groups


def _words_between(text: str, one: Label, other: Label) -> int:
    first, second = sorted((one, other), key=lambda label: label.start)
    if second.start - first.end > 40:
        return ADJACENT + 1
    return len(text[first.end : second.start].split())


def overlapping(document: Labelled, mistake: Mistake) -> list[int]:
    """Indices of the labels that a prediction overlaps."""
    return [
        index
        for index, label in enumerate(document.labels)
        if label.start < mistake.end and mistake.start < label.end
    ]


def _same(mistake: Mistake, label: Label, text: str) -> bool:
    """Whether the first suggestion, put into the text, gives a labelled correction."""
    if not mistake.suggestions:
        return False
    start, end = min(mistake.start, label.start), max(mistake.end, label.end)
    proposed = text[start : mistake.start] + mistake.suggestions[0] + text[mistake.end : end]
    wanted = (text[start : label.start] + one + text[label.end : end] for one in label.suggestions)
    return _keys(proposed) in {_keys(one) for one in wanted}


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word_key(word) for word in text.split())


def best_threshold(
    documents: Sequence[Labelled], predictions: Sequence[list[Mistake]]
) -> tuple[float, Score]:
    """The probability that gives the best F1, and the score there."""
    steps = [step / 100 for step in range(5, 100)]
    scored = [(score(documents, predictions, step), step) for step in steps]
    best, step = max(scored, key=lambda pair: pair[0].f1)
    return step, best


def precise_threshold(
    documents: Sequence[Labelled], predictions: Sequence[list[Mistake]], precision: float = 0.9
) -> tuple[float, Score] | None:
    """The lowest probability from which on the precision is reached, and the score there."""
    for step in range(5, 100):
        result = score(documents, predictions, step / 100)
        if result.precision >= precision:
            return step / 100, result
    return None
