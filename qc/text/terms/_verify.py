"""Verification: does a slice of the original really spell a term, and by what means?

The matcher searches on coarse classes; here the original letters are compared one by one with the
term's. Marks that are there must be the term's own (so "các" is never "cặc"); marks that are
missing, look-alikes, digits, repeats and separators are written down as evidence.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import NamedTuple

from qc.core.record import dataclass
from qc.text._letters import FOLD, IGNORED, MARKS, TONES, Letter, Made, letter, sound

WHITE = " \t\n\r\u00a0"


class Evidence(StrEnum):
    """How the term is written; EXACT stands alone."""

    EXACT = "exact"
    NO_MARKS = "no-diacritics"
    PARTIAL = "partial-diacritics"
    LEET = "leet"
    LOOKALIKE = "look-alike"
    HIDDEN = "zero-width"
    SEPARATED = "separators"  # inside a syllable
    PUNCTUATED = "punctuated"  # between syllables only
    REPEATED = "repeated"
    JOINED = "joined"
    GLUED = "glued"
    MASKED = "masked"
    KEYSTROKES = "keystrokes"
    TEENCODE = "teencode"
    SWAPPED = "spoonerism"
    MARKUP = "markup-inside"


class Unit(NamedTuple):
    """One letter as read: what it is, and whether a gap or hidden character stands before it."""

    base: str
    mark: int
    tone: int
    made: Made
    gap: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling to verify against: letters, and the syllable each belongs to."""

    literal: str
    letters: tuple[Letter, ...]
    syllables: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The result: the evidence, and how many letters are real, how many marks are missing."""

    evidence: frozenset[Evidence]
    letters: int
    leet: int
    missing: int
    marks: int
    gaps: int = 0  # separators inside syllables

    @property
    def exact(self) -> bool:
        """Written as the term is written."""
        return self.evidence == EXACTLY


EXACTLY = frozenset({Evidence.EXACT})


def spelling(literal: str) -> Spelling:
    """The letters of a term or of one of its written variants."""
    letters: list[Letter] = []
    syllables: list[int] = []
    current = 0
    for character in unicodedata.normalize("NFC", literal):
        found = letter(character)
        if found is None:
            current += 1
            continue
        letters.append(found)
        syllables.append(current)
    return Spelling(literal, tuple(letters), tuple(syllables))


def units(text: str) -> list[Unit]:
    """The letters of a slice of the original, with what stands between them."""
    read: list[Unit] = []
    gap = ""
    hidden = False
    for character in text:
        found = letter(character)
        if found is not None:
            read.append(Unit(found.base, found.mark, found.tone, found.made, gap, hidden))
            gap, hidden = "", False
        elif read and not gap and (character in TONES or character in MARKS):
            last = read[-1]
            tone, mark = TONES.get(character, last.tone), MARKS.get(character, last.mark)
            read[-1] = last._replace(tone=tone, mark=mark)
        elif FOLD[ord(character)] == IGNORED:
            hidden = hidden or unicodedata.category(character) not in ("Mn", "Me")
        else:
            gap += character
    return read


def verify(text: str, spelled: Spelling) -> Reading | None:
    """How `text` spells the term, or None where it does not."""
    if text.lower() == spelled.literal:
        return Reading(EXACTLY, len(spelled.letters), 0, 0, 0)
    pairs = _align(units(text), spelled)
    if pairs is None or not _sounds_alike(pairs, spelled):
        return None
    marks = _compare_marks(pairs, spelled)
    gaps = _compare_gaps(pairs, spelled)
    if marks is None or gaps is None:
        return None
    missing, present = marks
    evidence = gaps | _letter_evidence(pairs, spelled)
    if missing:
        evidence.add(Evidence.PARTIAL if present else Evidence.NO_MARKS)
    if Evidence.LEET in evidence and not _mixed(pairs, spaced=Evidence.SEPARATED in evidence):
        return None
    leet = sum(_coded(unit, spelled.letters[at]) for unit, at in pairs)
    real = len({at for unit, at in pairs if unit.made is not Made.LEET})
    apart = sum(
        bool(unit.gap) and spelled.syllables[at] == spelled.syllables[before]
        for (unit, at), (_, before) in zip(pairs[1:], pairs, strict=False)
    )
    marks_total = missing + present
    return Reading(frozenset(evidence) or EXACTLY, real, leet, missing, marks_total, apart)


def _align(read: list[Unit], spelled: Spelling) -> list[tuple[Unit, int]] | None:
    """Each letter read with the index of the term's letter that it stands for."""
    pairs: list[tuple[Unit, int]] = []
    at = -1
    letters = spelled.letters
    for unit in read:
        again = bool(pairs) and not unit.gap and unit.base == pairs[-1][0].base
        if again and (at + 1 == len(letters) or unit.base != letters[at + 1].base):
            pass
        elif at + 1 < len(letters) and sound(unit.base) == sound(letters[at + 1].base):
            at += 1
        elif at < 0 or unit.base != pairs[-1][0].base:
            return None
        pairs.append((unit, at))
    return pairs if at == len(letters) - 1 else None


