"""Detail: what the most textured parts of a picture keep at its finest scale.

Blur takes the highest frequencies first, so a picture that is soft by one pixel still has strong
edges but nothing beyond them. Two measures tell it, on the fifth of the 64 px tiles with the
strongest steps: how far the finest band of the spectrum lies below a coarser one, and how little
another blur of 1 px changes. The first is blind where nothing is left but noise, the second
where noise hides the softness; their sum is not.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from qc.core.record import dataclass
from qc.media._pixels import Pixels, libraries

TILE = 64
SHARE, FEWEST, MOST = 0.2, 4, 32
SPECTRA = 24
EDGE = 3  # px at the side of a tile that the blur of its neighbour in the stack may touch
SHARPEST_PERCENT = 10
REBLUR_WEIGHT = 3.5
# Bands of spatial frequency, 1 at the highest one: from, and how wide.
COARSE, FINE, BAND = 4 / 16, 11 / 16, 1 / 16


@dataclass(frozen=True, slots=True)
class Detail:
    """`loss` in powers of ten of energy; `reblur` (0-1) is what a second blur leaves."""

    loss: float
    reblur: float

    @property
    def softness(self) -> float:
        """Both together: 1 to 2.5 where a photo is sharp, from 3 with a blur of 1 px."""
        return self.loss + REBLUR_WEIGHT * self.reblur


def detail(pixels: Pixels) -> Detail | None:
    """The detail of a picture at 1280 px; None where it is smaller than a tile."""
    return pixels.memo("detail", lambda: _measure(pixels.gray))


def fine_loss(tiles: Any) -> float:
    """How many powers of ten the finest band lies below a coarser one, in energy.

    `tiles` are gray values of n square tiles. Each band is taken on the tile that has most of
    it, so one sharp part is enough.
    """
    cv2, np = libraries()
    count, size = tiles.shape[:2]
    window, weights = _spectrum(size)
    levels = tiles.astype(np.float32)
    levels -= levels.mean(axis=(1, 2), keepdims=True)
    levels *= window
    for level in levels:
        cv2.dft(level, level)
    energies = np.square(levels, out=levels).reshape(count, -1)
    coarse, fine = (np.log10((energies @ band).max() / size**2 + 1e-3) for band in weights)
    return float(coarse - fine)


def _measure(gray: Any) -> Detail | None:
    cv2, np = libraries()
    if min(gray.shape) < TILE:
        return None
    stack = np.concatenate([gray[y : y + TILE, x : x + TILE] for y, x in _textured(gray)])
    sharp = _energy(cv2.Laplacian(stack, cv2.CV_32F))
    soft = _energy(cv2.Laplacian(cv2.GaussianBlur(stack, (5, 5), 1.0), cv2.CV_32F))
    left = np.percentile(soft / (sharp + 1), SHARPEST_PERCENT)
    return Detail(fine_loss(stack.reshape(-1, TILE, TILE)[:SPECTRA]), float(left))


def _textured(gray: Any) -> list[tuple[int, int]]:
    """Top left corners of the tiles with the strongest steps, on every fourth pixel."""
    cv2, np = libraries()
    rows, columns = gray.shape[0] // TILE, gray.shape[1] // TILE
    sparse = gray[: rows * TILE : 4, : columns * TILE : 4].astype(np.float32)
    steps = np.zeros_like(sparse)
    steps[:, 1:] = (sparse[:, 1:] - sparse[:, :-1]) ** 2
    steps[1:] += (sparse[1:] - sparse[:-1]) ** 2
    energy = cv2.resize(steps, (columns, rows), interpolation=cv2.INTER_AREA).ravel()
    number = min(max(round(energy.size * SHARE), FEWEST), MOST)
    chosen = np.argsort(energy)[::-1][:number]
    return [(int(each) // columns * TILE, int(each) % columns * TILE) for each in chosen]


def _energy(stack: Any) -> Any:
    """Mean square of each tile of a stack, without its edge."""
    _, np = libraries()
    inner = stack.reshape(-1, TILE, TILE)[:, EDGE:-EDGE, EDGE:-EDGE]
    return np.einsum("nij,nij->n", inner, inner) / (TILE - 2 * EDGE) ** 2


@cache
def _spectrum(size: int) -> tuple[Any, tuple[Any, ...]]:
    """The window of a tile, and how each value of its packed spectrum counts in the two bands.

    OpenCV packs the spectrum of real values: real and imaginary parts side by side, those of a
    whole row or column of real ends one below the other. Each band is a mean.
    """
    _, np = libraries()
    along = (np.arange(size) + 1) // 2 / (size / 2)  # 0, 1, 1, 2, 2 … size / 2
    down = np.abs(np.fft.fftfreq(size) * 2)[:, None].repeat(size, axis=1)
    down[:, 0] = down[:, -1] = along
    radius = np.hypot(down, along).ravel()
    single = np.zeros((size, size), bool)
    single[0, 0] = single[0, -1] = single[-1, 0] = single[-1, -1] = True
    twice = np.where(single, 1.0, 2.0).ravel()
    full = np.hypot(np.fft.fftfreq(size)[:, None] * 2, np.fft.fftfreq(size) * 2)
    weights = [
        twice
        * ((radius >= start) & (radius < start + BAND))
        / ((full >= start) & (full < start + BAND)).sum()
        for start in (COARSE, FINE)
    ]
    line = np.hanning(size).astype(np.float32)
    return line[:, None] * line, tuple(each.astype(np.float32) for each in weights)
