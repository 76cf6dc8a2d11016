"""Needles: strings of which every match of a pattern must hold one, derived from its parse tree.

A pattern is only run on a text that holds a needle: `in` is far cheaper than a search. What is
derived is a necessary condition, so a pattern with needles finds exactly what it finds without.
Where it is also known how far behind the beginning of a match a needle may stand, the pattern need
only be tried there: see `anchor_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from math import log2
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MOST = 96  # strings in one requirement
MOST_ANCHORS = 480  # strings in one anchor
LONGEST_LEAD = 12  # characters of a match before its anchor
LEAST_RARITY = 3.0
LEAST_WEIGHT = 2.0
DIGIT_WEIGHT = 3.0
_COMMON = frozenset("nhtcigaoumydlkrvbsp ")
_CLUSTERS = frozenset("ch gh kh ng nh ph qu th tr".split())
_FREQUENT = frozenset(
    "anh bao ban biên bộ ca cac cho chi chỉ co con cong cua cung các có công cùng của da di den do "
    "duoc em giao ha hai hoi hội khi khong không la lam là lop mot một nam nay ngay ngày nguoi nha "
    "nhà nhung những năm phong quan ra sau so tai tat the theo thi toi tren trong trên tu tại va "
    "ve vi viec voi và văn về với án ông".split()
)
_CLOSING = tuple(".,;:!?)]”")  # hardly ever stand behind a space
_FOLDED = frozenset(map(chr, range(128))) | frozenset(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)


class Requirement(NamedTuple):
    """A match holds one of `strings` (in lower case where `folded`), or a digit.

    The string begins at most `lead` characters behind the beginning of the match (None: anywhere).
    """

    strings: tuple[str, ...]
    folded: bool = False
    digit: bool = False
    lead: int | None = None


class Anchor(NamedTuple):
    """Every match holds one of `strings` in lower case, at most `lead` behind its beginning."""

    strings: tuple[str, ...]
    lead: int


DIGIT = Requirement((), digit=True)


def requirements_of(tree: Any, flags: int) -> tuple[Requirement, ...]:
    """At most two requirements of a parsed pattern, the sharpest first; empty where none helps."""
    folded = bool((flags | tree.state.flags) & re.IGNORECASE)
    found = sorted(_walk(tree, folded), key=_weight, reverse=True)
    good = [_shortest(each) for each in found if _weight(each) >= LEAST_WEIGHT]
    return tuple(good[:1] + [each for each in good[1:] if each.digit != good[0].digit][:1])


def anchor_of(tree: Any, flags: int) -> Anchor | None:
    """The sharpest anchor of a parsed pattern; None where none helps."""
    if tree.getwidth()[0] == 0:
        return None
    folded = bool((flags | tree.state.flags) & re.IGNORECASE)
    best = max(_walk(tree, folded, anchored=True), key=_weight, default=None)
    if best is None or best.lead is None or not _may_anchor(best):
        return None
    shortest = _shortest(best)
    return Anchor(shortest.strings, best.lead + _offset(best.strings, shortest.strings))


def _may_anchor(each: Requirement) -> bool:
    return (
        not each.digit
        and each.lead is not None
        and each.lead <= LONGEST_LEAD
        and not {"σ", "ς"} & set("".join(each.strings))  # which of them Σ is depends on its place
        and min(map(_seldom, each.strings)) >= LEAST_RARITY
    )


def _seldom(text: str) -> float:
    """How seldom a string stands in a text, for one that is looked for at every place of it."""
    if len(text) == 1 or text.strip() in _FREQUENT:
        return 0.0
    if (
        len(text) == 2
        and text.isalpha()
        and text not in _CLUSTERS
        and not set(text) & set("aeiouy")
    ):
        return LEAST_RARITY
    return _rarity(text)


def _offset(strings: tuple[str, ...], kept: tuple[str, ...]) -> int:
    """How far inside one of `strings` the string that stands for it may begin."""
    return max(min(each.find(one) for one in kept if one in each) for each in strings)


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


def _walk(sequence: Any, folded: bool, *, anchored: bool = False) -> list[Requirement]:
    """All requirements of a sequence of nodes; with `anchored` those that can be anchors."""
    found: list[Requirement] = []
    run: frozenset[str] = frozenset(("",))
    begin: int | None = 0  # the most that stands before the run
    width: int | None = 0  # the most that stands before the node

    def flush() -> None:
        nonlocal run
        if "" not in run:
            if anchored:
                keep(Requirement(tuple(sorted({each.lower() for each in run})), True, lead=begin))
            else:
                found.append(Requirement(tuple(sorted(run)), folded))
        run = frozenset(("",))

    def keep(each: Requirement) -> None:
        if _may_anchor(each):
            found.append(each)

    for node in _opened(sequence, folded):
        exact, open_ended = _exact(node, folded)
        if exact is None or len(exact) * len(run) > MOST:
            flush()
            begin = width
        if exact is None:
            for each in _inner(node, folded, anchored=anchored):
                if not anchored:
                    found.append(each)
                elif each.lead is not None and width is not None:
                    keep(each._replace(lead=width + each.lead))
        elif len(exact) <= MOST:
            run = frozenset(a + b for a, b in product(run, exact))
        most = _most(sequence, node)
        width = None if width is None or most is None else width + most
        if exact is None or len(exact) > MOST:
            begin = width
        if open_ended:
            flush()
            run = exact if exact is not None and node[1][0] == 1 else run
            begin = width
    flush()
    return found


def _opened(sequence: Any, folded: bool) -> Iterator[Any]:
    """The nodes of a sequence; in place of a group that is no string, the nodes in it."""
    for node in sequence:
        kind, value = node
        is_group = kind is op.SUBPATTERN and _case(folded, value[1], value[2]) == folded
        if is_group and _exact(node, folded)[0] is None:
            yield from _opened(value[3], folded)
        else:
            yield node


def _most(sequence: Any, node: Any) -> int | None:
    """The most characters that a node stands for; None for many."""
    most = type(sequence)(sequence.state, [node]).getwidth()[1]
    return most if most <= LONGEST_LEAD else None


def _inner(node: Any, folded: bool, *, anchored: bool) -> list[Requirement]:
    """Requirements of a node that stands for more than a few strings."""
    kind, value = node
    if kind is op.IN and value == [(op.CATEGORY, op.CATEGORY_DIGIT)]:
        return [DIGIT]
    if kind is op.SUBPATTERN:
        return _walk(value[3], _case(folded, value[1], value[2]), anchored=anchored)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _walk(value[2], folded, anchored=anchored) if value[0] else []
    if kind is op.ATOMIC_GROUP:
        return _walk(value, folded, anchored=anchored)
    if kind is op.ASSERT and not (anchored and value[0] < 0):
        return _walk(value[1], folded, anchored=anchored)
    if kind is op.BRANCH:
        choices = [_walk(each, folded, anchored=anchored) for each in value[1]]
        return _branch(choices, MOST_ANCHORS if anchored else MOST)
    return []


def _branch(choices: list[list[Requirement]], most: int) -> list[Requirement]:
    """What all alternatives of a branch require together."""
    best = [max(each, key=_weight, default=None) for each in choices]
    strings: set[str] = set()
    leads: list[int | None] = []
    for each in best:
        if each is None or each.digit or each.folded != (best[0] or DIGIT).folded:
            return [DIGIT] if all(DIGIT in each for each in choices) else []
        strings.update(each.strings)
        leads.append(each.lead)
    if len(strings) > most:
        return []
    lead = None if None in leads else max(each for each in leads if each is not None)
    return [Requirement(tuple(sorted(strings)), bool(best[0] and best[0].folded), lead=lead)]


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
