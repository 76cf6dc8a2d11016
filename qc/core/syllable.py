"""Whether a word is one Vietnamese syllable, by its letters: onset, rime, tone and stop."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from qc.core.lazy import regex

TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
ONSETS = "ngh|nh|ng|th|tr|ch|kh|ph|gh|gi|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên "
    "iêng iêp iêt iêu o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay "
    "oăc oăm oăn oăng oăt oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua "
    "uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uôc uôi uôm uôn uông uôt uơ uy "
    "uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y yêm yên yêng yêt yêu êng"
)
STOP = regex(r"(?:c|ch|p|t)\Z")


@cache
def _shape() -> re.Pattern[str]:
    rimes = "|".join(sorted(RIMES.split(), key=len, reverse=True))
    return regex(f"(?:{ONSETS})?(?:{rimes})|gi[mnpt]?|qu(?:ê|y|i)?")


@lru_cache(maxsize=16384)
def is_vietnamese(word: str) -> bool:
    """Whether a word (NFC or NFD, any case) can be a Vietnamese syllable."""
    letters: list[str] = []
    tone = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in TONE_MARKS:
            if tone:
                return False
            tone = character
        else:
            letters.append(character)
    base = unicodedata.normalize("NFC", "".join(letters))
    if _shape().fullmatch(base) is None:
        return False
    return STOP.search(base) is None or tone in ("\u0301", "\u0323")
