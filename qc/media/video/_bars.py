"""Black bars around a picture: rows and columns that stay black in every keyframe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qc.core.record import dataclass
from qc.media.video._sample import Picture

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Gray = NDArray[numpy.uint8]
    Levels = NDArray[numpy.float64]
    Flags = NDArray[numpy.bool_]

DARK = 26  # of 255: what counts as black in a bar
FEW = 0.02  # … but for this share of a line
EVEN = 4.0  # how little the mean of a bar's lines may differ
EDGE = 6.0  # how much brighter the picture is right beside the bar
STRAIGHT = 0.5  # … along this share of its edge: a round thing on black has no bars
LIT = 40  # a keyframe darker than this at its brightest lines tells nothing


@dataclass(frozen=True, slots=True)
class Bars:
    """Widths of the bars as parts of the picture's height or width, 0 to 1."""

    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0

    @property
    def widest(self) -> float:
        """The widest of the four."""
        return max(self.top, self.bottom, self.left, self.right)


def measure(pictures: Sequence[Picture]) -> Bars:
    """The bars that all lit pictures share."""
    import numpy

    brightest = None
    busy: list[Levels] = [numpy.zeros(1), numpy.zeros(1)]
    means: list[list[Levels]] = [[], []]
    for each in pictures:
        green = numpy.frombuffer(each.rgb, numpy.uint8)[1::3]
        levels = numpy.ascontiguousarray(green).reshape(each.height, each.width)
        if (levels > LIT).mean(axis=1).max() <= FEW:
            continue
        brightest = levels if brightest is None else numpy.maximum(brightest, levels)
        for way in (0, 1):
            busy[way] = numpy.maximum(busy[way], (levels > DARK).mean(axis=1 - way))
            means[way].append(levels.mean(axis=1 - way))
    if brightest is None:
        return Bars()
    top, bottom = _pair(busy[0] <= FEW, numpy.array(means[0]), brightest)
    left, right = _pair(busy[1] <= FEW, numpy.array(means[1]), brightest.T)
    return Bars(top, bottom, left, right)


def _pair(dark: Flags, means: Levels, brightest: Gray) -> tuple[float, float]:
    return (
        _bar(dark, means, brightest),
        _bar(dark[::-1], means[:, ::-1], brightest[::-1]),
    )


def _bar(dark: Flags, means: Levels, brightest: Gray) -> float:
    """The share of lines, from the first on, that are black in all pictures; with a sharp edge."""
    import numpy

    lines = dark.size
    width = int(lines if dark.all() else dark.argmin())
    if width == 0 or width > lines // 2:
        return 0.0
    beside = min(width + 2, lines - 1)
    bar = means[:, : max(width - 1, 1)]
    level = float(bar.mean())
    if float(numpy.median(means[:, beside] - bar.mean(axis=1))) < EDGE or float(bar.std()) > EVEN:
        return 0.0
    if float((brightest[beside] > level + EDGE).mean()) < STRAIGHT:
        return 0.0
    return float(width / lines)
