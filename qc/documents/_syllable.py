"""A rough test for one Vietnamese syllable, used to decide where inline elements split words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from qc.core.lazy import regex

SHAPE = regex(
    r"(?:ngh?|gh?|gi|kh|ch|ph|qu|th|tr|nh|[bcdhklmnpqrstvx])?"
    r"[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether a run of letters has the shape of one Vietnamese syllable (tones not judged)."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return SHAPE.fullmatch(letters) is not None


def splits(left: str, right: str) -> bool:
    """Whether two runs of letters that touch across inline elements are two words.

    "tài" + "trực" are; "tr" + "ường" and "T" + "HCS" are one word with formatting inside.
    """
    if not left or not right:
        return False
    return is_syllable(left) and is_syllable(right) and not is_syllable(left + right)
