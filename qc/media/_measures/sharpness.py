"""Sharpness: how steep the steepest edges of a picture are, over all and by direction.

At each strong edge (40 or more gray levels within 9 px) the gradient is divided by that range,
which makes it free of contrast and content: a step edge blurred by a Gaussian of sigma 1 / 2 px
at 1280 px gives about .7 / .45, whatever it shows. The top of these values is taken, so a sharp
subject before a soft background counts as sharp, and noise or texture do not. Motion blur
leaves edges along its direction sharp and softens the others, so the same value is taken for
eight directions, and their median falls.
"""

from __future__ import annotations

from typing import Any

from qc.core.record import dataclass
from qc.media._pixels import Pixels, libraries

WINDOW = 9
STRONG = 40
TOP_PERCENT = 99.7
DIRECTIONS = 8
SAMPLES = 30_000
LOOKED_AT = 8 * SAMPLES
FEWEST = 200


@dataclass(frozen=True, slots=True)
class Sharpness:
    """`overall` of all strong edges; `median` over the directions that have enough of them."""

    overall: float
    median: float


def sharpness(pixels: Pixels) -> Sharpness | None:
    """The sharpness of a picture; None where it has no strong edges at all."""
    return pixels.memo("sharpness", lambda: sharpness_of(pixels.gray))


def sharpness_of(gray: Any) -> Sharpness | None:
    """The same of gray values [height, width], uint8; its edges are those of their own size."""
    cv2, np = libraries()
    kernel = np.ones((WINDOW, WINDOW), np.uint8)
    spread = cv2.subtract(cv2.dilate(gray, kernel), cv2.erode(gray, kernel))
    step = spread.size // LOOKED_AT + 1  # some of the lines are enough of a large picture
    places = np.flatnonzero(spread[::step] >= STRONG)
    if places.size * step < FEWEST:
        return None
    places = places[:: places.size // SAMPLES + 1]
    places += places // gray.shape[1] * (gray.shape[1] * (step - 1))
    across = cv2.Sobel(gray, cv2.CV_16S, 1, 0, ksize=3).ravel()[places].astype(np.float32)
    down = cv2.Sobel(gray, cv2.CV_16S, 0, 1, ksize=3).ravel()[places].astype(np.float32)
    size, angle = cv2.cartToPolar(across, down, angleInDegrees=True)
    steep = size.ravel() / (np.float32(4.0) * spread.ravel()[places])
    turn = (angle.ravel() * np.float32(DIRECTIONS / 180.0)).astype(np.uint8) % DIRECTIONS
    least = max(100, places.size // 100)
    ends = np.cumsum(np.bincount(turn, minlength=DIRECTIONS))[:-1]
    parts = np.split(steep[np.argsort(turn, kind="stable")], ends)
    tops = [_top(part) for part in parts if part.size > least]
    overall = _top(steep)
    return Sharpness(overall, float(np.median(tops)) if tops else overall)


def _top(values: Any) -> float:
    """The value that TOP_PERCENT of them stay below."""
    _, np = libraries()
    rank = round((values.size - 1) * TOP_PERCENT / 100)
    return float(np.partition(values, rank)[rank])
