"""Sharpness of a small picture: how much its fine detail suffers when it is blurred again.

The ratio does not depend on contrast. It is taken on the best tiles, so that a soft background
or a plain sky beside something sharp is no blur.
"""

from __future__ import annotations

from qc.media.video._sample import Picture

TILE = 40
BEST = 0.1
LEAST_DETAIL = 1.0


def sharpness(picture: Picture) -> float | None:
    """0 (as soft as can be) to 1; None where the picture has nothing to be sharp."""
    import numpy

    gray = numpy.frombuffer(picture.rgb, numpy.uint8)[1::3]
    levels = gray.reshape(picture.height, picture.width).astype(numpy.float32)
    rows, columns = picture.height // TILE, picture.width // TILE
    if rows == 0 or columns == 0:
        return None
    levels = levels[: rows * TILE, : columns * TILE]
    fine = numpy.abs(numpy.diff(levels, axis=1, append=levels[:, -1:]))
    soft = (levels + numpy.roll(levels, 1, axis=1) + numpy.roll(levels, -1, axis=1)) / 3
    left = numpy.abs(numpy.diff(soft, axis=1, append=soft[:, -1:]))
    before = fine.reshape(rows, TILE, columns, TILE).mean(axis=(1, 3)).ravel()
    after = left.reshape(rows, TILE, columns, TILE).mean(axis=(1, 3)).ravel()
    told = before > LEAST_DETAIL
    if told.sum() < 3:
        return None
    lost = 1 - after[told] / before[told]
    best = numpy.sort(lost)[::-1][: max(int(BEST * lost.size), 3)]
    return float(best.mean())
