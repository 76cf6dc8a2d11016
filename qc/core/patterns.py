"""Compiled patterns: made once, kept in the cache, and run only on texts that hold their needles.

Compiling the patterns of a plain check takes a quarter of a cold start. `re` gives no way to keep a
compiled pattern, but its code is a list of numbers, and the engine checks such a list before it
runs it. Where this version of Python keeps them otherwise, patterns are compiled as usual.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from qc.core.artefacts import read_artefact, stamp, write_artefact

NAME = "patterns"
# Dotted I, dotless i, long s, Kelvin, Ångström: needles do not know what their other case is.
_STRANGE = ("\u0130", "\u0131", "\u017f", "\u212a", "\u212b")
_DIGIT = re.compile(r"\d")

Gate = tuple[tuple[tuple[str, ...], bool, bool], ...]
Anchored = tuple[tuple[str, ...], int] | None
Kept = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...], Gate, Anchored]


class Store:
    """Code and needles of every pattern met so far; one per process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Kept] | None = None
        self._new = False

    def entry(self, source: str, flags: int) -> Kept | None:
        """What is known of a pattern; None where this Python compiles in another way."""
        kept = self._kept
        if kept is None:
            found = read_artefact(NAME)
            known_so = isinstance(found, tuple) and len(found) == 2 and found[0] == _mark()
            kept = self._kept = found[1] if known_so else {}
        known = kept.get((source, flags))
        if known is None:
            known = _made(source, flags)
            if known is not None:
                kept[source, flags] = known
                self._new = True
        return known

    def save(self) -> None:
        """Keep what is new for the next process."""
        if self._new and self._kept is not None:
            self._new = False
            write_artefact(NAME, (_mark(), self._kept))


def _mark() -> tuple[Any, ...]:
    """What tells that needles and openings are found as they were."""
    return stamp(*(Path(__file__).with_name(each) for each in ("needles.py", "openings.py")))


STORE = Store()


def _made(source: str, flags: int) -> Kept | None:
    """Raises re.error for a pattern that is wrong."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    from qc.core.needles import anchor_of, requirements_of
    from qc.core.openings import with_opening

    tree = _parser.parse(source, flags)
    gate: Gate = tuple(each[:3] for each in requirements_of(tree, flags))
    anchor = anchor_of(tree, flags)
    try:
        state = tree.state
        names: list[str | None] = [None] * state.groups
        for name, index in state.groupdict.items():
            names[index] = name
        code = array("I", with_opening(_compiler._code(tree, flags), tree, flags)).tobytes()
        groups = dict(state.groupdict)
        about = int(flags | state.flags), code, state.groups - 1, groups, tuple(names)
        return *about, gate, tuple(anchor) if anchor else None  # type: ignore[return-value]
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None


def compiled(source: Any, flags: int, kept: Kept | None) -> re.Pattern[Any]:
    """The pattern, from its kept code if there is one."""
    if kept is not None:
        try:
            import _sre  # type: ignore[import-not-found]

            code = array("I")
            code.frombytes(kept[1])
            found: re.Pattern[Any] = _sre.compile(
                source, kept[0], code.tolist(), kept[2], kept[3], kept[4]
            )
            return found
        except (AttributeError, TypeError, ValueError, RuntimeError, ImportError):
            return re.compile(source, flags)
    return re.compile(source, flags)


@lru_cache(maxsize=256)
def lowered(text: str) -> str | None:
    """Lower case for needles; None where letters fold in a way that needles do not know."""
    for each in _STRANGE:
        if each in text:
            return None
    return text.lower()


@lru_cache(maxsize=256)
def has_digit(text: str) -> bool:
    """Whether a text holds a decimal digit of any script."""
    return _DIGIT.search(text) is not None


def test_of(gate: Gate) -> Callable[[str], bool]:
    """The function that tells whether a text may hold a match."""
    tests = [_single(*each) for each in gate]
    if not tests:
        return lambda text: True
    if len(tests) == 1:
        return tests[0]
    first, second = tests

    def both(text: str) -> bool:
        return first(text) and second(text)

    return both


def _single(strings: Iterable[str], folded: bool, digit: bool) -> Callable[[str], bool]:
    if digit:
        return has_digit
    needles = tuple(strings)

    def plain(text: str) -> bool:
        for needle in needles:  # noqa: SIM110 - a generator would double the cost
            if needle in text:
                return True
        return False

    def either_case(text: str) -> bool:
        lower = lowered(text)
        return lower is None or plain(lower)

    return either_case if folded else plain
