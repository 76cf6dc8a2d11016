"""Structure: noise, JPEG blocks, upscaling and the flatness that drawings and screens have."""

from __future__ import annotations

from typing import Any

from qc.media._measures.detail import fine_loss
from qc.media._pixels import Pixels, libraries

TILE = 256
TILES = 6
LINES = 300  # how many lines tell of blocks


def noise(pixels: Pixels) -> float:
    """Standard deviation of the noise in gray levels, on the flattest fifth of the picture."""
    return pixels.memo("noise", lambda: _noise(pixels.gray))


def blockiness(pixels: Pixels) -> float:
    """How much stronger steps on the 8 px grid of JPEG are than beside it; 1 where unseen.

    Only pictures decoded at their own size have the grid; elsewhere it cannot be seen.
    """
    if pixels.reduction != 1:
        return 1.0
    return pixels.memo("blockiness", lambda: _blockiness(pixels.decoded))


def detail_loss(pixels: Pixels) -> float | None:
    """The loss of fine detail on the six of up to twenty large tiles that vary most.

    A sharp photo loses .5 to 2; enlarging leaves nothing beyond the old resolution. None where
    the picture is smaller than a tile.
    """
    return pixels.memo("detail_loss", lambda: _detail_loss(pixels.decoded))


def flatness(pixels: Pixels) -> float:
    """Share of pixels that equal their right neighbour exactly: high in drawings and screens."""
    return pixels.memo("flatness", lambda: _flatness(pixels.decoded))


def _noise(gray: Any) -> float:
    cv2, np = libraries()
    kernel = np.array([1, -2, 1], np.float32)
    part = gray[: gray.shape[0] // 32 * 32, : gray.shape[1] // 32 * 32]
    if part.shape[0] >= 512:  # every fourth band of 32 lines is enough of a large picture
        bands = part[: part.shape[0] // 128 * 128].reshape(-1, 128, part.shape[1])[:, :32]
        part = np.ascontiguousarray(bands).reshape(-1, part.shape[1])
    if part.size == 0:
        return 0.0
    residue = np.abs(cv2.sepFilter2D(part, cv2.CV_16S, kernel, kernel)).astype(np.float32)
    size = (part.shape[1] // 32, part.shape[0] // 32)
    tiles = cv2.resize(residue, size, interpolation=cv2.INTER_AREA).ravel()
    level = cv2.resize(part, size, interpolation=cv2.INTER_AREA).ravel()
    tiles = tiles[(level > 20) & (level < 235)]
    if tiles.size < 8:
        return 0.0
    return float(np.percentile(tiles, 20) * np.sqrt(np.pi / 2) / 6)


def _blockiness(gray: Any) -> float:
    _, np = libraries()
    ratios = []
    for across in (True, False):
        steps = _steps(gray, across=across)
        steps = steps[: steps.size // 8 * 8].reshape(-1, 8)
        if steps.shape[0] < 8:
            return 1.0
        by_phase = np.median(steps, axis=0)
        ratios.append((by_phase[7] + 0.2) / (np.median(by_phase[:7]) + 0.2))
    return float(min(ratios))


def _steps(gray: Any, *, across: bool) -> Any:
    """Mean step from each column to the next, or from each row, over some lines of a picture."""
    cv2, np = libraries()
    along = 0 if across else 1
    apart = max(gray.shape[along] // LINES, 1)
    lines = gray[::apart] if across else np.ascontiguousarray(gray[:, ::apart])
    pairs = (lines[:, 1:], lines[:, :-1]) if across else (lines[1:], lines[:-1])
    return cv2.reduce(cv2.absdiff(*pairs), along, cv2.REDUCE_AVG, None, cv2.CV_32F).ravel()


def _detail_loss(gray: Any) -> float | None:
    cv2, np = libraries()
    height, width = gray.shape
    if min(height, width) < TILE:
        return None
    rows = np.linspace(0, height - TILE, max(min(height // TILE, 4), 1)).astype(int)
    columns = np.linspace(0, width - TILE, max(min(width // TILE, 5), 1)).astype(int)
    tiles = [gray[y : y + TILE, x : x + TILE] for y in rows for x in columns]
    tiles.sort(key=lambda tile: float(cv2.meanStdDev(tile[::4, ::4])[1][0, 0]), reverse=True)
    return fine_loss(np.stack(tiles[:TILES]))


def _flatness(gray: Any) -> float:
    lines = gray[::4]
    return float((lines[:, 1:] == lines[:, :-1]).mean())
