"""Whether pictures are woven of two fields: combs in one of them, and a test of several.

A comb shows in a single picture: what moves differs from line to line more than from every
other line. That is a cheap sign of what may be woven.

Fine patterns that move fool ffmpeg's idet. In a woven picture its own two fields stand as far
apart in time as each does from the nearest field of a neighbour; in a whole picture they show
the same moment and fit together far better.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from qc.core.record import dataclass, field
from qc.media._ffmpeg import Limits, Source, Streams, run
from qc.media.video._probe import Stream

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Lines = NDArray[numpy.int16]
    Gray = NDArray[numpy.uint8]

WIDTH = 480  # lines are compared with lines, whatever their length
PICTURES = 42  # looked at, in all places together
MOVED = 1.04  # how much worse the fields of the one order fit than those of the other
FITS = 1.5  # woven: at best 0.4 to 1.4 times as badly as its own fields; patterns: 1.6 and more
FEWEST = 4
CELL = (8, 32)  # height and width, in px, of the cells in which a comb is looked for
COMB = 6.0  # gray levels from line to line, mean of a cell, at least
COMBED = 1.2  # … and as a multiple of the difference from every other line


def combed_cells(levels: Gray) -> int:
    """The number of cells of a gray picture of native height that look like a comb."""
    import numpy

    high, wide = CELL
    rows, columns = (levels.shape[0] - 2) // high, levels.shape[1] // wide
    cut = levels[:, : columns * wide]
    count = rows * high

    def sums(step: int) -> NDArray[numpy.uint16]:
        """How much the lines of each cell differ from those so many lines below, in all."""
        lines, others = cut[:count], cut[step : count + step]
        apart = numpy.maximum(lines, others) - numpy.minimum(lines, others)
        across = apart.reshape(count, columns, wide).sum(axis=2, dtype=numpy.uint16)
        cells: NDArray[numpy.uint16] = across.reshape(rows, high, columns).sum(
            axis=1, dtype=numpy.uint16
        )
        return cells

    near, far = sums(1), sums(2)
    return int(((near > COMB * high * wide) & (near > COMBED * far)).sum())


@dataclass(slots=True)
class Loom:
    """Takes gray pictures one by one; `ratios` tell of those that move."""

    width: int
    height: int
    ratios: list[float] = field(default_factory=list)
    _recent: deque[Lines] = field(default_factory=lambda: deque(maxlen=3))

    @property
    def woven(self) -> bool:
        """Whether a tenth of the moving pictures, or more, fit like woven ones; or too few move.

        The others may show what moves only every other time.
        """
        return len(self.ratios) < FEWEST or sorted(self.ratios)[len(self.ratios) // 10] < FITS

    def begin(self) -> None:
        """Go on at another place: pictures there are no neighbours."""
        self._recent.clear()

    def take(self, piece: bytes) -> None:
        """Compare the picture before with its neighbours."""
        import numpy

        levels = numpy.frombuffer(piece, numpy.uint8).reshape(self.height, self.width)
        self._recent.append(levels.astype(numpy.int16))
        if len(self._recent) < 3:
            return
        before, picture, after = self._recent
        around = picture[:-2] + picture[2:]
        own, early, late = (
            numpy.abs(around - 2 * each[1:-1]).sum(axis=1, dtype=numpy.int64)
            for each in (picture, before, after)
        )
        orders = (early[::2].sum() + late[1::2].sum(), early[1::2].sum() + late[::2].sum())
        near, far = float(min(orders)), float(max(orders))
        if far > MOVED * near:
            self.ratios.append(near / max(float(own.sum()), 1.0))


def is_woven(source: Source, stream: Stream, begins_s: list[float], limits: Limits) -> bool:
    """Whether the moving pictures at some places are woven; so too where nothing moves there."""
    loom = Loom(min(stream.width, WIDTH), stream.height)
    options = {
        "map": f"0:{stream.index}",
        "vf": f"scale={loom.width}:{loom.height}:flags=fast_bilinear,format=gray",
        "frames:v": PICTURES // max(len(begins_s), 1),
        "f": "rawvideo",
        "fps_mode": "passthrough",
    }
    for begin_s in begins_s:
        streams = Streams(take=loom.take, piece_bytes=loom.width * loom.height)
        loom.begin()
        before = {"ss": f"{begin_s:.3f}", "noautorotate": None}
        run(source, [("pipe:1", options)], before=before, limits=limits, streams=streams)
    return loom.woven
