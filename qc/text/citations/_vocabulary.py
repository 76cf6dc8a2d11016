"""The words of a citation: kinds of acts, their signs, and who may issue what, with dates."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from qc.core.law import Day, read_day
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.tables import read_table

PARTY_TYPES = frozenset(
    ("NQ", "QĐ", "QĐi", "QyĐ", "CT", "KL", "TB", "HD", "QC", "KH", "BC", "CTr", "TTr", "ĐA", "BB")
) | {"CV", "TTHN", "ĐC", "ĐH", "TT"}
LAW_MAKING = frozenset({"NĐ", "TT", "TTLT", "NQLT"})
LEGACY_ISSUERS = frozenset({"CP", "HĐBT", "TTg", "LCT", "CTN", "HĐNN", "HĐNN7", "HĐNN8"})
LEGACY_TYPES = frozenset({"L", "SL", "CT", "TT", "QĐ", "NĐ", "NQ", "TC", "TB"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """An abbreviation of who issues acts, and the days on which it is the right one."""

    abbr: str
    name: str
    rank: str
    first: Day | None
    last: Day | None
    instead: str | None


def fold(text: str) -> str:
    """Letters and digits without case, diacritics, đ and signs: "GD&ĐT" -> "gddt"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(c for c in plain if c.isalnum())


@cache
def issuers() -> dict[str, Issuer]:
    """Issuers by abbreviation."""
    columns = ("abbr", "name", "rank", "from", "to", "instead")
    rows = read_table("law/issuers.tsv", columns)
    return {
        abbr: Issuer(abbr, name, rank, read_day(first), read_day(last), instead or None)
        for abbr, name, rank, first, last, instead in rows
    }


@cache
def issuer_by_fold() -> dict[str, str]:
    """The usual abbreviation for a folded one; the first row of the table wins."""
    index: dict[str, str] = {}
    for abbr in issuers():
        index.setdefault(fold(abbr), abbr)
    return index


@cache
def kinds() -> dict[str, frozenset[str]]:
    """The signs that a kind of act may carry, by its lower-case name."""
    words: dict[str, set[str]] = {}
    for abbr, word, _family in read_table("law/types.tsv", ("abbr", "word", "family")):
        words.setdefault(word.lower(), set()).add(abbr)
    return {word: frozenset(signs) for word, signs in words.items()}


@cache
def party_only(word: str) -> frozenset[str]:
    """The signs of a kind that only the Party's acts carry."""
    rows = read_table("law/types.tsv", ("abbr", "word", "family"))
    return frozenset(a for a, w, family in rows if w.lower() == word and family == "dang")


@cache
def signs() -> dict[str, str]:
    """The usual name of the kind for each sign."""
    names: dict[str, str] = {}
    for abbr, word, _family in read_table("law/types.tsv", ("abbr", "word", "family")):
        names.setdefault(abbr, word)
    return names


@cache
def sign_by_fold() -> dict[str, tuple[str, ...]]:
    """The signs that a folded sign may stand for: "nd" -> NĐ."""
    index: dict[str, tuple[str, ...]] = {}
    for abbr in signs():
        index[fold(abbr)] = (*index.get(fold(abbr), ()), abbr)
    return index


@cache
def kind_pattern() -> re.Pattern[str]:
    """A kind of act, with an optional `số`, at the end of a text."""
    words = sorted({*kinds(), "công văn", "tiêu chuẩn quốc gia"})
    longest_first = sorted(words, key=len, reverse=True)
    spaced = "|".join(word.replace(" ", r"\s+") for word in longest_first)
    return regex(rf"(?<!\w)(?P<word>(?i:{spaced}))(?P<number>\s+(?i:số)\s*:?)?\s*\Z")
