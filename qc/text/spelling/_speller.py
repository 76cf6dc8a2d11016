"""The engine: one text in, its spelling mistakes out, in order, each with kind and probability."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from qc.core.record import replace
from qc.text.spelling import _calibration
from qc.text.spelling._compiled import CompiledModel, Judged, load_model, load_reader
from qc.text.spelling._confusions import Confusions, load_confusions, word_key
from qc.text.spelling._context import Context, open_context
from qc.text.spelling._exact import ExactRepairs, shaped
from qc.text.spelling._judge import GATE, Judge
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._reading import UPPER, Reader, Reading
from qc.text.spelling._repair import OLD_FONT, decoded
from qc.text.spelling._strangers import Strangers
from qc.text.spelling._suspects import Suspects, find_suspects
from qc.text.spelling._syllable import (
    TONES,
    key_of,
    spell_key,
)
from qc.text.spelling._table import Table, open_table
from qc.text.spelling._tokens import FIRST_WORD, normalise

CORRECTED = 0.4  # from this probability a suspect is corrected before its neighbours are judged
FUNCTION_WORD = 40_000  # occurrences in the corpus from which a word is at home everywhere
AT_HOME = 0.85
UNCHOSEN = {"hint": 0.3, "warning": 0.9}  # thresholds before a calibration has chosen them
LEGACY_WORDS = 3
LONGEST_TEXT = 60_000  # characters judged together; an article is far shorter
REACH = 2  # pieces on each side that a correction may change


class Speller:
    """Finds mistakes with one table, one calibration, one confusion table and one word list."""

    def __init__(
        self,
        table: Table,
        calibration: _calibration.Calibration | None,
        confusions: Confusions,
        allowed: frozenset[str] = frozenset(),
        *,
        context: Context | None = None,
        compiled: bool = True,
    ) -> None:
        self.table = table
        self.context = context
        self._calibration = calibration
        self._compiled = compiled
        self._confusions = confusions
        self._phrases = frozenset(
            tuple(map(word_key, entry.split())) for entry in allowed if " " in entry
        )
        self._sizes = sorted({len(phrase) for phrase in self._phrases})
        plain = Reader(table, frozenset(entry for entry in allowed if " " not in entry))
        self._reader = (load_reader(plain, confusions) if compiled else None) or plain
        self._repairs = ExactRepairs(table)
        self._strangers = Strangers(table.index, table.vocabulary)

    @property
    def calibration(self) -> _calibration.Calibration | None:
        """What turns features into probabilities; None: everything is suspected."""
        return self._calibration

    @calibration.setter
    def calibration(self, calibration: _calibration.Calibration | None) -> None:
        self._calibration = calibration
        self.__dict__.pop("_model", None)
        self.__dict__.pop("_judge", None)

    @property
    def thresholds(self) -> dict[str, float]:
        """Probabilities from which a suspect is a hint or a warning."""
        found = self.calibration.thresholds if self.calibration else {}
        return {**UNCHOSEN, **found}

    def read(self, text: str) -> Reading:
        """The pieces of a text."""
        return self._reader.read(normalise(text))

    def find(self, text: str, least: float = 0.0) -> list[Mistake]:
        """Mistakes of an NFC text in order; those of the model only from probability `least`."""
        text = normalise(text)
        if len(text) <= LONGEST_TEXT:
            return self._find(text, least)
        found: list[Mistake] = []
        for start, end in _portions(text):
            found += [
                replace(one, start=one.start + start, end=one.end + start)
                for one in self._find(text[start:end], least)
            ]
        return found

    def _find(self, text: str, least: float) -> list[Mistake]:
        reading = self._reader.read(text)
        if not len(reading):
            return []
        found = [
            Mistake(start, end, text[start:end], (word,), Kind.LEGACY, 1.0)
            for start, end, word in _legacy(reading)
        ]
        found += self._confused(reading)
        found += self._repairs.find(reading)
        found += self._likely(reading, least)
        return _without_overlaps([one for one in found if not self._is_allowed(reading, one)])

    def suspects(self, reading: Reading) -> tuple[Suspects, Any]:
        """Suspects of a reading and their probabilities, neighbours corrected first."""
        import numpy as np

        extra = self._strangers.propose(reading)
        first = find_suspects(self.table, reading, reading.ids, extra)
        if self.calibration is None:
            return first, np.zeros(len(first.pieces))
        chances = self.calibration.probability(first.features)
        ids = _corrected(reading.ids, first, chances)
        if ids is reading.ids:
            return first, chances
        second = find_suspects(self.table, reading, ids, extra)
        again = self.calibration.probability(second.features)
        return second, again

    def _judged(self, reading: Reading, least: float) -> list[Judged]:
        """The suspects from the probability `least` on, judged twice where that is possible."""
        if self._judge is None:
            return self.suspected(reading, least)
        found = self._judge.again(reading, self.suspected(reading, GATE))
        return [row for row in found if row[3] >= least]

    def suspected(self, reading: Reading, least: float) -> list[Judged]:
        """The suspects of the first calibration, by the kernel where there is one."""
        if self._model is not None:
            extra = self._strangers.propose(reading)
            return self._model.judge(reading, extra, CORRECTED, least)
        found, chances = self.suspects(reading)
        columns = (found.pieces, found.best, found.second, chances)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [row for row in rows if row[3] >= least]

    @cached_property
    def _judge(self) -> Judge | None:
        ensemble = self.calibration.ensemble if self.calibration else None
        if self.context is None or ensemble is None:
            return None
        return Judge(self.table, self.context, ensemble, compiled=self._compiled)

    @cached_property
    def _model(self) -> CompiledModel | None:
        if self.calibration is None or not self._compiled:
            return None
        return load_model(self.table, self.calibration)

    def _confused(self, reading: Reading) -> list[Mistake]:
        found = []
        for index, entry in self._confusions.find(reading.keys, reading.phrases):
            last = index + len(entry.wrong) - 1
            start, end = reading.starts[index], reading.end(last)
            written = reading.text[start:end]
            if " ".join(written.split()).count(" ") != len(entry.wrong) - 1:
                continue
            right = match_case(reading, index, last, entry.right)
            first, cut = _common(written, right)
            found.append(
                Mistake(
                    start + first,
                    end - cut,
                    written[first : len(written) - cut],
                    (right[first : len(right) - cut],),
                    Kind.CONFUSION if key_of(written.lower()) or " " in written else Kind.BROKEN,
                    1.0,
                )
            )
        return found

    def _likely(self, reading: Reading, least: float) -> list[Mistake]:
        found = []
        judged = self._judged(reading, min(least, self.thresholds["hint"]))
        if self._judge is None:  # it looks at the rest of the text itself
            judged = self._doubted(reading, judged)
        for index, best, second, chance in judged:
            if chance < least:
                continue
            written = reading.surface(index)
            words = [
                self._word(number, written, reading.forms[index])
                for number in (best, second)
                if number >= 0
            ]
            kind = Kind.BROKEN if reading.faulty[index] else Kind.WORD
            span = reading.starts[index], reading.end(index), written
            found.append(Mistake(*span, tuple(dict.fromkeys(words)), kind, chance))
        return found

    def _doubted(self, reading: Reading, judged: list[Judged]) -> list[Judged]:
        """Lower the chance of a content word that the document uses elsewhere without suspicion."""
        if not judged:
            return []
        numbers, hint = reading.numbers, self.thresholds["hint"]
        suspected = Counter(numbers[piece] for piece, _, _, chance in judged if chance >= hint)
        used: Counter[int] = Counter(numbers)
        found = []
        for piece, best, second, chance in judged:
            word = numbers[piece]
            at_home = word >= FIRST_WORD and used[word] > suspected[word]
            if at_home and self.table.occurrences(word) < FUNCTION_WORD:
                found.append((piece, best, second, chance * AT_HOME))
            else:
                found.append((piece, best, second, chance))
        return found

    def _word(self, number: int, written: str, shape: int) -> str:
        entry = self.table.vocabulary[number]
        word = spell_key(entry) if entry[-1] in TONES else entry
        return shaped(word, shape)

    def _is_allowed(self, reading: Reading, mistake: Mistake) -> bool:
        """Whether a mistake lies inside a phrase that is accepted."""
        keys = reading.keys
        first = bisect_right(reading.starts, mistake.start) - 1
        for size in self._sizes:
            for index in range(max(first - size + 1, 0), first + 1):
                phrase = tuple(keys[index : index + size])
                if phrase in self._phrases and mistake.end <= reading.end(index + len(phrase) - 1):
                    return True
        return False


def match_case(reading: Reading, first: int, last: int, right: str) -> str:
    """Write the right phrase in the case of the wrong one."""
    shapes = reading.forms[first : last + 1].tolist()
    words = right.split()
    if len(words) != len(shapes):
        return shaped(right, UPPER if all(shape == UPPER for shape in shapes) else shapes[0])
    return " ".join(
        word if word != word.lower() and shape != UPPER else shaped(word, shape)
        for word, shape in zip(words, shapes, strict=True)
    )


def _common(written: str, right: str) -> tuple[int, int]:
    """Whole words that the two phrases share at the start and at the end, in characters."""
    left, other = written.split(" "), right.split(" ")
    most = min(len(left), len(other)) - 1
    first = 0
    while first < most and left[first] == other[first]:
        first += 1
    last = 0
    while last < most - first and left[-1 - last] == other[-1 - last]:
        last += 1
    head = sum(len(word) + 1 for word in left[:first])
    tail = sum(len(word) + 1 for word in left[len(left) - last :])
    return head, tail


def _portions(text: str) -> Iterator[tuple[int, int]]:
    """Cut a very long text at line ends, so that memory does not grow with it."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + LONGEST_TEXT) + 1
        if len(text) - start <= LONGEST_TEXT or end <= start:
            end = min(len(text), start + LONGEST_TEXT)
        yield start, end
        start = end


