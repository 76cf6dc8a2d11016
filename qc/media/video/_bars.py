"""Black bars around a picture: rows and columns that stay black in every keyframe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qc.core.record import dataclass
from qc.media.video._sample import Picture

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Levels = NDArray[numpy.float32]

DARK = 26.0  # of 255: what counts as black in a bar
EVEN = 4.0  # how little the mean of a bar's lines may differ
EDGE = 6.0  # how much brighter the picture is right beside the bar
LIT = 40.0  # a keyframe darker than this at its brightest lines tells nothing


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

    rows, row_means, columns, column_means = [], [], [], []
    for each in pictures:
        green = numpy.frombuffer(each.rgb, numpy.uint8)[1::3].reshape(each.height, each.width)
        across = numpy.percentile(green, 98, axis=1)
        if across.max() < LIT:
            continue
        rows.append(across)
        row_means.append(green.mean(axis=1))
        columns.append(numpy.percentile(green, 98, axis=0))
        column_means.append(green.mean(axis=0))
    if not rows:
        return Bars()
    top, bottom = _pair(numpy.array(rows), numpy.array(row_means))
    left, right = _pair(numpy.array(columns), numpy.array(column_means))
    return Bars(top, bottom, left, right)


def _pair(brightest: Levels, means: Levels) -> tuple[float, float]:
    return _bar(brightest, means), _bar(brightest[:, ::-1], means[:, ::-1])


def _bar(brightest: Levels, means: Levels) -> float:
    """The share of lines, from the first on, that are black in all pictures; with a sharp edge."""
    import numpy

    lines = brightest.shape[1]
    dark = (brightest.max(axis=0) <= DARK).astype(int)
    width = int(lines if dark.all() else dark.argmin())
    if width == 0 or width > lines // 2:
        return 0.0
    inside = means[:, min(width + 2, lines - 1)]
    bar = means[:, : max(width - 1, 1)]
    if float(numpy.median(inside - bar.mean(axis=1))) < EDGE or float(bar.std()) > EVEN:
        return 0.0
    return float(width / lines)
