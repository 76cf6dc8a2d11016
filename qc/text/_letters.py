"""Letters as a reader sees them: base letter, vowel mark, tone, and how the writer got there.

Every code point is described once and cached by `str.translate` tables, so that folding a text
costs one C-level pass. The classes are deliberately coarse (l, i, j and 1 look alike; c and k,
v and w sound alike): the matcher searches on classes and then verifies the original letters.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

IGNORED = "\x00"  # leaves the folded text: zero-width characters, combining marks, bidi controls
SPACE = " "
JOINT = "."  # any visible character between letters: punctuation, symbols, emoji
OTHER = "~"  # a letter of another script
BREAK = "\n"  # between two blocks; no term reaches over it
PARAGRAPH_SEPARATOR = "\u2029"


class Made(IntEnum):
    """How a letter came to look like its base letter."""

    PLAIN = 0
    LOOKALIKE = 1
    LEET = 2


class Letter(NamedTuple):
    """A letter: ASCII base, vowel mark or stroke (0 none), tone (0 none)."""

    base: str
    mark: int
    tone: int
    made: Made


TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5, "\u0340": 1, "\u0341": 2}
MARKS = {"\u0302": 1, "\u0306": 2, "\u031b": 3}
STROKE = 4
LEET = dict(zip("01234567892@$€|£¢", "oizeasgtbgzaseilc", strict=True)) | {"¡": "i", "ß": "b"}
SOUNDS = {"k": "c", "j": "i", "l": "i", "w": "v"}
_LOOK = {
    "a": "аαɑᴀ∂Λ", "b": "вьЬβʙᏏ", "c": "сϲᴄⅽℂςСС", "d": "ԁɗᴅⅾԀ", "e": "еєҽεᴇ℮ёЕЄ",
    "g": "ɡԍɢց", "h": "һнʜհΗН", "i": "іıɩιї⁞ǀ∣Ӏӏוןɪ", "j": "јϳᴊ", "k": "кκᴋКҝ", "l": "ⅼʟ",
    "m": "мᴍⅿМ", "n": "ոпηɴИи", "o": "оοσᴏ๐օ০০ዐ〇०໐", "p": "рρᴘр", "q": "ԛգ", "r": "гʀᴦ",
    "s": "ѕꜱЅ", "t": "тτᴛ†Т", "u": "υսᴜцμ", "v": "ѵνᴠⅴ", "w": "ԝωᴡшщ", "x": "хχⅹ×Х",
    "y": "уүγʏУ", "z": "ᴢΖ",
}  # fmt: skip
LOOKALIKES = {glyph: base for base, glyphs in _LOOK.items() for glyph in glyphs if glyph > "\x7f"}


@lru_cache(maxsize=8192)
def letter(character: str) -> Letter | None:
    """The letter that one code point stands for; None for marks, separators, other scripts."""
    low = character.lower()
    if "a" <= low <= "z" and len(low) == 1:
        return Letter(low, 0, 0, Made.PLAIN)
    if character in LEET:
        return Letter(LEET[character], 0, 0, Made.LEET)
    if low in "đðɖ":
        return Letter("d", STROKE, 0, Made.PLAIN if low == "đ" else Made.LOOKALIKE)
    return _accented(low) or _lookalike(character)


def _accented(low: str) -> Letter | None:
    """A letter with marks; a foreign letter or mark makes it a look-alike."""
    parts = unicodedata.normalize("NFD", low)
    base = LOOKALIKES.get(parts[0], parts[0])
    if len(parts) < 2 or not "a" <= base <= "z":
        return None
    mark = tone = 0
    made = Made.PLAIN if base == parts[0] else Made.LOOKALIKE
    for part in parts[1:]:
        if part in TONES:
            tone = TONES[part]
        elif part in MARKS:
            mark = MARKS[part]
        else:
            made = Made.LOOKALIKE
    return Letter(base, mark, tone, made)


def _lookalike(character: str) -> Letter | None:
    base = LOOKALIKES.get(character) or LOOKALIKES.get(character.lower())
    if base is None:
        base = _compatible(character)
    return Letter(base, 0, 0, Made.LOOKALIKE) if base else None


def _compatible(character: str) -> str | None:
    """Full-width, mathematical, circled, squared, regional-indicator and small-capital letters."""
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    if "a" <= plain <= "z":
        return plain
    if plain in LOOKALIKES:
        return LOOKALIKES[plain]
    words = unicodedata.name(character, "").split()
    if len(words[-1:]) and len(words[-1]) == 1 and "A" <= words[-1] <= "Z":
        styles = {"LATIN", "SQUARED", "CIRCLED", "INDICATOR", "PARENTHESIZED", "TURNED"}
        if styles & set(words):
            return words[-1].lower()
    return None


def sound(base: str) -> str:
    """The class of a base letter: the letter that stands for all that look or sound like it."""
    return SOUNDS.get(base, base)


class FoldTable(dict[int, str]):
    """The table of `str.translate`: one code point to exactly one class character."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    if character == PARAGRAPH_SEPARATOR:
        return BREAK
    if character.isspace() or character == "\u2800":
        return SPACE
    found = letter(character)
    if found:
        return sound(found.base)
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cc") or character in "\u115f\u1160\u3164\uffa0\ufffc":
        return IGNORED
    return OTHER if category[0] == "L" else JOINT


FOLD = FoldTable()
