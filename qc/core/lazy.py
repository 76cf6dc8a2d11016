"""Patterns that are compiled when they are first used, and run only where they can match."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, AnyStr

from qc.core.anchors import ANCHORS, NOWHERE
from qc.core.patterns import STORE, compiled, test_of

METHODS = (
    "search match fullmatch finditer findall sub subn split pattern flags groups groupindex"
).split()

COST_OF_TRY = 8  # of characters that a search reads
LARGE = 12  # anchors: more of them are looked for by an automaton at once
NONE: tuple[()] = ()

if TYPE_CHECKING:

    def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """As `re.compile`, done on first use."""
else:

    class regex:
        """As `re.compile`, done on first use; every method found is kept.

        `search`, `finditer`, `findall` and `sub` first look for the needles of the pattern, so a
        pattern that no text calls for is never compiled at all; `search` and `finditer` try it
        only where an anchor allows it.
        """

        def __init__(self, source, flags=0):
            self._source = source
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            if name not in METHODS:
                raise AttributeError(name)
            kept = None
            if isinstance(self._source, str):
                kept = STORE.entry(self._source, int(self._flags))
            if kept and (kept[5] or kept[6]) and "_gated" not in self.__dict__:
                self._gated = True
                _set_gates(self, test_of(kept[5]), kept)
                if name in self.__dict__:
                    return self.__dict__[name]
            return getattr(_fill(self, kept), name)

        def __reduce__(self):
            return re.compile, (self._source, int(self._flags))

        def __repr__(self) -> str:
            return f"regex({self._source!r}, {int(self._flags)})"


def _fill(lazy: Any, kept: Any) -> re.Pattern[Any]:
    """Compile, and give the lazy pattern the methods that it has no gate for."""
    real = compiled(lazy._source, lazy._flags, kept)
    for method in METHODS:
        if method not in lazy.__dict__:
            setattr(lazy, method, getattr(real, method))
    return real


def _set_gates(lazy: Any, may_match: Any, kept: Any) -> None:
    real: re.Pattern[Any] | None = None

    def load() -> re.Pattern[Any]:
        nonlocal real
        real = _fill(lazy, kept)
        return real

    strings, lead = kept[6] or ((), 0)
    anchors = ANCHORS
    known = anchors.read
    number = anchors.add(strings) if strings else sys.maxsize
    eager = len(strings) > LARGE or bool(kept[0] & re.IGNORECASE)

    def places_in(string: str) -> list[int] | None:
        """Where anchors stand; None where that is not known and the pattern may match."""
        places = anchors.places(number, string, eager) if strings else None
        if places is not None:
            return places
        return None if may_match(string) else NOWHERE

    def search(string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        read = known.get(string)
        if read is not None and number not in read and number < anchors.count:
            return None
        if (pos or endpos != sys.maxsize) and _narrow(string, pos, endpos):
            return (real or load()).search(string, pos, endpos)
        places = places_in(string)
        if places is None or _many(places, lead, string):
            return (real or load()).search(string, pos, endpos)
        if not places:
            return None
        return next(_tried((real or load()).match, string, places, lead, pos, endpos), None)

    def finditer(string: str, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        read = known.get(string)
        if read is not None and number not in read and number < anchors.count:
            return iter(NONE)
        if (pos or endpos != sys.maxsize) and _narrow(string, pos, endpos):
            return (real or load()).finditer(string, pos, endpos)
        places = places_in(string)
        if places is None or _many(places, lead, string):
            return (real or load()).finditer(string, pos, endpos)
        if not places:
            return iter(NONE)
        return _tried((real or load()).match, string, places, lead, pos, endpos)

    def findall(string: str, pos: int = 0, endpos: int = sys.maxsize) -> list[Any]:
        places = places_in(string)
        return [] if places is NOWHERE else (real or load()).findall(string, pos, endpos)

    def sub(repl: Any, string: str, count: int = 0) -> str:
        places = places_in(string)
        return string if places is NOWHERE else (real or load()).sub(repl, string, count)

    lazy.search, lazy.finditer, lazy.findall, lazy.sub = search, finditer, findall, sub


def _narrow(string: str, pos: int, endpos: int) -> bool:
    """Whether so little of a string is asked for that a look at all of it costs more."""
    return (min(endpos, len(string)) - pos) * COST_OF_TRY < len(string)


def _many(places: list[int], lead: int, string: str) -> bool:
    """Whether a search through the whole string is cheaper than tries at its anchors."""
    return len(places) * (lead + 1) * COST_OF_TRY > len(string)


def _tried(
    match: Any, string: str, places: list[int], lead: int, pos: int, endpos: int
) -> Iterator[re.Match[str]]:
    """The matches from `pos` on, in order, none over another; none of them is empty."""
    done = max(pos, 0)
    for place in places:
        start = max(place - lead, done)
        while start <= place:
            found = match(string, start, endpos)
            if found is None:
                start += 1
            else:
                yield found
                done = start = found.end()
        done = max(done, place + 1)
