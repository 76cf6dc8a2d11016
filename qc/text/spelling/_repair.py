"""Exact repairs that need no statistics: joined words, Telex and VNI leftovers, legacy fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from qc.core.chunks import Kept, Spans, find_in_chunks
from qc.core.lazy import regex
from qc.text.spelling._syllable import (
    TONE_MARKS,
    has_vietnamese_marks,
    key_of,
    spell,
    split_toneless,
)

_TELEX_TONES = {"f": 1, "s": 2, "r": 3, "x": 4, "j": 5}
_VOWELS = frozenset("aăâeêioôơuưy")
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_FOREIGN_F = frozenset(("chef", "gif", "ref", "def", "prof", "brief", "chief", "thief"))
_VNI_MARKS = {"a6": "â", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "a8": "ă", "d9": "đ"}
_CAMEL = regex(r"^([^\W\d_]*[^\W\d_A-ZĐ])([A-ZĐÂÊÔƠƯĂ][^\W\d_]+)$")


def set_tone(toneless: str, tone: int) -> str | None:
    """Put a tone on a toneless syllable; None when that makes no syllable."""
    if split_toneless(toneless) is None:
        return None
    word = spell(toneless, tone)
    return word if key_of(word) else None


@lru_cache(maxsize=20_000)
def telex(word: str) -> str | None:
    """What a lower-case Telex word was meant to be ("tieengs" -> "tiếng"), or None.

    The keys are read as an input method reads them, wherever in the word they were typed. A word
    whose only key is a tone must have j or f for it, which foreign words seldom hold.
    """
    if not word.isascii() or len(word) < 3 or word in _FOREIGN_F:
        return None
    keys = [key for at, key in enumerate(word[1:], 1) if key in _TELEX_TONES]
    if len(set(keys)) < len(keys) or (len(keys) > 1 and word[-1] not in _TELEX_TONES):
        return None  # a key typed twice gives back the letter: buff
    body, tone = _typed(word)
    if body.isascii() and not {"j", "f"}.intersection(word[1:]):
        return None
    return set_tone(body, tone) if tone or not body.isascii() else None


def _typed(word: str) -> tuple[str, int]:
    """The letters and the tone that the keys of a word give."""
    letters: list[str] = []
    tone = 0
    for key in word:
        vowel = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and vowel:
            tone = _TELEX_TONES[key]
        elif key == "d" and letters and letters[0] == "d":
            letters[0] = "đ"
        elif key in "aeo" and (letters[-1:] == [key] or (key in letters and word[-1] in "sfrxj")):
            letters[len(letters) - 1 - letters[::-1].index(key)] = _HATS[key]
        elif key == "w":
            _horn(letters)
        else:
            letters.append(key)
    return "".join(letters), tone


def _horn(letters: list[str]) -> None:
    """The key w: a horn or a breve on the last vowel that takes one, on both of uo; else ư."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in "uoa":
            if letters[at] == "o" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
            letters[at] = {"u": "ư", "o": "ơ", "a": "ă"}[letters[at]]
            return
    letters.append("ư")


@lru_cache(maxsize=20_000)
def vni(word: str) -> str | None:
    """What a lower-case word typed with VNI digits was meant to be ("tie61ng" -> "tiếng").

    A word with no other digit than a tone must have it inside ("gia1o").
    """
    if not re.fullmatch(r"[a-z]{1,6}[1-9][a-z1-9]{0,5}", word) or len(word) < 3:
        return None
    body = word.replace("uo7", "u7o7")
    tone = 0
    for pair, mark in _VNI_MARKS.items():
        body = body.replace(pair, mark)
    body = re.sub(r"([aeou])([a-z1-5]*?)([678])", _late_mark, body)
    digits = [char for char in body if char.isdigit()]
    if len(digits) == 1 and digits[0] in "12345":
        tone = (0, 2, 1, 3, 4, 5)[int(digits[0])]
        body = body.replace(digits[0], "")
    elif digits:
        return None
    if body.isascii() and (word[-1].isdigit() or len(word) < 4):
        return None  # lop5: a number behind a word; h2o
    return set_tone(body, tone)


def _late_mark(match: re.Match[str]) -> str:
    pair = match[1] + match[3]
    return _VNI_MARKS.get(pair, pair) + match[2]


