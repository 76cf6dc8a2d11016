"""Stamps: patches of red ink on a page, cut out level and enlarged, so that they can be read.

A stamp stands askew, in a frame, often across the text of the page. Its colour tells it apart:
what is cut out is how much redder than gray each pixel is, without the long lines of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.core.record import dataclass
from qc.media._pixels import libraries

RED = 70
FEWEST_PX = 120
MOST_STAMPS = 4
LEAST_WIDTH, LEAST_HEIGHT = 30, 12
STEEPEST = 60
READ_HEIGHT, LARGEST_SCALE = 90, 5
MARGIN = 15
WHITE = 255


@dataclass(frozen=True, slots=True)
class Stamp:
    """`ink` and `gray` show it level, black on white; `box` is x, y, width, height in px."""

    ink: Any
    gray: Any
    box: tuple[int, int, int, int]


def stamps(colours: Any) -> Iterator[Stamp]:
    """The largest patches of red ink in a picture (BGR)."""
    cv2, np = libraries()
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(colours))
    ink = np.clip((red - np.maximum(green, blue)) * 3, 0, WHITE).astype(np.uint8)
    mask = (ink > RED).astype(np.uint8)
    side = max(mask.shape)
    near = cv2.getStructuringElement(cv2.MORPH_RECT, (side // 32 | 1, side // 100 | 1))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, near))
    gray = cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY)
    for label in np.argsort(stats[1:, cv2.CC_STAT_AREA])[::-1][:MOST_STAMPS] + 1:
        x, y, width, height = (int(value) for value in stats[label][:4])
        part = np.s_[y : y + height, x : x + width]
        points = cv2.findNonZero(mask[part] * (labels[part] == label))
        if points is None or len(points) < FEWEST_PX:
            continue
        turn = _levelling(np.add(points, (x, y)))
        if turn is not None:
            matrix, size = turn
            yield Stamp(
                _unframed(cv2.warpAffine(WHITE - ink, matrix, size, borderValue=WHITE)),
                _unframed(cv2.warpAffine(gray, matrix, size, borderMode=cv2.BORDER_REPLICATE)),
                (x, y, width, height),
            )


def _levelling(points: Any) -> tuple[Any, tuple[int, int]] | None:
    """The turn that lays points level at a height to read, and the size of the outcome."""
    cv2, _ = libraries()
    middle, (width, height), angle = cv2.minAreaRect(points)
    if width < height:
        width, height, angle = height, width, angle + 90
    angle = (angle + 90) % 180 - 90
    if width < LEAST_WIDTH or height < LEAST_HEIGHT or abs(angle) > STEEPEST:
        return None
    scale = min(READ_HEIGHT / height, LARGEST_SCALE)
    size = (round(width * scale) + 2 * MARGIN, round(height * scale) + 2 * MARGIN)
    matrix = cv2.getRotationMatrix2D(middle, angle, scale)
    matrix[:, 2] += (size[0] / 2 - middle[0], size[1] / 2 - middle[1])
    return matrix, size


def _unframed(picture: Any) -> Any:
    """Without lines that run along two fifths of its width or most of its height."""
    cv2, np = libraries()
    limit, _ = cv2.threshold(picture, 0, WHITE, cv2.THRESH_OTSU)
    dark = (picture < limit).astype(np.uint8)
    height, width = picture.shape
    thick = cv2.dilate(dark, np.ones((3, 3)))  # a line may still lean by some pixels
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(width * 4 // 10, 40))))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((height * 6 // 10, 1)))
    lines = cv2.dilate(across | down, np.ones((3, 3)))
    picture[lines > 0] = int(np.median(picture))
    return picture