def _sounds_alike(pairs: list[tuple[Unit, int]], spelled: Spelling) -> bool:
    """Digits of the term must be digits; c and k are one sound, but ch and kh are not."""
    letters = spelled.letters
    for unit, at in pairs:
        wanted = letters[at]
        if wanted.made is Made.LEET and unit.made is not Made.LEET:
            return False
        before_h = at + 1 < len(letters) and letters[at + 1].base == "h"
        if before_h and {unit.base, wanted.base} == {"c", "k"}:
            return False
    return True


def _compare_marks(pairs: list[tuple[Unit, int]], spelled: Spelling) -> tuple[int, int] | None:
    """Marks missing and marks present; None where a mark is not the term's."""
    marks = [0] * len(spelled.letters)
    tones: dict[int, int] = {}
    for unit, at in pairs:
        if unit.mark:
            if unit.mark != spelled.letters[at].mark:
                return None
            marks[at] = unit.mark
        if unit.tone and tones.setdefault(spelled.syllables[at], unit.tone) != unit.tone:
            return None
    wanted: dict[int, int] = {}
    for one, syllable in zip(spelled.letters, spelled.syllables, strict=True):
        if one.tone:
            wanted[syllable] = one.tone
    if any(wanted.get(syllable) != tone for syllable, tone in tones.items()):
        return None
    present = sum(map(bool, marks)) + len(tones)
    total = sum(bool(one.mark) for one in spelled.letters) + len(wanted)
    return total - present, present


def _compare_gaps(pairs: list[tuple[Unit, int]], spelled: Spelling) -> set[Evidence] | None:
    """What the separators tell; None where a sentence ends inside."""
    evidence: set[Evidence] = set()
    inner = joined = stops = marked = 0
    for (unit, at), (_, before) in zip(pairs[1:], pairs, strict=False):
        edge = spelled.syllables[at] != spelled.syllables[before]
        if not unit.gap:
            joined += edge
            continue
        if edge:
            visible = unit.gap.strip(WHITE)
            marked += bool(visible)
            stops += visible[:1] in '.,;:!?…)("”“' and len(unit.gap) > len(visible) > 0
        else:
            inner += 1
    if stops and not inner:
        return None
    if inner or marked:
        evidence.add(Evidence.SEPARATED if inner else Evidence.PUNCTUATED)
    if joined:
        evidence.add(Evidence.JOINED)
    return evidence


def _coded(unit: Unit, wanted: Letter) -> bool:
    """A digit or symbol where the term has a letter."""
    return unit.made is Made.LEET and wanted.made is not Made.LEET


def _mixed(pairs: list[tuple[Unit, int]], *, spaced: bool) -> bool:
    """Whether a digit stands in one run with a letter: "x1u" does, "ghi 10" does not."""
    runs: list[set[Made]] = []
    for unit, _ in pairs:
        if unit.gap or not runs:
            runs.append(set())
        runs[-1].add(unit.made)
    if spaced:
        return len(runs) == len(pairs)
    return any(len(run) > 1 for run in runs)


def _letter_evidence(pairs: list[tuple[Unit, int]], spelled: Spelling) -> set[Evidence]:
    evidence: set[Evidence] = set()
    last = -1
    for unit, at in pairs:
        wanted = spelled.letters[at]
        if at == last and (not unit.gap or unit.base == wanted.base):
            evidence.add(Evidence.REPEATED)
        last = at
        if unit.hidden:
            evidence.add(Evidence.HIDDEN)
        if _coded(unit, wanted):
            evidence.add(Evidence.LEET)
        elif unit.made is Made.LOOKALIKE or {unit.base, wanted.base} == {"i", "l"}:
            evidence.add(Evidence.LOOKALIKE)
        elif unit.base != wanted.base:
            evidence.add(Evidence.TEENCODE)
    return evidence