def _legacy(reading: Reading) -> list[tuple[int, int, str]]:
    """Words in a legacy font, where there are enough of them not to be a foreign name."""
    marks = [(start, end) for kind, start, end in reading.marks if kind == OLD_FONT]
    found = decoded(reading.text, marks)
    return found if len({word for _, _, word in found}) >= LEGACY_WORDS else []


def _without_overlaps(found: list[Mistake]) -> list[Mistake]:
    """Keep the surest of overlapping mistakes; earlier detectors win a tie. In text order."""
    kept: list[Mistake] = []
    taken: set[int] = set()
    order = sorted(range(len(found)), key=lambda index: (-found[index].probability, index))
    for index in order:
        one = found[index]
        place = range(one.start, one.end)
        if not taken.isdisjoint(place):
            continue
        taken.update(place)
        kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.end))


def _corrected(ids: Any, suspects: Suspects, chances: Any) -> Any:
    """Ids with the likeliest suspects corrected, at most one within reach of another."""
    import numpy as np

    likely = np.flatnonzero(chances >= CORRECTED)
    if not len(likely):
        return ids
    fixed = ids.copy()
    last: dict[int, int] = {}
    for row in likely[np.argsort(-chances[likely], kind="stable")].tolist():
        piece = int(suspects.pieces[row])
        if any(piece + shift in last for shift in range(-REACH, REACH + 1)):
            continue
        last[piece] = row
        fixed[piece] = suspects.best[row]
    return fixed


@cache
def load_speller(
    folder: Path, extra: frozenset[str] = frozenset(), *, calibrated: bool = True
) -> Speller:
    """The shipped speller (one per process and word list); `folder` holds the data files."""
    allowed = read_words(folder / "loanwords.txt") | extra
    calibration = _calibrated(folder) if calibrated else None
    return Speller(
        _table(folder), calibration, _confusions(folder), allowed, context=_context(folder)
    )


@cache
def _table(folder: Path) -> Table:
    return open_table(folder / "syllables.table")


@cache
def _calibrated(folder: Path) -> _calibration.Calibration:
    return _calibration.load(folder / "calibration.json")


@cache
def _confusions(folder: Path) -> Confusions:
    return load_confusions(folder / "confusions.tsv")


@cache
def _context(folder: Path) -> Context | None:
    return open_context(folder / "context.model", _table(folder))


def read_words(path: Path) -> frozenset[str]:
    """Words of a list file, lower case, NFC; a line with quotes would be a phrase."""
    words: set[str] = set()
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                words.update(normalise(line).lower().split())
    return frozenset(words)
