"""The engine: one text in, its spelling mistakes out, in order, each with kind and probability."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from qc.text.spelling import _calibration
from qc.text.spelling._confusions import Confusions, load_confusions, word_key
from qc.text.spelling._exact import ExactRepairs, shaped
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._reading import UPPER, Reader, Reading
from qc.text.spelling._repair import legacy_words
from qc.text.spelling._screen import SLACK, Screen, load_screen
from qc.text.spelling._strangers import Strangers
from qc.text.spelling._suspects import Extra, Suspects, find_suspects
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
    ) -> None:
        self.table = table
        self._calibration = calibration
        self._confusions = confusions
        self._phrases = frozenset(
            tuple(map(word_key, entry.split())) for entry in allowed if " " in entry
        )
        self._firsts = (
            frozenset(phrase[0] for phrase in self._phrases),
            sorted({len(phrase) for phrase in self._phrases}),
        )
        self._reader = Reader(table, frozenset(entry for entry in allowed if " " not in entry))
        self._repairs = ExactRepairs(table)
        self._strangers = Strangers(table.index, table.vocabulary)

    @property
    def calibration(self) -> _calibration.Calibration | None:
        """What turns features into probabilities; None: everything is suspected."""
        return self._calibration

    @calibration.setter
    def calibration(self, calibration: _calibration.Calibration | None) -> None:
        self._calibration = calibration
        self.__dict__.pop("_screen", None)

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
        if not reading.surfaces:
            return []
        found = [
            Mistake(start, end, text[start:end], (word,), Kind.LEGACY, 1.0)
            for start, end, word in _legacy(text)
        ]
        keys = reading.keys
        found += self._confused(text, reading, keys)
        found += self._repairs.find(text, reading)
        found += self._likely(reading, least)
        allowed = self._allowed_spans(reading, keys) if self._phrases else []
        return _without_overlaps([one for one in found if not _inside(one, allowed)])

    def suspects(self, reading: Reading) -> tuple[Suspects, Any]:
        """Suspects of a reading and their probabilities, neighbours corrected first."""
        import numpy as np

        extra = self._strangers.propose(reading)
        first = find_suspects(self.table, reading, reading.ids, extra)
        if self.calibration is None:
            return first, np.zeros(len(first.pieces), np.float32)
        chances = self.calibration.probability(first.features)
        ids = _corrected(reading.ids, first, chances)
        if ids is reading.ids:
            return first, chances
        second = find_suspects(self.table, reading, ids, extra)
        again = self.calibration.probability(second.features)
        return second, again

    def _suspects(self, reading: Reading, least: float) -> tuple[Suspects | None, Any]:
        """The suspects that may reach `least`; all of them where there is no compiled screen."""
        screen = self._screen
        if screen is None:
            return self.suspects(reading)
        assert self.calibration is not None  # a screen is made of one
        extra = self._strangers.propose(reading)
        least = min(least, self.thresholds["hint"]) - SLACK
        found = screen.find(reading, reading.numbers, extra, min(least, CORRECTED - SLACK))
        likely = [piece for piece, _, chance in found if chance >= CORRECTED - SLACK]
        ids = None
        if likely:
            first, chances = self._exact(reading, reading.ids, extra, likely)
            ids = _corrected(reading.ids, first, chances)
            if ids is not reading.ids:
                found = screen.find(reading, array("i", ids.tolist()), extra, least)
        asked = [piece for piece, _, chance in found if chance >= least]
        if not asked:
            return None, None
        return self._exact(reading, reading.ids if ids is None else ids, extra, asked)

    def _exact(
        self, reading: Reading, ids: Any, extra: Extra, pieces: list[int]
    ) -> tuple[Suspects, Any]:
        """What a full search finds at these pieces, and the probabilities."""
        import numpy as np

        assert self.calibration is not None
        chosen = np.zeros(len(ids) + 2 * REACH, bool)
        near = chosen.copy()
        for piece in pieces:
            chosen[piece + REACH] = True
            near[piece : piece + 2 * REACH + 1] = True
        found = find_suspects(self.table, reading, ids, extra, near[REACH : len(ids) + REACH])
        rows = np.flatnonzero(chosen[found.pieces + REACH])
        kept = Suspects(
            found.pieces[rows],
            found.best[rows],
            found.slips[rows],
            found.second[rows],
            found.features[rows],
        )
        return kept, self.calibration.probability(kept.features)

    @cached_property
    def _screen(self) -> Screen | None:
        return load_screen(self.table, self.calibration)

    def _confused(self, text: str, reading: Reading, keys: list[str]) -> list[Mistake]:
        found = []
        for index, entry in self._confusions.find(keys):
            last = index + len(entry.wrong) - 1
            start, end = reading.starts[index], reading.end(last)
            written = text[start:end]
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
        suspects, chances = self._suspects(reading, least)
        if suspects is None:
            return []
        chances = self._doubted(reading, suspects, chances)
        found = []
        for row in range(len(suspects.pieces)):
            if chances[row] < least:
                continue
            index = int(suspects.pieces[row])
            words = [
                self._word(int(number), reading.surfaces[index], reading.forms[index])
                for number in (suspects.best[row], suspects.second[row])
                if number >= 0
            ]
            kind = Kind.BROKEN if reading.faulty[index] else Kind.WORD
            found.append(
                Mistake(
                    reading.starts[index],
                    reading.end(index),
                    reading.surfaces[index],
                    tuple(dict.fromkeys(words)),
                    kind,
                    float(chances[row]),
                )
            )
        return found

    def _doubted(self, reading: Reading, suspects: Suspects, chances: Any) -> Any:
        """Lower the chance of a content word that the document uses elsewhere without suspicion."""
        import numpy as np

        size = len(self.table.vocabulary)
        suspected = suspects.pieces[chances >= self.thresholds["hint"]]
        used = np.bincount(reading.ids, minlength=size)
        quiet = used - np.bincount(reading.ids[suspected], minlength=size)
        words = reading.ids[suspects.pieces]
        at_home = (quiet[words] > 0) & (words >= FIRST_WORD)
        at_home &= self.table.unigrams[words] < FUNCTION_WORD
        return np.where(at_home, chances * AT_HOME, chances)

    def _word(self, number: int, written: str, shape: int) -> str:
        entry = self.table.vocabulary[number]
        word = spell_key(entry) if entry[-1] in TONES else entry
        return shaped(word, shape)

    def _allowed_spans(self, reading: Reading, keys: list[str]) -> list[tuple[int, int]]:
        spans = []
        firsts, sizes = self._firsts
        for index in [at for at, key in enumerate(keys) if key in firsts]:
            for size in sizes:
                if tuple(keys[index : index + size]) in self._phrases:
                    spans.append((reading.starts[index], reading.end(index + size - 1)))
        return spans


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


def _inside(mistake: Mistake, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mistake.start and mistake.end <= end for start, end in spans)


def _portions(text: str) -> Iterator[tuple[int, int]]:
    """Cut a very long text at line ends, so that memory does not grow with it."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + LONGEST_TEXT) + 1
        if len(text) - start <= LONGEST_TEXT or end <= start:
            end = min(len(text), start + LONGEST_TEXT)
        yield start, end
        start = end


def _legacy(text: str) -> list[tuple[int, int, str]]:
    """Words in a legacy font, where there are enough of them not to be a foreign name."""
    found = legacy_words(text)
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
    for row in likely[np.argsort(-chances[likely])].tolist():
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
    return Speller(
        open_table(folder / "syllables.table"),
        _calibration.load(folder / "calibration.json") if calibrated else None,
        load_confusions(folder / "confusions.tsv"),
        allowed,
    )


def read_words(path: Path) -> frozenset[str]:
    """Words of a list file, lower case, NFC; a line with quotes would be a phrase."""
    words: set[str] = set()
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                words.update(normalise(line).lower().split())
    return frozenset(words)
