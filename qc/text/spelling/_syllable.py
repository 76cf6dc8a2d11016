"""Grammar of the Vietnamese syllable: onset + rime + tone, and where the tone mark stands.

Every function takes NFC text. A *toneless* form keeps the vowel marks (ă â ê ô ơ ư) and đ and loses
only the tone. A *key* is the toneless form plus a tone digit; it does not depend on the placement
of the mark (hòa = hoà) nor on i/y in an open syllable (kỹ = kĩ), so that two right spellings never
compete with each other in the language model."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

TONES = "012345"  # the digit that ends a key
TONE_MARKS = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")  # ngang huyền sắc hỏi ngã nặng


def _words(text: str) -> list[str]:
    return text.split()


VOWELS = "aăâeêioôơuưy"

_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel in VOWELS
    for tone, mark in enumerate(TONE_MARKS)
}
_COMPOSED = {pair: char for char, pair in _TONED.items()}

ONSETS = tuple(
    sorted(
        _words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"),
        key=len,
        reverse=True,
    )
)
RIMES = frozenset(
    _words("""
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya
    uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """)
)
_AFTER_QU = frozenset(
    _words("""
    a ai an ang anh ao ach at au ay ac ăc ăm ăn ăng ăp ăt ân âng ât âu ây ây e en eo et
    ê ên êt êch ênh êu i it in y yên yêt ynh yt ych ơ ơi ôc
    """)
)
_AFTER_G_I = frozenset(_words("i in iêc iêm iên iêng iêt"))
_FRONT = frozenset("eêiy")
_STOPS = ("c", "p", "t", "ch")
_OPEN_PAIRS = frozenset(("oa", "oe", "uy"))


class Syllable(NamedTuple):
    """One syllable taken apart; `mark_at` is the index of the tone mark in the letters, or -1."""

    onset: str
    rime: str
    tone: int
    mark_at: int


def strip_tone(word: str) -> tuple[str, int, int, int]:
    """Lower-case NFC `word` -> (toneless form, tone 0-5, index of the mark or -1, marks)."""
    tone, mark_at, marks = 0, -1, 0
    letters = []
    for index, char in enumerate(word):
        base, char_tone = _TONED.get(char, (char, 0))
        letters.append(base)
        if char_tone:
            tone, mark_at, marks = char_tone, index, marks + 1
    return "".join(letters), tone, mark_at, marks


@lru_cache(maxsize=65536)
def split_toneless(toneless: str) -> tuple[str, str] | None:
    """Toneless lower-case form -> (onset, rime), or None where it is no Vietnamese syllable."""
    if toneless.startswith("qu"):
        return ("qu", toneless[2:]) if toneless[2:] in _AFTER_QU else None
    if toneless.startswith("gi"):
        if toneless[1:] in _AFTER_G_I:
            return "g", toneless[1:]
        rime = toneless[2:]
        return ("gi", rime) if rime in RIMES and rime[0] not in "iy" else None
    for onset in ONSETS:
        if toneless.startswith(onset) and toneless[len(onset) :] in RIMES:
            rime = toneless[len(onset) :]
            return (onset, rime) if _agree(onset, rime) else None
    if toneless in RIMES and not toneless.startswith("iê"):
        return "", toneless
    return None


def _agree(onset: str, rime: str) -> bool:
    """Whether the onset fits the first vowel: k, gh, ngh before e ê i y; c, g, ng else."""
    front = rime[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    return not (rime[0] == "y" and len(rime) > 1)


@lru_cache(maxsize=65536)
def parse(word: str) -> Syllable | None:
    """Lower-case NFC `word` -> its parts when letters and tone form a syllable (mark anywhere)."""
    toneless, tone, mark_at, marks = strip_tone(word)
    if marks > 1:
        return None
    parts = split_toneless(toneless)
    if parts is None:
        return None
    if parts[1].endswith(_STOPS) and tone not in (2, 5):
        return None
    return Syllable(parts[0], parts[1], tone, mark_at)


def is_well_placed(syllable: Syllable) -> bool:
    """Whether the tone mark stands where either school (hòa or hoà) puts it."""
    if syllable.tone == 0:
        return True
    offset = len(syllable.onset)
    at = offset + main_vowel(syllable.rime)
    if syllable.mark_at == at:
        return True
    return is_style_pair(syllable) and syllable.mark_at == offset


def is_style_pair(syllable: Syllable) -> bool:
    """Whether both placements are right: open oa, oe, uy (hòa/hoà, khỏe/khoẻ, thủy/thuỷ)."""
    return syllable.rime in _OPEN_PAIRS and syllable.onset != "qu"


@lru_cache(maxsize=512)
def main_vowel(rime: str) -> int:
    """Index in the toneless rime of the vowel that carries the tone under the phonetic rule."""
    marked = [index for index, char in enumerate(rime) if char in "ăâêôơư"]
    if marked:
        return marked[-1] if rime != "ưa" and rime not in ("ưu", "ưi") else 0
    vowels = [index for index, char in enumerate(rime) if char in VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    if rime in ("ia", "ua"):
        return 0
    if rime[:2] in ("oa", "oe", "uy", "oo"):
        return 1
    return 0


def spell(toneless: str, tone: int, *, classic: bool = False) -> str:
    """Write a toneless syllable with its tone; `classic` puts it on the first of oa, oe, uy."""
    if tone == 0:
        return toneless
    parts = split_toneless(toneless)
    if parts is None:
        return toneless
    onset, rime = parts
    at = len(onset) + main_vowel(rime)
    if classic and rime in _OPEN_PAIRS and onset != "qu":
        at = len(onset)
    return toneless[:at] + _COMPOSED[toneless[at], tone] + toneless[at + 1 :]


_FREE_I = frozenset(("h", "k", "l", "m", "s", "t", "qu"))


def key_of(word: str) -> str | None:
    """Lower-case NFC `word` -> model key ("hoa1"), or None when it is no syllable or ill-placed."""
    syllable = parse(word)
    if syllable is None or not is_well_placed(syllable):
        return None
    rime = "i" if syllable.rime == "y" and syllable.onset in _FREE_I else syllable.rime
    return f"{syllable.onset}{rime}{syllable.tone}"


def spell_key(key: str, *, classic: bool = True) -> str:
    """Model key -> the usual spelling (kĩ stays as most people write it: kỹ, lý, quý)."""
    toneless, tone = key[:-1], int(key[-1])
    if key in _USUAL_Y:
        toneless = toneless[:-1] + "y"
    return spell(toneless, tone, classic=classic)


_USUAL_Y = frozenset(
    _words("hi1 ki0 ki1 ki2 ki3 ki4 ki5 li0 li2 mi4 si1 ti3 ti4 ti5 qui0 qui1 qui2 qui3 qui4 qui5")
)


def has_marks(word: str) -> bool:
    """Whether a word carries any letter only Vietnamese writes with a mark (tone, vowel, đ)."""
    return any(ord(char) > 127 for char in word)


_VIETNAMESE = frozenset(char for char in _TONED if ord(char) > 127) | {"đ"}
_SHARED = frozenset("áàãâéèêíìóòõôúùý")  # French, Spanish, Portuguese write these too


def has_vietnamese_marks(word: str) -> bool:
    """Whether a lower-case word carries a letter that hardly any other language writes."""
    return any(char in _VIETNAMESE and char not in _SHARED for char in word)
