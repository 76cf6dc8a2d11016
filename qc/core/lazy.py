"""Patterns that are compiled when they are first used, not when their module is imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr

METHODS = (
    "search match fullmatch finditer findall sub subn split pattern flags groups groupindex"
).split()

if TYPE_CHECKING:

    def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """As `re.compile`, done on first use."""
else:

    class regex:
        """As `re.compile`, done on first use; every method found is kept."""

        def __init__(self, source, flags=0):
            self._source = source
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            compiled = re.compile(self._source, self._flags)
            for method in METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)

        def __reduce__(self):
            return re.compile, (self._source, int(self._flags))

        def __repr__(self) -> str:
            return f"regex({self._source!r}, {int(self._flags)})"
