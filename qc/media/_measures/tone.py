"""Tone: brightness, clipping, contrast and whether a picture shows anything at all."""

from __future__ import annotations

from typing import Any

from qc.core.record import dataclass
from qc.media._pixels import Pixels, libraries


@dataclass(frozen=True, slots=True)
class Tone:
    """Gray levels 0-255: percentiles by name, and shares (0-1) of the picture.

    `white` and `black` are the shares of clipped pixels, `rest` the median of the pixels that
    are not white and `ink` the level of their darkest twentieth, `single` the largest share
    within three neighbouring levels and `common` the middle one of these.
    """

    p1: float
    p5: float
    median: float
    p95: float
    p99: float
    mean: float
    white: float
    black: float
    rest: float
    ink: float
    single: float
    common: int

    @property
    def contrast(self) -> float:
        """Levels between the darkest and brightest one percent."""
        return self.p99 - self.p1


def tone(pixels: Pixels) -> Tone:
    """The tone of a picture."""
    return pixels.memo("tone", lambda: _measure(pixels.gray))


def solid(pixels: Pixels, level: int) -> float:
    """Share of the parts darker than `level` which is thicker than 7 px.

    Words on a sheet are thin strokes; people and things in a burnt-out photo are not.
    """
    return pixels.memo(f"solid {level}", lambda: _solid(pixels.gray, level))


def _solid(gray: Any, level: int) -> float:
    cv2, np = libraries()
    ink = (gray < level).astype(np.uint8)
    total = int(ink.sum())
    return float(cv2.erode(ink, np.ones((7, 7), np.uint8)).sum()) / total if total else 0.0


def _measure(gray: Any) -> Tone:
    cv2, np = libraries()
    counts = cv2.calcHist([gray[::2]], [0], None, [256], [0, 256]).ravel()
    total = float(counts.sum())
    sums = np.cumsum(counts)

    def level(share: float) -> float:
        return float(np.searchsorted(sums, total * share))

    white = float(counts[250:].sum() / total)
    dark = float(counts[:250].sum())
    rest, ink = (
        float(np.searchsorted(sums, dark * part)) if dark else 255.0 for part in (0.5, 0.05)
    )
    triple = counts[:-2] + counts[1:-1] + counts[2:]
    return Tone(
        p1=level(0.01),
        p5=level(0.05),
        median=level(0.5),
        p95=level(0.95),
        p99=level(0.99),
        mean=float((counts * np.arange(256)).sum() / total),
        white=white,
        black=float(counts[:6].sum() / total),
        rest=rest,
        ink=ink,
        single=float(triple.max() / total),
        common=int(triple.argmax()) + 1,
    )
