"""UTF-8 that was read as Western text (windows-1252, Latin-1): where it is, and what it was."""

from __future__ import annotations

import re

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.syllable import is_vietnamese

# A lead byte and its continuation bytes, as the characters that windows-1252 makes of them.
TAIL = "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
TAIL += (
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
TWICE = regex(f"[\u00c2-\u00df]{TAIL}|[\u00e0-\u00ef]{TAIL}{{2}}|[\u00f0-\u00f4]{TAIL}{{3}}")
BEGUN = regex(f"[\u00c2-\u00f4]{TAIL}")  # how each of them begins; quick to miss
READABLE = regex(
    "[\u00a0-\u024f\u02b0-\u036f\u1e00-\u1eff\u2010-\u2044\u20ab\u2100-\u22ff\ufeff"
    "\U0001f300-\U0001faff]*"
)
# à is C3 A0, and A0 (a hard space) often becomes a common space.
SPACED = regex(r"([^\W\d_]*)\u00c3( {1,2})(?!\u00bb)([^\W\d_]*)")
# Bytes without a character in windows-1252 get lost: ” (E2 80 9D), ề ọ ỏ ờ Ố (E1 BB ..), Đ (C4 90),
# Á Í Ý (C3 ..).
QUOTE = regex(f"\u00e2\u20ac(?!{TAIL})")
HOLE = regex("[^\\W\\d_]*(?:\u00e1\u00bb|\u00c4|\u00c3)[^\\W\\d_]*")
HOLES = {"\u00e1\u00bb": "ềọỏờỐ", "\u00c4": "Đ", "\u00c3": "ÁÍÝ"}


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text: whether all of it could be told, and told without guessing."""

    text: str
    whole: bool
    exact: bool


def garbled_spans(text: str) -> list[tuple[int, int]]:
    """Spans of what is garbled, in order; empty where it proves nothing."""
    if not BEGUN.search(text):
        return []
    spans = [match.span() for match in TWICE.finditer(text) if decoded(match[0]) is not None]
    if not spans or (len(spans) == 1 and not _plain_to_see(text, *spans[0])):
        return []
    others = [match.span() for pattern in (SPACED, HOLE, QUOTE) for match in pattern.finditer(text)]
    return sorted(spans + others)


def repair(text: str) -> Repair:
    """What a garbled text was."""
    exact = True
    for _ in range(2):
        plain = TWICE.sub(lambda match: decoded(match[0]) or match[0], text)
        guessed = HOLE.sub(_filled, SPACED.sub(_spaced, QUOTE.sub("”", plain)))
        exact = exact and guessed == plain
        if guessed == text:
            break
        text = guessed
    whole = not any(pattern.search(text) for pattern in (HOLE, TWICE, QUOTE))
    return Repair(text, whole, exact and whole)


def decoded(sequence: str) -> str | None:
    """The character that a garbled sequence stands for; None where it stands for none."""
    raw = bytearray()
    for character in sequence:
        if ord(character) < 256:
            raw.append(ord(character))
        else:
            raw += character.encode("cp1252")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if READABLE.fullmatch(text) else None


def _spaced(match: re.Match[str]) -> str:
    left, space, right = match.groups()
    joined = f"{left}à{right}"
    if len(space) == 1 and is_vietnamese(joined):
        return joined
    return f"{left}à {right}"


def _filled(match: re.Match[str]) -> str:
    """The one letter that makes a syllable of a word from which a byte was lost."""
    word = match[0]
    for hole, letters in HOLES.items():
        if word.count(hole) != 1:
            continue
        rest = word.replace(hole, "")
        capital = rest.isupper() or word.startswith(hole)
        fitting = [
            filled
            for letter in letters
            if letter.islower() or capital
            if is_vietnamese(filled := word.replace(hole, letter))
            or (hole == "\u00c4" and rest.isupper())
        ]
        if len(fitting) == 1:
            return fitting[0]
    return word


def _plain_to_see(text: str, start: int, end: int) -> bool:
    """Whether one garbled sequence alone is proof: three characters inside a word."""
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return end - start >= 3 and any(each.isalpha() for each in around)
