"""Error model: which syllables a writer may have meant, and how (tone, mark, letter, dialect, key).

Works on toneless forms plus a tone. The kinds are few and named, because the calibration learns one
weight for each; the costs are negative log-probabilities that only order the candidates beforehand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import Protocol

Pairs = tuple[tuple[int, int], ...]
"""(tone, number) of each syllable that is written with the same letters and marks."""


class Forms(Protocol):
    """What finds the syllables of a toneless form: a dict, or what looks them up."""

    def get(self, form: str, none: Pairs, /) -> Pairs:
        """The pairs of a form, in the order of their numbers; `none` where there are none."""


class Slip(IntEnum):
    """How the written form departs from the meant one."""

    HOOK_TILDE = 0
    TONE_DROPPED = 1
    TONE_ADDED = 2
    TONE_CHANGED = 3
    MARK = 4
    MARK_AND_TONE = 5
    ONSET = 6
    CODA = 7
    LETTER_DROPPED = 8
    LETTER_ADDED = 9
    NEAR_KEY = 10
    LETTER_CHANGED = 11
    SWAPPED = 12
    MARKS_MISSING = 13
    RIME = 14
    DOUBLED = 15
    MISPLACED = 16
    SOUND_AND_TONE = 17
    FOREIGN = 18


COST = {
    Slip.HOOK_TILDE: 4.5,
    Slip.TONE_DROPPED: 5.5,
    Slip.TONE_ADDED: 6.5,
    Slip.TONE_CHANGED: 6.0,
    Slip.MARK: 5.5,
    Slip.MARK_AND_TONE: 7.5,
    Slip.ONSET: 6.0,
    Slip.CODA: 6.0,
    Slip.LETTER_DROPPED: 7.0,
    Slip.LETTER_ADDED: 7.5,
    Slip.NEAR_KEY: 7.5,
    Slip.LETTER_CHANGED: 8.5,
    Slip.SWAPPED: 7.0,
    Slip.MARKS_MISSING: 7.0,
    Slip.RIME: 7.0,
    Slip.DOUBLED: 4.0,
    Slip.MISPLACED: 1.0,
    Slip.SOUND_AND_TONE: 8.0,
    Slip.FOREIGN: 8.0,
}

LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơư"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ONSET_GROUPS = (
    ("ch", "tr"),
    ("s", "x"),
    ("d", "gi", "r", "v"),
    ("l", "n"),
    ("ng", "ngh"),
    ("g", "gh"),
    ("c", "k", "qu"),
    ("n", "nh"),
    ("d", "đ"),
    ("h", "qu"),
    ("kh", "ph"),
    ("t", "th"),
    ("c", "ch"),
    ("c", "kh"),
    ("s", "th"),
    ("b", "p"),
)
_CODA_GROUPS = (("n", "ng", "nh"), ("t", "c", "ch"), ("p", "t"), ("m", "n"))
_RIME_GROUPS = tuple(
    tuple(group.split())
    for group in (
        "ao au",
        "ai ay ây",
        "iêu iu êu",
        "ươu ưu iêu",
        "uôi ui",
        "ươi ưi ơi",
        "iêm im êm",
        "iêp ip êp",
        "ong ông ung",
        "oc ôc uc",
        "om ôm ơm",
        "op ôp ơp",
        "ăm âm am",
        "ăp âp ap",
        "anh ênh inh",
        "ach êch ich",
        "oan an oang",
        "oai ai",
        "oa a",
        "uân ân",
        "uât ât",
        "uê ê",
        "uyên iên",
        "uyêt iêt",
        "uôn un ông",
        "uôm um",
        "ươn ưn ương",
        "in iên",
        "it iêt",
        "eo oeo",
        "ăn ân",
        "ui uy",
    )
)


@cache
def bare(letter: str) -> str:
    """Letter without vowel mark or bar: ơ -> o, đ -> d."""
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


@cache
def _near(left: str, right: str) -> bool:
    for row, keys in enumerate(_ROWS):
        if left not in keys:
            continue
        for other in range(max(0, row - 1), min(3, row + 2)):
            if right in _ROWS[other]:
                return abs(keys.index(left) - _ROWS[other].index(right)) <= 1
    return False


def candidates(toneless: str, tone: int, forms: Forms) -> dict[int, Slip]:
    """Numbers of the syllables that may have been meant -> the likeliest slip that explains each.

    `forms` gives for a toneless form its (tone, number) pairs.
    """
    found: dict[int, Slip] = {}
    for form, slip in _rewrites(toneless):
        for other_tone, number in forms.get(form, ()):
            kind = _with_tone(slip, tone, other_tone)
            if kind is not None and (number not in found or COST[kind] < COST[found[number]]):
                found[number] = kind
    return found


def _with_tone(slip: Slip | None, tone: int, other: int) -> Slip | None:
    """Join a change of letters with a change of tone; None where the two together are too far."""
    if slip is None:
        return _tone_slip(tone, other)
    if tone == other:
        return slip
    if slip is Slip.MARK:
        return Slip.MARKS_MISSING if tone == 0 else Slip.MARK_AND_TONE
    if slip in (Slip.ONSET, Slip.CODA, Slip.RIME) and {tone, other} <= {2, 3, 4, 5, 0, 1}:
        close = {tone, other} in ({3, 4}, {2, 3}, {2, 5})
        return Slip.SOUND_AND_TONE if close else None
    if slip in (Slip.LETTER_DROPPED, Slip.SWAPPED) and tone == 0:
        return Slip.SOUND_AND_TONE
    return None


def _tone_slip(tone: int, other: int) -> Slip | None:
    if tone == other:
        return None
    if {tone, other} == {3, 4}:
        return Slip.HOOK_TILDE
    if tone == 0:
        return Slip.TONE_DROPPED
    return Slip.TONE_ADDED if other == 0 else Slip.TONE_CHANGED


def _rewrites(form: str) -> Iterator[tuple[str, Slip | None]]:
    """Toneless forms within one slip of `form`; None marks the form itself."""
    yield form, None
    yield from _remark(form)
    yield from _dialect(form)
    yield from _retype(form)


def _remark(form: str) -> Iterator[tuple[str, Slip]]:
    """Every other choice of vowel marks and đ on the same bare letters (at most two changed)."""
    options = [_MARKED.get(bare(letter), (letter,)) for letter in form]
    for index, choices in enumerate(options):
        for letter in choices:
            if letter == form[index]:
                continue
            once = form[:index] + letter + form[index + 1 :]
            yield once, Slip.MARK
            for second in range(index + 1, len(form)):
                for other in options[second]:
                    if other != form[second]:
                        yield once[:second] + other + once[second + 1 :], Slip.MARK


_MARKED = {
    "a": ("a", "ă", "â"),
    "e": ("e", "ê"),
    "o": ("o", "ô", "ơ"),
    "u": ("u", "ư"),
    "d": ("d", "đ"),
}


def _dialect(form: str) -> Iterator[tuple[str, Slip]]:
    for onset, other in _pairs(_ONSET_GROUPS):
        if form.startswith(onset):
            yield other + form[len(onset) :], Slip.ONSET
    for coda, other in _pairs(_CODA_GROUPS):
        if form.endswith(coda):
            yield form[: -len(coda)] + other, Slip.CODA
    for rime, other in _pairs(_RIME_GROUPS):
        if form.endswith(rime):
            yield form[: -len(rime)] + other, Slip.RIME


@cache
def _pairs(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one, other) for group in groups for one in group for other in group if one != other
    )


def _retype(form: str) -> Iterator[tuple[str, Slip]]:
    size = len(form)
    for index in range(size):
        shorter = form[:index] + form[index + 1 :]
        if shorter:
            doubled = index and form[index] == form[index - 1]
            yield shorter, Slip.DOUBLED if doubled else Slip.LETTER_ADDED
        if index and form[index] != form[index - 1]:
            yield (
                form[: index - 1] + form[index] + form[index - 1] + form[index + 1 :],
                Slip.SWAPPED,
            )
        head, tail = form[:index], form[index + 1 :]
        for letter, slip in _changes(form[index]):
            yield head + letter + tail, slip
    for index in range(size + 1):
        head, tail = form[:index], form[index:]
        for letter in LETTERS:
            yield head + letter + tail, Slip.LETTER_DROPPED


@cache
def _changes(written: str) -> tuple[tuple[str, Slip], ...]:
    """Other letters that may have been meant, vowel marks aside."""
    own = bare(written)
    return tuple(
        (letter, Slip.NEAR_KEY if _near(own, bare(letter)) else Slip.LETTER_CHANGED)
        for letter in LETTERS
        if bare(letter) != own
    )
