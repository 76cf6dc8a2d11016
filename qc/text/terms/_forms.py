"""Forms: the ways a term may be typed, as strings of the folded text.

What folding already undoes (case, marks, look-alikes, digits, repeats, hidden characters,
separators between syllables) needs no form. The rest is spelled out: joined syllables, raw Telex,
VNI and VIQR keystrokes, teencode, the other spelling of y and i, and spoonerisms (nói lái).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.text._letters import MARKS, TONES
from qc.text._view import fold
from qc.text.terms._verify import Evidence

Form = tuple[str, str, str]  # folded text to search, spelling to verify, evidence ("" = the term)
_TELEX_MARK = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
_TELEX_TONE = "-fsrxj"
_VNI_MARK = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
_VNI_TONE = "-21345"
_VIQR_MARK = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_VIQR_TONE = "-`'?~."
_VIQR_SURE = regex(r"[\^(+`'~]|dd")  # "." and "?" alone are punctuation
_ONSET = regex(r"^(ngh|ng|nh|gh|gi(?=[aeoụuâăêôơưàáảãạ])|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?")
_TEEN = (
    (r"\bph", "f"),
    (r"\bqu", "w"),
    (r"\bgi(?=\w)", "z"),
    (r"\bgi(?=\w)", "j"),
    (r"\bđ", "z"),
    (r"\bd", "z"),
)
_TEEN_MORE = ((r"ng\b", "g"), (r"nh\b", "h"), (r"ch\b", "k"), (r"\bng", "n"), (r"\bc(?!h)", "k"))
_Y_OR_I = regex(r"\b([hklmst]|qu)([iyìíỉĩịỳýỷỹỵ])\b")
_Y_FOR_I = dict(zip("iìíỉĩịyỳýỷỹỵ", "yỳýỷỹỵiìíỉĩị", strict=True))


def folded(literal: str) -> str:
    """A literal as it looks in the folded text, without the edges."""
    return fold(literal).text.strip(" ")


def forms(term: str, evasion: str, boundary: str) -> list[Form]:
    """All forms of a term. `evasion` is none, sep, leet or full; see the entry's model."""
    edge = "" if boundary == "free" and " " in term else " "
    found: dict[tuple[str, str], Form] = {}
    for literal, kind in _literals(term, evasion):
        sides = edge if kind in ("", Evidence.JOINED) else " "
        typed = literal.replace(" ", "") if kind == Evidence.JOINED else literal
        searched = f"{sides}{folded(typed)}{sides}"
        if searched.strip() and len(literal) > 1:
            found.setdefault((searched, literal), (searched, literal, kind))
    return list(found.values())


def _literals(term: str, evasion: str) -> Iterator[tuple[str, str]]:
    spellings = [term, *_other_spellings(term)]
    for each in spellings:
        yield each, ""
    if evasion == "none":
        return
    for each in spellings:
        if " " in each:
            yield each, Evidence.JOINED
    if evasion != "full":
        return
    if any(character > "\x7f" and character != "đ" for character in term):
        for typed in _keystrokes(term):
            yield typed, Evidence.KEYSTROKES
    for teen in _teencode(term):
        yield teen, Evidence.TEENCODE


def _other_spellings(term: str) -> list[str]:
    other = _Y_OR_I.sub(lambda match: match[1] + _Y_FOR_I[match[2]], term)
    return [other] if other != term else []


def _keystrokes(term: str) -> Iterator[str]:
    """Telex, VNI and VIQR, with the tone key at the syllable's end and behind its vowel."""
    words = term.split(" ")
    if len(words) > 4:  # a shorter term nearly always stands inside
        return
    for late in (True, False) if len(words) <= 2 else (True,):
        telex = " ".join(_typed(each, _TELEX_MARK, _TELEX_TONE, "dd", late) for each in words)
        yield telex
        if "uwow" in telex:
            yield telex.replace("uwow", "uow")
        for marks, tones, stroke in (
            (_VNI_MARK, _VNI_TONE, "d9"),
            (_VIQR_MARK, _VIQR_TONE, "dd"),
        ):
            typed = " ".join(_typed(each, marks, tones, stroke, late) for each in words)
            if marks is _VNI_MARK or _VIQR_SURE.search(typed):
                yield typed


def _typed(syllable: str, marks: dict[str, str], tones: str, stroke: str, late: bool) -> str:
    typed, tone = "", ""
    for character in unicodedata.normalize("NFD", syllable):
        if character in TONES:
            tone = tones[TONES[character]]
            typed += "" if late else tone
        elif character in MARKS:
            typed += marks[character] or typed[-1]
        else:
            typed += stroke if character == "đ" else character
    return typed + tone if late else typed


def _teencode(term: str) -> Iterator[str]:
    """Each habit alone, then all of the common ones together."""
    everything = term
    for pattern, short in _TEEN:
        yield re.sub(pattern, short, term)
        everything = re.sub(pattern, short, everything)
    for pattern, short in _TEEN_MORE:
        yield re.sub(pattern, short, term)
    yield everything


def spoonerisms(term: str) -> list[str]:
    """Nói lái of a term of two syllables: rhymes swapped, with and without their tones."""
    syllables = term.split(" ")
    if len(syllables) != 2:
        return []
    (first, left), (second, right) = map(_split, syllables)
    if not (left and right) or first == second or left == right:
        return []
    swapped = {f"{first}{right} {second}{left}", f"{second}{left} {first}{right}"}
    (plain_left, tone_left), (plain_right, tone_right) = _untone(left), _untone(right)
    swapped.add(
        f"{first}{_retone(plain_right, tone_left)} {second}{_retone(plain_left, tone_right)}"
    )
    swapped.discard(term)
    return sorted(swapped)


def _split(syllable: str) -> tuple[str, str]:
    onset = _ONSET.match(syllable)
    length = onset.end() if onset else 0
    return syllable[:length], syllable[length:]


def _untone(rhyme: str) -> tuple[str, tuple[int, str]]:
    """The rhyme without its tone, and where the tone stood."""
    plain, place, tone = "", 0, ""
    for character in rhyme:
        parts = unicodedata.normalize("NFD", character)
        marks = [part for part in parts if part in TONES]
        if marks:
            tone, place = marks[0], len(plain)
        kept = "".join(part for part in parts if part not in TONES)
        plain += unicodedata.normalize("NFC", kept)
    return plain, (place, tone)


def _retone(plain: str, tone: tuple[int, str]) -> str:
    if not tone[1]:
        return plain
    vowels = [i for i, c in enumerate(plain) if unicodedata.normalize("NFD", c)[0] in "aeiouy"]
    if not vowels:
        return plain
    marked = [i for i in vowels if len(unicodedata.normalize("NFD", plain[i])) > 1]
    at = marked[-1] if marked else vowels[0 if len(vowels) < 3 and plain[-1:] in "aeiouy" else -1]
    toned = unicodedata.normalize("NFC", plain[at] + tone[1])
    return plain[:at] + toned + plain[at + 1 :]
