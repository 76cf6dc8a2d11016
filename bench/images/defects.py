"""Defects of photos, made from a clean photo with seeded parameters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import cv2
import numpy as np

Gray = Any
VIEW_PX = 1280


def saved(picture: Any, quality: int = 85) -> bytes:
    """The picture as a JPEG file."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return bytes(data)


def at_view(picture: Any, dice: Random) -> float:
    """px of the picture per px at 1280."""
    return max(max(picture.shape[:2]) / VIEW_PX, 1.0)


def gauss(sigma: float) -> Callable[[Any, Random], bytes]:
    """Blur of `sigma` px at 1280 px."""

    def make(picture: Any, dice: Random) -> bytes:
        return saved(cv2.GaussianBlur(picture, (0, 0), sigma * at_view(picture, dice)))

    return make


def motion(length: float) -> Callable[[Any, Random], bytes]:
    """Motion of `length` px at 1280 px in a random direction."""

    def make(picture: Any, dice: Random) -> bytes:
        size = max(round(length * at_view(picture, dice)), 3) | 1
        angle = dice.uniform(0, np.pi)
        kernel = np.zeros((size, size), np.float32)
        middle = (size - 1) / 2
        for step in np.linspace(-middle, middle, 8 * size):
            x, y = middle + step * np.cos(angle), middle + step * np.sin(angle)
            left, top = int(x), int(y)
            right, down = x - left, y - top
            for column, row, weight in (
                (left, top, (1 - right) * (1 - down)),
                (left + 1, top, right * (1 - down)),
                (left, top + 1, (1 - right) * down),
                (left + 1, top + 1, right * down),
            ):
                if row < size and column < size:
                    kernel[row, column] += weight
        return saved(cv2.filter2D(picture, -1, kernel / kernel.sum()))

    return make


def levels(gain: float, offset: float = 0) -> Callable[[Any, Random], bytes]:
    """Levels times `gain` (varied by 10 %) plus `offset`, clipped."""

    def make(picture: Any, dice: Random) -> bytes:
        changed = picture.astype(np.float32) * gain * dice.uniform(0.9, 1.1) + offset
        return saved(np.clip(changed, 0, 255).astype(np.uint8))

    return make


def letterbox(level: int, upright: bool = False) -> Callable[[Any, Random], bytes]:
    """Bars of 4 to 15 percent on two sides."""

    def make(picture: Any, dice: Random) -> bytes:
        height, width = picture.shape[:2]
        depth = round((width if upright else height) * dice.uniform(0.045, 0.15))
        sides = (0, 0, depth, depth) if upright else (depth, depth, 0, 0)
        kind = cv2.BORDER_CONSTANT
        return saved(cv2.copyMakeBorder(picture, *sides, kind, value=(level,) * 3))

    return make


def enlarged(factor: float, how: int = cv2.INTER_CUBIC) -> Callable[[Any, Random], bytes]:
    """Shrunk by `factor`, then enlarged to its old size (or to 1280 px where it is larger)."""

    def make(picture: Any, dice: Random) -> bytes:
        scale = at_view(picture, dice) * factor
        height, width = picture.shape[:2]
        full = (round(width * factor / scale), round(height * factor / scale))
        small = (max(round(width / scale), 8), max(round(height / scale), 8))
        tiny = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
        return saved(cv2.resize(tiny, full, interpolation=how))

    return make


def blank(picture: Any, dice: Random) -> bytes:
    """One colour with a little noise, as an empty frame of a camera."""
    grain = np.random.default_rng(dice.randrange(1 << 30)).normal(0, 1, picture.shape)
    return saved(np.clip(dice.uniform(0, 255) + grain, 0, 255).astype(np.uint8))


def quality(value: int) -> Callable[[Any, Random], bytes]:
    """Saved at a poor quality and again at a good one, at no more than 1280 px."""

    def make(picture: Any, dice: Random) -> bytes:
        scale = at_view(picture, dice)
        size = (round(picture.shape[1] / scale), round(picture.shape[0] / scale))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        poor = cv2.imdecode(np.frombuffer(saved(small, value), np.uint8), cv2.IMREAD_COLOR)
        return saved(poor, 92)

    return make


# name -> (maker, rules of which one is expected)
DEFECTS: dict[str, tuple[Callable[[Any, Random], bytes], frozenset[str]]] = {
    **{
        f"blur sigma {sigma}": (gauss(sigma), frozenset(("image-blurred", "image-motion-blurred")))
        for sigma in (1.0, 1.5, 2.0, 4.0)
    },
    **{
        f"motion {length} px": (
            motion(length),
            frozenset(("image-blurred", "image-motion-blurred")),
        )
        for length in (8, 15, 25)
    },
    "too dark": (levels(0.28), frozenset(("image-too-dark",))),
    "too bright": (levels(2.3, 40), frozenset(("image-too-bright", "image-blank"))),
    "hazy": (levels(0.15, 105), frozenset(("image-low-contrast",))),
    "black bars": (letterbox(0), frozenset(("image-bars",))),
    "white bars": (letterbox(255), frozenset(("image-bars",))),
    "side bars": (letterbox(16, upright=True), frozenset(("image-bars",))),
    "blank": (blank, frozenset(("image-blank",))),
    "enlarged x2": (enlarged(2), frozenset(("image-upscaled",))),
    "enlarged x3": (enlarged(3), frozenset(("image-upscaled",))),
    "enlarged x4": (
        enlarged(4, cv2.INTER_LINEAR),
        frozenset(("image-upscaled",)),
    ),
    "quality 10 saved again": (quality(10), frozenset(("image-blocky",))),
}
