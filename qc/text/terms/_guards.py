"""Guards: which readings are believed. Each was measured on clean news, law and encyclopaedia."""

from __future__ import annotations

import unicodedata

from qc.text._letters import STROKE, Made, letter
from qc.text.terms._term import Term
from qc.text.terms._verify import Evidence, Reading

ACCENTED_SHARE = 0.15  # a text with more accented words than this is written with diacritics
CONTEXT_CHARACTERS = 80
STRONG = frozenset({Evidence.HIDDEN, Evidence.SEPARATED})
UNLIKELY = STRONG | {Evidence.LEET}  # nobody writes so by chance
TYPED_APART = STRONG | {Evidence.LOOKALIKE}
MILD = frozenset({"insult", "hate", "vulgar", "profanity"})
LITERAL_KINDS = frozenset({Evidence.KEYSTROKES, Evidence.SWAPPED})


def credible(term: Term, reading: Reading, kind: str, slice_: str) -> bool:
    """Whether a verified reading may count as a hit, before its context is looked at."""
    if kind in LITERAL_KINDS and not reading.exact:
        return False
    if reading.exact:
        return term.case != "exact" or slice_ == term.term
    if Evidence.SEPARATED in reading.evidence and not _set_apart(term, reading, slice_):
        return False
    if term.evasion == "none" or (reading.letters + reading.leet <= 5 and _abbreviation(term)):
        if Evidence.LOOKALIKE in reading.evidence and _plain(slice_):
            return False
        return reading.evidence <= TYPED_APART and term.evasion != "none"
    if reading.leet and not _leet_believed(reading, slice_):
        return False
    bare = reading.missing or not reading.marks
    if bare and Evidence.LOOKALIKE in reading.evidence and _plain(slice_):
        return False
    if not reading.missing:
        return Evidence.TEENCODE not in reading.evidence or reading.letters > 2
    needed = term.diacritics == "strict" or (
        term.diacritics == "whole" and Evidence.PARTIAL in reading.evidence
    )
    if needed and not reading.evidence & STRONG and not _coded(reading, slice_):
        return False
    if Evidence.TEENCODE in reading.evidence or kind == Evidence.TEENCODE:
        return False
    if " " not in term.term:
        return _one_syllable(term, reading, slice_)
    letters = reading.letters + reading.leet
    if {Evidence.REPEATED, Evidence.NO_MARKS} <= reading.evidence and letters < 8:
        return False
    joined = Evidence.JOINED in reading.evidence or kind == Evidence.JOINED
    if joined:
        return letters >= 6
    if term.diacritics == "fold":
        return True
    return letters >= (4 if reading.evidence & (UNLIKELY | {Evidence.PARTIAL}) else 5)


def _set_apart(term: Term, reading: Reading, slice_: str) -> bool:
    """Letters set apart on purpose: without its marks a word must be split at every letter."""
    if Evidence.JOINED in reading.evidence:
        return False
    bare = (reading.missing or not reading.marks) and not any(map(_emoji, slice_))
    syllables = term.term.count(" ") + 1
    return not bare or reading.gaps >= reading.letters + reading.leet - syllables


def _coded(reading: Reading, slice_: str) -> bool:
    """A digit inside a word of three letters or more; "D1" and "M4" are names of things."""
    words = slice_.split() if reading.leet else []
    return any(len(w) > 2 and not w.isdigit() and _has_digit(w) for w in words)


def _has_digit(word: str) -> bool:
    return any(one is not None and one.made is Made.LEET for one in map(letter, word))


def _emoji(character: str) -> bool:
    return character > "\u2000" and unicodedata.category(character) == "So"


def _one_case(slice_: str) -> bool:
    """Small letters, capitals, or a capital at the beginning: "cho M4" is none of these."""
    return slice_.isupper() or slice_[1:] == slice_[1:].lower()


def _abbreviation(term: Term) -> bool:
    """A short word without vowel marks or tones: anything but the plain spelling is chance."""
    return " " not in term.term and all(one is None or not (one.tone or one.mark % STROKE)
                                        for one in map(letter, term.term))  # fmt: skip


def _leet_believed(reading: Reading, slice_: str) -> bool:
    if reading.letters < 2 or (reading.missing and not _one_case(slice_)):
        return False
    return reading.leet <= reading.letters or reading.leet + reading.letters >= 5


def _one_syllable(term: Term, reading: Reading, slice_: str) -> bool:
    """One syllable with marks missing: believed only where something else shows intent."""
    evidence = reading.evidence
    if Evidence.PARTIAL in evidence:
        return not {Evidence.TEENCODE, Evidence.LOOKALIKE} & evidence or bool(evidence & STRONG)
    if term.diacritics == "fold":
        return True
    if term.severity < 3 or reading.letters + reading.leet < 3:
        return False
    if Evidence.LEET in evidence or evidence & STRONG:
        return slice_ == slice_.lower() and slice_[:1].isalpha() and slice_[-1:].isalpha()
    return Evidence.LOOKALIKE in evidence and not _plain(slice_) and not slice_.isupper()


def _plain(slice_: str) -> bool:
    """True where the look-alike is only I for l, or where the word is Russian or Greek as such."""
    letters = [(c, one) for c, one in zip(slice_, map(letter, slice_), strict=True) if one]
    if all(one.made is not Made.LOOKALIKE for _, one in letters):
        return True
    return all("\u0370" <= c <= "\u052f" for c, _ in letters)


def chance(term: Term, evidence: frozenset[Evidence], text: str, start: int, end: int) -> bool:
    """A mild insult without its marks, in a text that has none: as likely other words."""
    if Evidence.NO_MARKS not in evidence or evidence & STRONG or term.severity > 2:
        return False
    short = len(term.term.replace(" ", "")) < 8
    return short and term.category in MILD and not accented_around(text, start, end)


def accented_around(text: str, start: int, end: int) -> bool:
    """Whether the words around a span are written with diacritics."""
    before = text[max(start - CONTEXT_CHARACTERS, 0) : start]
    after = text[end : end + CONTEXT_CHARACTERS]
    words = before.split() + after.split()
    accented = sum(not word.isascii() for word in words)
    return bool(words) and accented > ACCENTED_SHARE * len(words)


def glued_span(text: str, start: int, end: int, reading: Reading) -> bool:
    """Whether a hit inside a longer run of letters is glued text ("tàitrực"), not a longer word.

    What is left of the word on either side must be a syllable of its own: on the left it needs a
    vowel, on the right it begins with a consonant and has a vowel.
    """
    left = right = ""
    if text[start - 1 : start].isdigit() or text[end : end + 1].isdigit():
        return False
    while start - len(left) > 0 and len(left) < 12 and text[start - len(left) - 1].isalpha():
        left = text[start - len(left) - 1] + left
    while end + len(right) < len(text) and len(right) < 12 and text[end + len(right)].isalpha():
        right += text[end + len(right)]
    if not reading.exact:
        solid = Evidence.JOINED in reading.evidence
        enough = 6 if not (left and right) else 9
        return solid and reading.letters >= enough and _syllables(left, right)
    return _syllables(left, right)


def _syllables(left: str, right: str) -> bool:
    if left and not any(_vowel(character) for character in left):
        return False
    if right and (_vowel(right[0]) or not any(_vowel(character) for character in right)):
        return False
    return len(left) != 1 and len(right) != 1


def _vowel(character: str) -> bool:
    found = letter(character)
    return found is not None and found.base in "aeiouy"
