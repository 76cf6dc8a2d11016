"""Borders: bars of one colour beside a picture, with a straight edge where the picture begins."""

from __future__ import annotations

from typing import Any

from qc.core.record import dataclass
from qc.media._pixels import Pixels, libraries

SAME = 6
DIFFERENT = 14


@dataclass(frozen=True, slots=True)
class Border:
    """A bar: its side (top, bottom, left, right), depth in px of `gray`, share and gray level.

    `straight` is the share of the line behind the bar that differs from it.
    """

    side: str
    depth: int
    share: float
    level: int
    straight: float


def borders(pixels: Pixels) -> tuple[Border, ...]:
    """The bars on the four sides of a picture."""
    return pixels.memo("borders", lambda: _measure(pixels.gray))


def _measure(gray: Any) -> tuple[Border, ...]:
    found = []
    for side, lines in (
        ("top", gray),
        ("bottom", gray[::-1]),
        ("left", gray.T),
        ("right", gray.T[::-1]),
    ):
        border = _bar(side, lines)
        if border is not None:
            found.append(border)
    return tuple(found)


def _bar(side: str, lines: Any) -> Border | None:
    """The bar at the first lines: of one level all along, up to where the picture begins.

    A line belongs to it while all but two percent of its pixels keep the level; the ringing
    of JPEG beside the edge may disturb the last lines.
    """
    _, np = libraries()
    level = int(np.median(lines[0]))
    if (np.abs(lines[0].astype(np.int16) - level) > SAME).mean() > 0.02:
        return None
    half = lines[: len(lines) // 2 + 1].astype(np.int16)
    off = (np.abs(half - level) > SAME).mean(axis=1)
    busy = np.flatnonzero(off > 0.02)
    depth = int(busy[0]) if busy.size else len(half)
    if depth == 0:
        return None
    behind = half[depth : depth + 4]
    straight = 0.0
    if len(behind):
        straight = float((np.abs(behind - level) > DIFFERENT).any(axis=0).mean())
    return Border(side, depth, depth / len(lines), level, straight)
