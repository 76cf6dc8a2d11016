"""Chunks: what stands between blanks. The same ones come again and again, so what is known of a
chunk is kept, and most texts are read by a few hundred look-ups instead of by a pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

MOST = 32_768
LONGEST = 48

Spans = tuple[tuple[int, int], ...]
V = TypeVar("V")


class Kept(dict[str, V], Generic[V]):
    """`make(text)` for every text asked for, kept while there is room; nothing long is kept."""

    def __init__(self, make: Callable[[str], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> V:
        value = self._make(text)
        if len(text) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[text] = value
        return value

    def __reduce__(self) -> Any:
        return Kept, (self._make,)


def chunks_with(text: str, test: Kept[Any]) -> list[tuple[int, int]]:
    """The spans of the chunks for which `test` holds, in order. `test` may look at no blank."""
    found: list[tuple[int, int]] = []
    for chunk in {each for each in text.split() if test[each]}:
        found += _places(text, chunk)
    found.sort()
    return found


def find_in_chunks(text: str, spans: Kept[Spans]) -> Spans:
    """What `spans` finds in each chunk, in order, with offsets in the text."""
    return tuple(
        (start + first, start + last)
        for start, end in chunks_with(text, spans)
        for first, last in spans[text[start:end]]
    )


def _places(text: str, chunk: str) -> Iterator[tuple[int, int]]:
    size, length = len(chunk), len(text)
    at = text.find(chunk)
    while at >= 0:
        end = at + size
        if (at == 0 or text[at - 1].isspace()) and (end == length or text[end].isspace()):
            yield at, end
            at = text.find(chunk, end)
        else:
            at = text.find(chunk, at + 1)
