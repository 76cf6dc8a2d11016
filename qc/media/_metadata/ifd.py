"""TIFF directories, the structure of EXIF and of TIFF files."""

from __future__ import annotations

from struct import error as StructError
from struct import unpack_from

from qc.core.record import dataclass

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
CODES = {3: "H", 4: "I", 5: "I", 8: "h", 9: "i", 10: "i", 11: "f", 12: "d", 13: "I"}
MAX_ENTRIES = 2_000
MAX_DIRECTORIES = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag: its TIFF type, count, and raw bytes."""

    kind: int
    count: int
    raw: bytes
    order: str

    def numbers(self) -> tuple[float, ...]:
        """The values as numbers; rationals are divided (0 where the divisor is 0)."""
        if self.kind in {1, 6, 7}:
            return tuple(self.raw)
        code = CODES.get(self.kind)
        if code is None:
            return ()
        pair = 2 if self.kind in {5, 10} else 1
        length = len(self.raw) // SIZES[self.kind] * pair
        values = unpack_from(f"{self.order}{length}{code}", self.raw)
        if pair == 1:
            return values
        pairs = zip(values[::2], values[1::2], strict=True)
        return tuple(top / bottom if bottom else 0.0 for top, bottom in pairs)

    def number(self) -> float | None:
        """The first value as a number."""
        values = self.numbers()
        return values[0] if values else None


Directory = dict[int, Entry]


class Tiff:
    """A TIFF structure: `order` is "<" or ">", `first` the offset of the first directory.

    Offsets outside the data are dropped, not followed; a directory is read at most once.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = {b"II": "<", b"MM": ">"}.get(data[:2], "")
        self.first = 0
        self._seen: set[int] = set()
        if self.order and len(data) >= 8:
            self.first = unpack_from(self.order + "I", data, 4)[0]

    def directory(self, offset: int) -> tuple[Directory, int]:
        """The tags of the directory at `offset`, and the offset of the next one (0: none)."""
        entries: Directory = {}
        data, order = self.data, self.order
        fresh = offset not in self._seen and len(self._seen) < MAX_DIRECTORIES
        if not order or not 0 < offset <= len(data) - 2 or not fresh:
            return entries, 0
        self._seen.add(offset)
        count: int = unpack_from(order + "H", data, offset)[0]
        position = offset + 2
        for _ in range(min(count, MAX_ENTRIES)):
            if position + 12 > len(data):
                return entries, 0
            self._entry(position, entries)
            position += 12
        try:
            following: int = unpack_from(order + "I", data, position)[0]
        except StructError:
            return entries, 0
        return entries, following

    def _entry(self, position: int, entries: Directory) -> None:
        tag, kind, count = unpack_from(self.order + "HHI", self.data, position)
        size = SIZES.get(kind, 0) * count
        if not size:
            return
        start = position + 8
        if size > 4:
            start = unpack_from(self.order + "I", self.data, start)[0]
        if start + size > len(self.data) and kind not in {2, 7}:
            return
        raw = self.data[start : start + size]
        if raw and tag not in entries:
            entries[tag] = Entry(kind, count, raw, self.order)
