"""Pictures of the samples: a drawn school yard with the texture of a photo, always the same."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def school_yard(width: int, height: int, seed: int) -> Any:
    """A Pillow image of a school yard on a sunny day: building, flags, trees, pupils in rows."""
    import numpy as np
    from PIL import Image, ImageDraw

    random = np.random.default_rng(seed)
    picture = Image.fromarray(_ground(np, random, width, height))
    draw = ImageDraw.Draw(picture)
    horizon = int(height * 0.52)
    _building(draw, random, width, horizon)
    for _ in range(5):
        x = int(random.integers(0, width))
        _tree(draw, random, x, horizon + int(height * 0.05), height // 5)
    rows = 6
    for row in range(rows):
        y = horizon + int(height * (0.12 + 0.055 * row))
        size = max(6, int(height * (0.022 + 0.006 * row)))
        for column in range(int(width / (size * 2.2))):
            x = int((column + 0.5 + 0.2 * random.random()) * size * 2.2)
            _pupil(draw, random, x, y, size)
    grain = random.normal(0, 5.0, (height, width, 1))
    pixels = np.clip(np.asarray(picture).astype(np.float32) + grain, 0, 255)
    return Image.fromarray(pixels.astype("uint8"))


def jpeg(picture: Any, quality: int = 86) -> bytes:
    """The picture as JPEG."""
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


def _ground(np: Any, random: Any, width: int, height: int) -> Any:
    """Sky above, paved yard below, with fine texture."""
    rows = np.linspace(0, 1, height)[:, None, None]
    sky = np.array([150, 190, 232]) * (1 - rows) + np.array([226, 236, 245]) * rows
    yard = np.array([196, 178, 150]) * (1 - rows) + np.array([150, 132, 108]) * rows
    ground = np.where(rows < 0.52, sky, yard) * np.ones((1, width, 1))
    coarse = random.normal(0, 9, (height // 4 + 1, width // 4 + 1, 1))
    texture = np.repeat(np.repeat(coarse, 4, axis=0), 4, axis=1)[:height, :width]
    ground = ground + texture * np.where(rows < 0.52, 0.35, 1.0)
    return np.clip(ground, 0, 255).astype("uint8")


def _building(draw: Any, random: Any, width: int, horizon: int) -> None:
    top = int(horizon * 0.35)
    left, right = int(width * 0.08), int(width * 0.92)
    draw.rectangle((left, top, right, horizon + 8), fill=(236, 214, 150), outline=(120, 92, 50))
    draw.polygon(
        [(left - 20, top), (right + 20, top), (right - 40, top - 60), (left + 40, top - 60)],
        fill=(168, 62, 48),
    )
    step = max(28, width // 24)
    for floor in range(2):
        y = top + 18 + floor * (horizon - top) // 2
        for x in range(left + 20, right - step, step):
            shade = int(random.integers(60, 120))
            draw.rectangle(
                (x, y, x + step * 6 // 10, y + (horizon - top) // 3),
                fill=(shade, shade + 30, shade + 50),
                outline=(250, 246, 232),
                width=3,
            )
    pole = width // 2
    draw.line((pole, horizon, pole, top - 120), fill=(90, 90, 96), width=5)
    draw.rectangle((pole, top - 120, pole + 84, top - 64), fill=(218, 37, 29))
    draw.polygon(_star(pole + 42, top - 92, 19), fill=(255, 222, 0))


def _star(x: int, y: int, radius: float) -> list[tuple[float, float]]:
    """The ten corners of an upright five-pointed star."""
    from math import cos, pi, sin

    lengths = [radius, radius * 0.382] * 5
    angles = [pi / 5 * corner - pi / 2 for corner in range(10)]
    return [(x + r * cos(a), y + r * sin(a)) for r, a in zip(lengths, angles, strict=True)]


def _tree(draw: Any, random: Any, x: int, y: int, size: int) -> None:
    draw.rectangle((x - size // 12, y - size // 2, x + size // 12, y), fill=(104, 74, 46))
    for _ in range(60):
        dx = int(random.normal(0, size * 0.26))
        dy = int(random.normal(-size * 0.8, size * 0.2))
        r = int(size * (0.05 + 0.09 * random.random()))
        green = int(random.integers(92, 168))
        draw.ellipse(
            (x + dx - r, y + dy - r, x + dx + r, y + dy + r),
            fill=(int(green * 0.45), green, int(green * 0.35)),
        )


def _pupil(draw: Any, random: Any, x: int, y: int, size: int) -> None:
    skin = int(random.integers(188, 226))
    hair = int(random.integers(16, 44))
    shirt = (250, 250, 252) if random.random() > 0.2 else (206, 226, 246)
    draw.rectangle((x - size // 2, y, x + size // 2, y + int(size * 1.5)), fill=shirt)
    draw.polygon([(x - size // 4, y), (x + size // 4, y), (x, y + size // 2)], fill=(206, 30, 34))
    box = (x - size // 3, y - int(size * 0.72), x + size // 3, y)
    draw.ellipse(box, fill=(skin, int(skin * 0.82), int(skin * 0.66)))
    draw.pieslice(box, 180, 360, fill=(hair, hair, hair))
    draw.rectangle(
        (x - size // 2, y + int(size * 1.5), x + size // 2, y + int(size * 2.3)), fill=(34, 48, 92)
    )
