"""Drawn pictures for the examples of the image rules and for tests: nothing is drawn on import."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qc.core.rule import Draft

FIGURE = (
    '<figure><img src="{name}" alt="Học sinh lớp 2A trồng cây trong sân trường" {attributes}>'
    "<figcaption>{caption}</figcaption></figure>"
)
CAPTION = "Học sinh lớp 2A trồng cây. Ảnh: Trần Thị Bình"


def draft(
    build: Callable[[], bytes],
    *,
    name: str = "anh.jpg",
    attributes: str = "",
    caption: str = CAPTION,
) -> Draft:
    """An HTML draft with one figure; `build` draws the picture when the example is run."""
    text = FIGURE.format(name=name, attributes=attributes, caption=caption)
    return Draft(text, name="draft.html", files={name: build})


def photo(width: int = 1200, height: int = 800, **save: Any) -> Callable[[], bytes]:
    """A builder of a photo-like JPEG, or of another format of Pillow given as `format`."""
    return partial(_photo, width, height, save)


def scene(width: int, height: int) -> Any:
    """A drawn scene with smooth and sharp parts: sky, sun, trees, a fence, ground, grain."""
    import random

    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    dice = random.Random(width * 31 + height)
    unit = max(width, height) / 120
    sky = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge(
        "RGB",
        (
            sky.point(lambda v: 90 + v // 3),
            sky.point(lambda v: 140 + v // 4),
            sky.point(lambda v: 220 - v // 4),
        ),
    )
    pen = ImageDraw.Draw(picture)
    ground = height * 2 // 3
    pen.rectangle((0, ground, width, height), fill=(96, 124, 64))
    for index in range(60):
        x, y = dice.randrange(width), dice.randrange(height // 3, height)
        size = unit * dice.uniform(1, 9)
        shade = (dice.randrange(20, 240), dice.randrange(20, 240), dice.randrange(20, 200))
        box = (x - size, y - size, x + size, y + size * dice.uniform(0.3, 2))
        (pen.ellipse if index % 2 else pen.rectangle)(box, fill=shade)
    for x in range(0, width, max(int(unit * 3), 2)):
        pen.line(
            (x, ground - unit * 9, x, ground + unit * 4), fill=(60, 40, 30), width=max(int(unit), 1)
        )
    grain = Image.frombytes("L", (width, height), dice.randbytes(width * height))
    soft = grain.filter(ImageFilter.GaussianBlur(0.8)).point(lambda v: (v - 128) // 3 + 24)
    return ImageChops.subtract(
        ImageChops.add(picture, Image.merge("RGB", (soft,) * 3)),
        Image.new("RGB", (width, height), (24, 24, 24)),
    )


def encode(picture: Any, **save: Any) -> bytes:
    """A picture as a file; JPEG of quality 88 where nothing else is asked.

    `exif` is a mapping of tag numbers to values.
    """
    import io

    from PIL import Image

    stream = io.BytesIO()
    settings = {"format": "JPEG", **save}
    if "exif" in settings:
        tags = Image.Exif()
        tags.update(_utf8(settings["exif"]))
        settings["exif"] = tags.tobytes()
    if settings["format"] == "JPEG":
        settings.setdefault("quality", 88)
    picture.save(stream, **settings)
    return stream.getvalue()


def _utf8(tags: dict[int, Any]) -> dict[int, Any]:
    """Text as UTF-8 bytes: Pillow would write it as ASCII with question marks."""
    found: dict[int, Any] = {}
    for number, value in tags.items():
        if isinstance(value, dict):
            found[number] = _utf8(value)
        else:
            found[number] = value.encode() if isinstance(value, str) and number > 4 else value
    return found


def _photo(width: int, height: int, save: dict[str, Any]) -> bytes:
    mode = save.get("mode", "RGB")
    picture = scene(width, height)
    if mode != "RGB":
        picture = picture.convert(mode)
    return encode(picture, **{key: value for key, value in save.items() if key != "mode"})


def changed(
    change: Callable[[Any], Any], width: int = 1000, height: int = 667
) -> Callable[[], bytes]:
    """A builder of a JPEG of the drawn scene after `change`, a function of a Pillow image."""
    return partial(_changed, change, width, height)


def blur(radius: float) -> Callable[[Any], Any]:
    """Gaussian blur of a radius in px."""

    def change(picture: Any) -> Any:
        from PIL import ImageFilter

        return picture.filter(ImageFilter.GaussianBlur(radius))

    return change


def enlarge(factor: float) -> Callable[[Any], Any]:
    """Shrunk by a factor and enlarged to the old size again."""

    def change(picture: Any) -> Any:
        small = (round(picture.width / factor), round(picture.height / factor))
        return picture.resize(small).resize(picture.size)

    return change


def tone(gain: float, offset: float = 0) -> Callable[[Any], Any]:
    """Every level times `gain` plus `offset`, clipped."""
    return lambda picture: picture.point(lambda level: level * gain + offset)


def bars(depth: int, level: int = 0) -> Callable[[Any], Any]:
    """Bars of one gray level above and below."""

    def change(picture: Any) -> Any:
        from PIL import Image

        framed = Image.new("RGB", (picture.width, picture.height + 2 * depth), (level,) * 3)
        framed.paste(picture, (0, depth))
        return framed

    return change


def _changed(change: Callable[[Any], Any], width: int, height: int) -> bytes:
    return encode(change(scene(width, height)))
