"""Patterns that are compiled when they are first used, and run only where they can match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr

from qc.core.patterns import STORE, compiled, test_of

METHODS = (
    "search match fullmatch finditer findall sub subn split pattern flags groups groupindex"
).split()

if TYPE_CHECKING:

    def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """As `re.compile`, done on first use."""
else:

    class regex:
        """As `re.compile`, done on first use; every method found is kept.

        `search`, `finditer`, `findall` and `sub` first look for the needles of the pattern, so a
        pattern that no text calls for is never compiled at all.
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
            if kept is not None and kept[5] and "_gated" not in self.__dict__:
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

    def search(string: str, *span: int) -> re.Match[str] | None:
        return (real or load()).search(string, *span) if may_match(string) else None

    def finditer(string: str, *span: int) -> Any:
        return (real or load()).finditer(string, *span) if may_match(string) else iter(())

    def findall(string: str, *span: int) -> list[Any]:
        return (real or load()).findall(string, *span) if may_match(string) else []

    def sub(repl: Any, string: str, count: int = 0) -> str:
        return (real or load()).sub(repl, string, count) if may_match(string) else string

    lazy.search, lazy.finditer, lazy.findall, lazy.sub = search, finditer, findall, sub
