"""Read-only number map in a few bytes an entry: a 3-wise binary fuse table of fingerprint + value.

Graf & Lemire, "Binary Fuse Filters" (2022), with a value beside the
fingerprint (a Bloomier filter).
A key of the set always gives its value; a foreign key is refused except once in 2**fingerprint
bits. Three gathers and two XORs answer a look-up, so whole documents are looked up in one numpy
call."""

from __future__ import annotations

import math
from typing import Any

from qc.core.record import dataclass

_MIX = 0x9E3779B97F4A7C15
_MIX2 = 0xBF58476D1CE4E5B9
_MIX3 = 0x94D049BB133111EB
_ALL = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Fuse:
    """One plane of uint16 cells, or a uint16 and a uint8 plane (24 bits), and the geometry.

    A plane is a numpy array or a memory view of such cells. The fingerprint is in the high bits of
    a cell, the value in its low bits.
    """

    planes: tuple[Any, ...]
    segment_bits: int
    segments: int
    value_bits: int
    fingerprint_bits: int
    seed: int

    def find(self, keys: Any) -> Any:
        """uint64 keys -> values + 1 as int32, or 0 where the key is not in the table."""
        import numpy as np

        first, second, third, fingerprint = _places(keys, self)
        word = np.zeros(len(first), np.uint32)
        for plane in map(np.asarray, self.planes):
            cell = plane[first] ^ plane[second] ^ plane[third]
            word = (word << np.uint32(8 * plane.itemsize)) | cell
        hit = (word >> np.uint32(self.value_bits)) == fingerprint
        value = (word & np.uint32((1 << self.value_bits) - 1)).astype(np.int32) + 1
        return np.where(hit, value, 0)

    def find_one(self, key: int) -> int:
        """As `find` for one key, without numpy."""
        mixed = (key + self.seed) * _MIX & _ALL
        mixed ^= mixed >> 32
        mixed = mixed * _MIX2 & _ALL
        mixed ^= mixed >> 29
        size = 1 << self.segment_bits
        at = ((mixed >> 44) * self.segments >> 20) << self.segment_bits
        word = 0
        cells = [at + size * part + (mixed >> 14 * part & size - 1) for part in range(3)]
        for plane in self.planes:
            first, second, third = (int(plane[cell]) for cell in cells)
            word = word << 8 * plane.itemsize | first ^ second ^ third
        if word >> self.value_bits != (mixed * _MIX3 & _ALL) >> (64 - self.fingerprint_bits):
            return 0
        return (word & (1 << self.value_bits) - 1) + 1


def _places(keys: Any, fuse: Fuse) -> tuple[Any, Any, Any, Any]:
    """The three cells of each key and its fingerprint."""
    import numpy as np

    mixed = (keys + np.uint64(fuse.seed)) * np.uint64(_MIX)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIX2)
    mixed ^= mixed >> np.uint64(29)
    mask = np.uint64((1 << fuse.segment_bits) - 1)
    segment = ((mixed >> np.uint64(44)) * np.uint64(fuse.segments)) >> np.uint64(20)
    start = segment << np.uint64(fuse.segment_bits)
    size = np.uint64(1 << fuse.segment_bits)
    first = (start + (mixed & mask)).astype(np.int64)
    second = (start + size + ((mixed >> np.uint64(14)) & mask)).astype(np.int64)
    third = (start + size + size + ((mixed >> np.uint64(28)) & mask)).astype(np.int64)
    scrambled = mixed * np.uint64(_MIX3)
    fingerprint = (scrambled >> np.uint64(64 - fuse.fingerprint_bits)).astype(np.uint32)
    return first, second, third, fingerprint


def build(keys: Any, values: Any, value_bits: int, fingerprint_bits: int) -> Fuse:
    """Build the table of distinct uint64 `keys`; tries other seeds until the peeling succeeds."""
    import numpy as np

    size = max(len(keys), 2)
    segment_bits = max(2, min(14, int(math.log(size) / math.log(3.33) + 2.25)))
    factor = max(1.125, 0.875 + 0.25 * math.log(1e6) / math.log(size))
    segments = max(1, math.ceil(size * factor / (1 << segment_bits)) - 2)
    for seed in range(1, 64):
        cells = np.zeros((segments + 2) << segment_bits, np.uint32)
        geometry = (segment_bits, segments, value_bits, fingerprint_bits, seed)
        if _fill(cells, Fuse((), *geometry), (np.asarray(keys, np.uint64), values)):
            return Fuse(_planes(cells, value_bits + fingerprint_bits), *geometry)
        segments += max(1, segments // 100)
    raise ValueError("no seed peels this set of keys; are the keys distinct?")


def _planes(cells: Any, bits: int) -> tuple[Any, ...]:
    import numpy as np

    if bits == 16:
        return (cells.astype(np.uint16),)
    if bits == 24:
        return ((cells >> np.uint32(8)).astype(np.uint16), cells.astype(np.uint8))
    raise ValueError(f"a cell has 16 or 24 bits, not {bits}")


def _fill(cells: Any, fuse: Fuse, entries: tuple[Any, Any]) -> bool:
    """Peel the 3-uniform hypergraph in rounds, then write the cells in reverse order."""
    import numpy as np

    keys, values = entries
    first, second, third, fingerprint = _places(keys, fuse)
    corners = np.stack((first, second, third))
    degree = np.bincount(corners.ravel(), minlength=len(cells)).astype(np.int32)
    edges = np.zeros(len(cells), np.int64)
    numbers = np.arange(len(keys), dtype=np.int64)
    for row in corners:
        np.bitwise_xor.at(edges, row, numbers)
    rounds = []
    lone = np.flatnonzero(degree == 1)
    peeled = 0
    while len(lone):
        edge, at = np.unique(edges[lone], return_index=True)
        rounds.append((edge, lone[at]))
        peeled += len(edge)
        touched = corners[:, edge]
        for row in touched:
            np.subtract.at(degree, row, 1)
            np.bitwise_xor.at(edges, row, edge)
        near = np.unique(touched)
        lone = near[degree[near] == 1]
    if peeled < len(keys):
        return False
    words = (fingerprint << np.uint32(fuse.value_bits)) | np.asarray(values, np.uint32)
    for edge, cell in reversed(rounds):
        one, two, three = corners[:, edge]
        # `cell` is still zero, so XOR over all three corners leaves the other two
        cells[cell] = words[edge] ^ cells[one] ^ cells[two] ^ cells[three]
    return True
