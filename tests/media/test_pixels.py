"""The pixel pass: defects drawn into a scene are found, the scene itself is clean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pil
from PIL import ImageDraw, ImageOps

from qc.core.article import Image, Role
from qc.core.errors import Unavailable
from qc.core.rule import AnyCheck
from qc.media import _pixels
from qc.media._examples import bars, blur, changed, encode, scene, tone
from qc.media._measures.borders import borders
from qc.media._measures.detail import detail
from qc.media._measures.hashes import difference_hash, distance
from qc.media._pixels import pixels_of
from qc.media.blurred import blurred
from qc.media.duplicates import duplicates
from qc.media.exposure import exposure
from qc.media.framing import framing
from qc.media.texture import texture
from tests.media._pictures import article_of, findings, image, jpeg, rule_ids

CHECKS = (blurred, exposure, framing, texture)
SCENE = jpeg(1000, 667)


def streak(length: int) -> Callable[[Any], Any]:
    """Horizontal motion of `length` px."""

    def change(picture: Any) -> Any:
        values = np.asarray(picture).astype(np.float32)
        moved = sum(np.roll(values, step, axis=1) for step in range(length)) / length
        return Pil.fromarray(moved.astype(np.uint8))

    return change


def sheet(paper: int = 255, ink: int = 30, lines: int = 20) -> Callable[[Any], Any]:
    """A scanned notice: lines of words on a page."""

    def change(picture: Any) -> Any:
        page = Pil.new("RGB", picture.size, (paper,) * 3)
        pen = ImageDraw.Draw(page)
        for y in range(60, 60 + 24 * lines, 24):
            pen.text((80, y), "Thông báo tuyển sinh năm học mới " * 4, fill=(ink,) * 3)
        return page

    return change


def yellow(picture: Any) -> Any:
    """A bright yellow wall that burns out in two of three colours, with a few things on it."""
    wall = Pil.new("RGB", picture.size, (255, 255, 60))
    wall.paste(picture.crop((0, 0, 500, picture.height)).point(lambda v: 60 + v // 2), (500, 0))
    return wall


DEFECTS: list[tuple[str, AnyCheck, Callable[[Any], Any], list[str]]] = [
    ("out of focus", blurred, blur(2.5), ["image-blurred"]),
    ("far out of focus", blurred, blur(6), ["image-blurred"]),
    ("soft by one pixel", blurred, blur(1), ["image-blurred"]),
    ("softened, not blurred", blurred, blur(0.5), []),
    ("moved", blurred, streak(21), ["image-motion-blurred"]),
    ("dark", exposure, tone(0.25), ["image-too-dark"]),
    ("burnt out", exposure, tone(2.4, 60), ["image-too-bright"]),
    ("burnt out in one colour", exposure, yellow, ["image-too-bright"]),
    ("hazy", exposure, tone(0.12, 110), ["image-low-contrast"]),
    ("empty", exposure, tone(0, 200), ["image-blank"]),
    ("black bars", framing, bars(60), ["image-bars"]),
    ("white bars", framing, bars(60, 255), ["image-bars"]),
    ("thin line", framing, bars(6), []),
    ("a sheet is not burnt out", exposure, sheet(), []),
    ("a gray sheet is not burnt out", exposure, sheet(paper=232, ink=90), []),
    ("a sheet of two lines is not empty", exposure, sheet(lines=2), []),
    ("pale words are not hazy", exposure, sheet(ink=150, lines=6), []),
    ("a sheet has no bars", framing, sheet(), []),
    ("a sheet is sharp", blurred, sheet(), []),
]


@pytest.mark.parametrize(
    ("check", "change", "expected"), [case[1:] for case in DEFECTS], ids=[c[0] for c in DEFECTS]
)
def test_defect(check: AnyCheck, change: Callable[[Any], Any], expected: list[str]) -> None:
    assert rule_ids(check, image(changed(change)())) == expected


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP"])
def test_a_clean_scene_raises_nothing(form: str) -> None:
    data = jpeg(1000, 667, format=form)
    assert [rule_ids(check, image(data)) for check in CHECKS] == [[]] * len(CHECKS)


def test_strong_compression_is_blocky() -> None:
    assert rule_ids(texture, image(jpeg(1000, 667, quality=5))) == ["image-blocky"]


def test_noise_is_noted() -> None:
    dice = np.random.default_rng(3)

    def change(picture: Any) -> Any:
        values = np.asarray(picture).astype(np.float32)
        return Pil.fromarray(
            np.clip(values + dice.normal(0, 40, values.shape), 0, 255).astype("u1")
        )

    assert "image-noisy" in rule_ids(texture, image(changed(change)()))


def test_bars_have_a_box_in_px_of_the_file() -> None:
    (found,) = findings(framing, image(changed(bars(100), 2000, 1300)()))
    x, y, width, height = found.box or (0, 0, 0, 0)
    assert (x, y, width) == (0, 0, 2000)
    assert abs(height - 100) <= 3


def test_blank_lower_part() -> None:
    picture = scene(800, 600)
    picture.paste((128, 128, 128), (0, 420, 800, 600))
    assert "image-partly-gray" in rule_ids(framing, image(encode(picture)))


def test_screenshot_needs_two_clues() -> None:
    flat = Pil.new("RGB", (1080, 2400), (245, 245, 245))
    ImageDraw.Draw(flat).text((100, 100), "Tin nhắn", fill=0)
    data = encode(flat, format="PNG")
    assert "image-screenshot" in rule_ids(framing, image(data, "a.png"))
    assert "image-screenshot" not in rule_ids(framing, image(jpeg(1080, 2400)))


def test_pixels_are_upright_and_scaled() -> None:
    pixels = pixels_of(image(jpeg(3000, 2000, exif={0x0112: 6})))
    assert pixels is not None
    assert (pixels.width, pixels.height, pixels.reduction) == (853, 1280, 2)
    assert pixels.box(0, 0, 853, 1280)[2:] == (2000, 3001)


@pytest.mark.parametrize("tag", range(1, 9))
def test_every_orientation_comes_out_upright(tag: int) -> None:
    upright = scene(300, 200)
    turned = {
        2: ImageOps.mirror,
        3: lambda p: p.rotate(180),
        4: ImageOps.flip,
        5: lambda p: p.transpose(Pil.Transpose.TRANSPOSE),
        6: lambda p: p.rotate(90, expand=True),
        7: lambda p: p.transpose(Pil.Transpose.TRANSVERSE),
        8: lambda p: p.rotate(270, expand=True),
    }.get(tag, lambda p: p)(upright)
    pixels = pixels_of(image(encode(turned, exif={0x0112: tag}, quality=95)))
    plain = pixels_of(image(encode(upright, quality=95)))
    assert pixels is not None
    assert plain is not None
    assert pixels.gray.shape == plain.gray.shape
    assert float(np.abs(pixels.gray.astype(int) - plain.gray).mean()) < 3


def test_what_is_soft_says_by_which_measure() -> None:
    edges, fine = (findings(blurred, image(changed(blur(radius))()))[0].facts for radius in (6, 1))
    assert (edges["measure_en"], edges["limit"]) == ("sharpness of the edges", 0.5)
    assert (fine["measure_en"], fine["limit"]) == ("loss of fine detail", 3.1)
    assert not findings(blurred, image(changed(blur(1))()), softness=9.0)


def test_detail_is_lost_step_by_step() -> None:
    seen = [pixels_of(image(changed(blur(radius))())) for radius in (0, 0.7, 1, 1.5)]
    measured = [detail(pixels) for pixels in seen if pixels is not None]
    softness = [each.softness for each in measured if each is not None]
    assert len(softness) == 4
    assert softness == sorted(softness)


def test_detail_needs_a_tile() -> None:
    pixels = pixels_of(image(encode(scene(60, 60))))
    assert pixels is not None
    assert detail(pixels) is None


def test_too_many_pixels_are_unavailable_not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pixels, "MAX_PIXELS", 1000)
    with pytest.raises(Unavailable, match="more than qc decodes"):
        pixels_of(image(jpeg(100, 80)))


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", SCENE[:20_000], jpeg(20, 20), b'<svg width="900" height="600"/>'],
    ids=["empty", "text", "cut", "tiny", "drawing"],
)
def test_nothing_is_measured(data: bytes) -> None:
    assert pixels_of(image(data)) is None
    assert [rule_ids(check, image(data)) for check in CHECKS] == [[]] * len(CHECKS)


def test_no_bars_in_a_plain_picture() -> None:
    pixels = pixels_of(image(encode(Pil.new("RGB", (300, 200), "red"))))
    assert pixels is not None
    assert all(bar.straight < 0.5 for bar in borders(pixels))


def cut(share: float) -> Callable[[Any], Any]:
    def change(picture: Any) -> Any:
        width, height = picture.size
        left, top = int(width * share), int(height * share)
        return picture.crop((left, top, width, height))

    return change


COPIES = [
    ("resized", lambda p: p.resize((500, 333)), True),
    ("brighter", tone(1.2), True),
    ("mirrored", ImageOps.mirror, True),
    ("cut on two sides", cut(0.06), True),
    ("framed", bars(70, 255), True),
    ("upside down", lambda p: p.rotate(180), False),
]


@pytest.mark.parametrize(
    ("change", "same"), [case[1:] for case in COPIES], ids=[case[0] for case in COPIES]
)
def test_duplicates(change: Callable[[Any], Any], same: bool) -> None:
    first, second = image(SCENE, "a.jpg"), image(changed(change)(), "b.jpg")
    found = findings(duplicates, article_of(first, second))
    assert [finding.facts["other"] for finding in found] == (["a.jpg"] if same else [])


def test_the_featured_picture_may_stand_in_the_text_again() -> None:
    featured, inline = image(SCENE, "a.jpg", Role.FEATURED), image(SCENE, "a.jpg")
    assert not findings(duplicates, article_of(featured, inline))
    other = image(SCENE, "b.jpg")
    (found,) = findings(duplicates, article_of(featured, other))
    assert found.severity.value == "warning"


def test_plain_pictures_are_no_duplicates() -> None:
    plain = [image(encode(Pil.new("RGB", (300, 200), c)), f"{c}.jpg") for c in ("red", "navy")]
    assert not findings(duplicates, article_of(*plain, Image(path="c.jpg", problem="missing")))


def test_the_hash_of_a_picture_is_near_itself() -> None:
    one, two = pixels_of(image(SCENE)), pixels_of(image(jpeg(400, 267)))
    assert one is not None
    assert two is not None
    assert distance(one, one) == 0
    assert difference_hash(one.gray).bit_length() <= 64
