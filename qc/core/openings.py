"""Openings: the characters that a match can begin with, derived from the parse tree of a pattern.

A search of `re` passes over characters that cannot begin a match where the pattern begins with a
literal or a class; behind an assertion, a repeat or a group it tries a match at every character,
ten times as dear. The class found here, put where the engine looks for one, makes it pass over
them too. The class may be wider than it must be, never narrower, so that a search finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from operator import or_
from re import _compiler  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

BMP = 0x10000
LAST = 0x10FFFF  # characters behind the BMP are in every class
LATIN1 = 0x100
EVERY = (1 << BMP) - 1
MOST_RANGES = 6  # of a class that is not kept as a table
LONGEST_RANGE = 512  # whose other cases are looked for
COMMON = "nhtcigaoumydlkrvbsp "
MOST_COMMON = 12  # of those in a class that is worth looking at
_MARKS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_FREQUENT = sorted(  # what stands in texts and is not Latin-1: exact, all else may be wider
    {ord(each) for each in _MARKS + _MARKS.upper() + "‘’“”–—…•" if ord(each) >= LATIN1}
)
_ODD = "\u0130\u03f4\u1e9e\u2126\u212a\u212b"  # not the upper case of their own lower case

INFO_LENGTH = 4  # words of an INFO block without a class, behind its first one

_CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}

Mask = int  # a bit for each character of the BMP


def with_opening(code: list[int], tree: Any, flags: int) -> list[int]:
    """The code of a pattern with the class of its openings; the same where none helps."""
    flags |= tree.state.flags
    if code[0] != op.INFO or code[2] & op.SRE_INFO_PREFIX or not code[3]:
        return code
    mask, may_be_empty = _sequence(tree, flags)
    common = sum(mask >> ord(each) & 1 for each in COMMON)
    if may_be_empty or common > MOST_COMMON:
        return code
    opening: list[int] = []
    _compiler._compile_charset(_class(mask), 0, opening)
    rest = code[1 + code[1] :]
    length = INFO_LENGTH + len(opening)
    return [code[0], length, code[2] | op.SRE_INFO_CHARSET, code[3], code[4], *opening, *rest]


def _sequence(sequence: Any, flags: int) -> tuple[Mask, bool]:
    """What a sequence of nodes can begin with, and whether it may be empty."""
    mask = 0
    for kind, value in sequence:
        if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            continue
        found, may_be_empty = _node(kind, value, flags)
        mask |= found
        if not may_be_empty:
            return mask, False
    return mask, True


def _node(kind: Any, value: Any, flags: int) -> tuple[Mask, bool]:
    if kind is op.LITERAL:
        return _character(value, flags), False
    if kind is op.IN:
        return _set(value, flags), False
    if kind is op.SUBPATTERN:
        return _sequence(value[3], (flags | value[1]) & ~value[2])
    if kind is op.ATOMIC_GROUP:
        return _sequence(value, flags)
    if kind is op.BRANCH:
        found = [_sequence(each, flags) for each in value[1]]
        return reduce(or_, (mask for mask, _ in found)), any(empty for _, empty in found)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        mask, may_be_empty = _sequence(value[2], flags)
        return mask, may_be_empty or value[0] == 0
    return EVERY, False


def _set(items: Any, flags: int) -> Mask:
    negated = items[0][0] is op.NEGATE
    if negated and flags & (re.IGNORECASE | re.ASCII):
        return EVERY
    mask = 0
    for kind, value in items[negated:]:
        if kind is op.LITERAL:
            mask |= _character(value, flags)
        elif kind is op.RANGE:
            mask |= _range(value, flags)
        elif value in _CATEGORIES:
            mask |= _category(value)
        else:
            return EVERY
    return EVERY & ~mask if negated else mask


def _range(ends: tuple[int, int], flags: int) -> Mask:
    first, last = ends[0], min(ends[1], BMP - 1)
    if not flags & re.IGNORECASE:
        return (1 << last + 1) - (1 << first) if first <= last else 0
    if last - first > LONGEST_RANGE:
        return EVERY
    return reduce(or_, (_character(each, flags) for each in range(first, last + 1)), 0)


def _character(character: int, flags: int) -> Mask:
    return _mask(_cases(character) if flags & re.IGNORECASE else (character,))


@cache
def _cases(character: int) -> frozenset[int]:
    """The characters that `re` takes for this one where case does not count."""
    from _sre import unicode_tolower  # type: ignore[import-not-found]

    lower = unicode_tolower(character)
    same = {lower, *_compiler._EXTRA_CASES.get(lower, ())}
    written = (form for one in map(chr, same) for form in (one, one.upper(), one.title()))
    known = {*(ord(each) for each in written if len(each) == 1), *map(ord, _ODD)}
    return frozenset(each for each in known if unicode_tolower(each) in same)


@cache
def _category(name: Any) -> Mask:
    every = "".join(map(chr, range(BMP)))
    return _mask(ord(each) for each in re.findall(_CATEGORIES[name], every))


def _mask(characters: Iterable[int]) -> Mask:
    return reduce(or_, (1 << each for each in characters if each < BMP), 0)


def _class(mask: Mask) -> list[Any]:
    """The characters of a mask as the engine reads them, the quick test first."""
    bits = bin(mask)[:1:-1]
    ranges = [(op.RANGE, each) for each in _high_ranges(bits)]
    if len(ranges) > MOST_RANGES:
        ranges = [(op.RANGE, (BMP, LAST))]
    else:
        bits = bits[:LATIN1]
    exact = [(op.LITERAL, each) for each, bit in enumerate(bits) if bit == "1"]
    found, _ = _compiler._optimize_charset(exact)
    return [*found, *ranges]


def _high_ranges(bits: str) -> Iterator[tuple[int, int]]:
    """Ranges that hold the wanted characters behind Latin-1, and no frequent one besides."""
    first: int | None = None
    last = LATIN1
    for begin, end, wanted in _high_segments(bits):
        if wanted:
            first, last = begin if first is None else first, end
        elif wanted is False and first is not None:
            yield first, last
            first = None
    yield BMP if first is None else first, LAST


def _high_segments(bits: str) -> Iterator[tuple[int, int, bool | None]]:
    """What lies behind Latin-1: wanted or not; None for a gap in which either will do."""
    begin = LATIN1
    for frequent in _FREQUENT:
        if begin < frequent:
            yield begin, frequent - 1, "1" in bits[begin:frequent] or None
        yield frequent, frequent, bits[frequent : frequent + 1] == "1"
        begin = frequent + 1
    yield begin, BMP - 1, "1" in bits[begin:] or None
