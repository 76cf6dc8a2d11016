"""Needles: strings of which every match of a pattern must hold one, derived from its parse tree.

A pattern is only run on a text that holds a needle: `in` is far cheaper than a search. What is
derived is a necessary condition, so a pattern with needles finds exactly what it finds without.
"""

from __future__ import annotations

import re
from itertools import product
from math import log2
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MOST = 96  # strings in one requirement
LEAST_WEIGHT = 2.0
DIGIT_WEIGHT = 3.0
_COMMON = frozenset("nhtcigaoumydlkrvbsp ")
_CLOSING = tuple(".,;:!?)]”")  # hardly ever stand behind a space
_FOLDED = frozenset(map(chr, range(128))) | frozenset(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)


class Requirement(NamedTuple):
    """A match holds one of `strings` (in lower case where `folded`), or a digit."""

    strings: tuple[str, ...]
    folded: bool = False
    digit: bool = False


class _Piece(NamedTuple):
    strings: frozenset[str]
    folded: bool


DIGIT = Requirement((), digit=True)


def requirements_of(tree: Any, flags: int) -> tuple[Requirement, ...]:
    """At most two requirements of a parsed pattern, the sharpest first; empty where none helps."""
    folded = bool((flags | tree.state.flags) & re.IGNORECASE)
    found = sorted(_walk(tree, folded), key=_weight, reverse=True)
    good = [_shortest(each) for each in found if _weight(each) >= LEAST_WEIGHT]
    return tuple(good[:1] + [each for each in good[1:] if each.digit != good[0].digit][:1])


def _shortest(each: Requirement) -> Requirement:
    """Without the strings that hold another one."""
    kept = [one for one in each.strings if not any(o != one and o in one for o in each.strings)]
    return each._replace(strings=tuple(kept))


def _weight(each: Requirement) -> float:
    """How seldom a paragraph meets the requirement, roughly in bits."""
    if each.digit:
        return DIGIT_WEIGHT
    return min(map(_rarity, each.strings)) - 0.4 * log2(len(each.strings))


def _rarity(text: str) -> float:
    if text in ("  ", "\n\n") or (text[0] in " \xa0" and text[1:] in _CLOSING):
        return 7.0
    return sum(map(_bits, text[:8]))


def _bits(character: str) -> float:
    if character in _COMMON:
        return 1.0
    if character in ".,":
        return 1.2
    return 2.0 if character.isalnum() else 3.5


def _walk(sequence: Any, folded: bool) -> list[Requirement]:
    """All requirements that a sequence of nodes makes."""
    found: list[Requirement] = []
    run: frozenset[str] = frozenset(("",))

    def flush() -> None:
        nonlocal run
        if "" not in run:
            found.append(Requirement(tuple(sorted(run)), folded))
        run = frozenset(("",))

    for node in sequence:
        exact, open_ended = _exact(node, folded)
        if exact is None or len(exact) * len(run) > MOST:
            flush()
        if exact is None:
            found += _inner(node, folded)
        elif len(exact) <= MOST:
            run = frozenset(a + b for a, b in product(run, exact))
        if open_ended:
            flush()
            run = exact if exact is not None and node[1][0] == 1 else run
    flush()
    return found


def _inner(node: Any, folded: bool) -> list[Requirement]:
    """Requirements of a node that stands for more than a few strings."""
    kind, value = node
    if kind is op.IN and value == [(op.CATEGORY, op.CATEGORY_DIGIT)]:
        return [DIGIT]
    if kind is op.SUBPATTERN:
        return _walk(value[3], _case(folded, value[1], value[2]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _walk(value[2], folded) if value[0] else []
    if kind is op.ATOMIC_GROUP:
        return _walk(value, folded)
    if kind is op.ASSERT:
        return _walk(value[1], folded)
    if kind is op.BRANCH:
        return _branch([_walk(each, folded) for each in value[1]])
    return []


def _branch(choices: list[list[Requirement]]) -> list[Requirement]:
    """What all alternatives of a branch require together."""
    best = [max(each, key=_weight, default=None) for each in choices]
    strings: set[str] = set()
    for each in best:
        if each is None or each.digit or each.folded != (best[0] or DIGIT).folded:
            return [DIGIT] if all(DIGIT in each for each in choices) else []
        strings.update(each.strings)
    if len(strings) > MOST:
        return []
    return [Requirement(tuple(sorted(strings)), bool(best[0] and best[0].folded))]


def _case(folded: bool, added: int, removed: int) -> bool:
    return (folded or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE


def _exact(node: Any, folded: bool) -> tuple[frozenset[str] | None, bool]:
    """The strings a node stands for, if few; and whether more of the same may follow."""
    kind, value = node
    if kind is op.LITERAL:
        return _characters([value], folded), False
    if kind is op.IN:
        return _set(value, folded), False
    if kind in (op.AT, op.ASSERT_NOT):
        return frozenset(("",)), False
    if kind is op.SUBPATTERN and _case(folded, value[1], value[2]) == folded:
        return _sequence(value[3], folded), False
    if kind is op.BRANCH:
        parts = [_sequence(each, folded) for each in value[1]]
        known = [each for each in parts if each is not None]
        if len(known) < len(parts):
            return None, False
        joined = frozenset().union(*known)
        return (joined if len(joined) <= MOST else None), False
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(value, folded)
    return None, False


def _repeated(value: Any, folded: bool) -> tuple[frozenset[str] | None, bool]:
    least, most, inner = value
    strings = _sequence(inner, folded)
    if strings is None or least == 0:
        if strings is not None and most == 1 and len(strings) < 4:
            return strings | {""}, False
        return None, False
    total = frozenset(("",))
    for _ in range(min(least, 4)):
        total = frozenset(a + b for a, b in product(total, strings))
        if len(total) > MOST:
            return None, False
    return total, not (least == most and least <= 4)


def _sequence(sequence: Any, folded: bool) -> frozenset[str] | None:
    total = frozenset(("",))
    for node in sequence:
        strings, open_ended = _exact(node, folded)
        if strings is None or open_ended:
            return None
        total = frozenset(a + b for a, b in product(total, strings))
        if len(total) > MOST:
            return None
    return total


def _set(items: Any, folded: bool) -> frozenset[str] | None:
    codes: list[int] = []
    for kind, value in items:
        if kind is op.LITERAL:
            codes.append(value)
        elif kind is op.RANGE and value[1] - value[0] < 12:
            codes.extend(range(value[0], value[1] + 1))
        else:
            return None
    return _characters(codes, folded) if len(codes) <= 24 else None


def _characters(codes: list[int], folded: bool) -> frozenset[str] | None:
    characters = frozenset(map(chr, codes))
    if not folded:
        return characters
    lower = frozenset(each.lower() for each in characters)
    return lower if lower <= _FOLDED else None
