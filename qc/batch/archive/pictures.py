"""Pictures of a sample archive: drawn scenes, each different, good enough to publish."""

from __future__ import annotations

import io
import math
import random
from typing import Any

from qc.batch.archive.model import Picture

SIZE = (1280, 853)
SCALED = (1200, 800)
SMALL = (220, 147)


def draw(picture: Picture) -> bytes:
    """The picture as a JPEG; the same scene gives the same bytes."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    dice = random.Random(picture.scene)
    width, height = SIZE
    sky = Image.linear_gradient("L").resize(SIZE)
    top = [dice.randint(60, 150), dice.randint(120, 190), dice.randint(180, 230)]
    image = Image.merge("RGB", [sky.point(lambda v, t=t: min(235, t + v // 4)) for t in top])
    pen = ImageDraw.Draw(image)
    ground = dice.randint(height // 2, height * 3 // 4)
    _hills(pen, dice, ground)
    pen.rectangle((0, ground, width, height), fill=_shade(dice, 70, 150, 40))
    _house(pen, dice, ground)
    for _ in range(dice.randint(18, 40)):
        _tree(pen, dice, ground)
    for _ in range(dice.randint(24, 60)):
        _person(pen, dice, ground)
    grain = Image.frombytes("L", (width // 2, height // 2), dice.randbytes(width * height // 4))
    soft = grain.resize(SIZE).filter(ImageFilter.GaussianBlur(0.9)).point(lambda v: v // 8)
    image = ImageChops.add(image, Image.merge("RGB", (soft,) * 3), offset=-16)
    if picture.small or picture.scaled:
        image = image.resize(SMALL if picture.small else SCALED)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=78 if picture.scaled else 86)
    return stream.getvalue()


def _shade(dice: random.Random, red: int, green: int, blue: int) -> tuple[int, int, int]:
    return (
        red + dice.randint(-30, 30),
        green + dice.randint(-30, 30),
        blue + dice.randint(-20, 30),
    )


def _hills(pen: Any, dice: random.Random, ground: int) -> None:
    for _ in range(3):
        base, rise = dice.randint(20, 90), dice.uniform(0.004, 0.012)
        shade = _shade(dice, 90, 130, 120)
        points = [
            (x, ground - base - int(40 * math.sin(x * rise + base)))
            for x in range(0, SIZE[0] + 8, 8)
        ]
        pen.polygon([(0, ground), *points, (SIZE[0], ground)], fill=shade)


def _house(pen: Any, dice: random.Random, ground: int) -> None:
    left, wide, high = dice.randint(40, 420), dice.randint(260, 460), dice.randint(130, 230)
    pen.rectangle((left, ground - high, left + wide, ground + 20), fill=_shade(dice, 215, 190, 120))
    pen.polygon(
        [
            (left - 14, ground - high),
            (left + wide // 2, ground - high - 60),
            (left + wide + 14, ground - high),
        ],
        fill=_shade(dice, 160, 60, 50),
    )
    for floor in range(2):
        for column in range(wide // 56):
            x, y = left + 16 + column * 54, ground - high + 20 + floor * (high // 2)
            pen.rectangle(
                (x, y, x + 32, y + 40),
                fill=_shade(dice, 60, 90, 130),
                outline=(245, 245, 240),
                width=3,
            )


def _tree(pen: Any, dice: random.Random, ground: int) -> None:
    x, y, size = dice.randint(0, SIZE[0]), ground + dice.randint(-10, 60), dice.randint(14, 46)
    pen.rectangle((x - 3, y - size, x + 3, y), fill=(90, 60, 40))
    pen.ellipse(
        (x - size // 2, y - size * 2, x + size // 2, y - size // 2), fill=_shade(dice, 50, 120, 50)
    )


def _person(pen: Any, dice: random.Random, ground: int) -> None:
    x, y = dice.randint(0, SIZE[0]), ground + dice.randint(40, SIZE[1] - ground - 10)
    size = 10 + (y - ground) // 5
    pen.rectangle((x - size // 3, y - size, x + size // 3, y), fill=(30, 40, 80))
    pen.rectangle(
        (x - size // 2, y - size * 2, x + size // 2, y - size), fill=_shade(dice, 220, 200, 190)
    )
    pen.ellipse(
        (x - size // 3, y - size * 3, x + size // 3, y - size * 2), fill=_shade(dice, 190, 140, 110)
    )
    pen.rectangle(
        (x - size // 6, y - size * 2, x + size // 6, y - size * 3 // 2), fill=(200, 30, 40)
    )