def split_joined(word: str, known: Callable[[str], bool]) -> str | None:
    """Two words written as one ("lậptức" -> "lập tức", "củaAndy" -> "của Andy"), or None.

    `known` tells whether two syllables were seen side by side.
    """
    camel = _CAMEL.match(word)
    if camel and key_of(camel[1].lower()):
        first = camel[1].lower()
        if has_vietnamese_marks(first) or (len(first) > 2 and not first.isascii()):
            return f"{camel[1]} {camel[2]}"
    lower = word.lower()
    if len(lower) < 5 or lower.isascii():
        return None
    vietnamese = has_vietnamese_marks(lower)  # else é and ô may be French: both halves need one
    splits = [
        f"{word[:at]} {word[at:]}"
        for at in range(2, len(word) - 1)
        if key_of(lower[:at])
        and key_of(lower[at:])
        and (vietnamese or not (lower[:at].isascii() or lower[at:].isascii()))
    ]
    seen = [split for split in splits if known(split.lower())]
    return seen[0] if len(seen) == 1 or (seen and len(splits) == 1) else None


_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®§¡¢£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĐĂÂÊÔƠƯ",
        strict=True,
    )
)
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_VNI_TONES = {"ù": 2, "ø": 1, "û": 3, "õ": 4, "ï": 5}
_VNI_HATS = {"â": 0, "á": 2, "à": 1, "å": 3, "ã": 4, "ä": 5}
_VNI_BREVES = {"ê": 0, "é": 2, "è": 1, "ú": 3, "ü": 4, "ë": 5}
_VNI_SINGLE = {"ñ": "đ", "Ñ": "Đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _compose(letter: str, tone: int) -> str:
    return unicodedata.normalize("NFC", letter + TONE_MARKS[tone])


def _vni_pairs() -> dict[str, str]:
    pairs = {}
    for base, letter in _VNI_BASES.items():
        for mark, tone in _VNI_TONES.items():
            pairs[base + mark] = _compose(letter, tone)
    for base, letter in (("a", "â"), ("e", "ê"), ("o", "ô")):
        for mark, tone in _VNI_HATS.items():
            pairs[base + mark] = _compose(letter, tone)
    for mark, tone in _VNI_BREVES.items():
        pairs["a" + mark] = _compose("ă", tone)
    return pairs


_VNI_PAIRS = _vni_pairs()
_LEGACY_WORD = regex(r"[A-Za-zµ¸¶·¹¨»¾¼½©ª«¬®§¡¢£¤¥¦\xad\u00c0-\u00ff]+")


def legacy_word(word: str) -> str | None:
    """A word left in a legacy font (TCVN3 or VNI) in Unicode, or None when it is none."""
    for decode in (_from_tcvn3, _from_vni):
        found = decode(word)
        lower = found.lower()
        if found != word and has_vietnamese_marks(lower) and key_of(lower):
            return found
    return None


def _from_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(char, char) for char in word)


def _from_vni(word: str) -> str:
    out, index = [], 0
    while index < len(word):
        pair = word[index : index + 2]
        if pair in _VNI_PAIRS:
            out.append(_VNI_PAIRS[pair])
            index += 2
        else:
            out.append(_VNI_SINGLE.get(word[index], word[index]))
            index += 1
    return "".join(out)


def legacy_words(text: str) -> list[tuple[int, int, str]]:
    """Words of a text left in a legacy font: start, end, the word in Unicode.

    A word that is a good syllable as it stands is left alone ("cô", "á"): the two alphabets share
    letters, so only what cannot be Vietnamese is decoded.
    """
    return decoded(text, find_in_chunks(text, _LEGACY))


def decoded(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """What `legacy_words` gives for the spans it finds."""
    found = []
    for start, end in spans:
        word = legacy_word(text[start:end])
        assert word is not None  # the span was found by decoding it
        found.append((start, end, word))
    return found


def _legacy_spans(chunk: str) -> Spans:
    if chunk.isascii():
        return ()
    found = []
    for match in _LEGACY_WORD.finditer(chunk):
        word = match[0]
        if not word.isascii() and not key_of(word.lower()) and legacy_word(word) is not None:
            found.append(match.span())
    return tuple(found)


_LEGACY = Kept(_legacy_spans)

Marks = list[tuple[int, int, int]]
"""Kind, start and end of the places in a text that a repair looks at."""
OLD_FONT, DIGITS = 0, 1
_DIGITS = regex(r"\b[a-z]{1,6}[1-9][a-z1-9]{0,5}\b")


def marks_of(text: str) -> Marks:
    """Words in a legacy font, and words that hold digits as VNI does."""
    marks = [(OLD_FONT, start, end) for start, end in find_in_chunks(text, _LEGACY)]
    return marks + [(DIGITS, *match.span()) for match in _DIGITS.finditer(text)]


def marks_in(chunk: str) -> Marks:
    """As `marks_of`, of one chunk."""
    marks = [(OLD_FONT, start, end) for start, end in _legacy_spans(chunk)]
    if not chunk.isalpha():
        marks += [(DIGITS, *match.span()) for match in _DIGITS.finditer(chunk)]
    return marks
