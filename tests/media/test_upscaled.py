"""Enlarged pictures are found; sharp, plain and small ones are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image as Pil

from qc.core.article import Role
from qc.media._examples import changed, encode, enlarge
from qc.media.upscaled import upscaled
from tests.media._pictures import findings, image, jpeg, rule_ids

CASES: list[tuple[str, Callable[[Any], Any], bool]] = [
    ("as drawn", lambda picture: picture, False),
    ("shrunk", lambda picture: picture.resize((700, 467)), False),
    ("twice", enlarge(2), True),
    ("three times", enlarge(3), True),
    ("four times", enlarge(4), True),
    ("four times, tiny", lambda picture: enlarge(4)(picture).resize((300, 200)), False),
]


@pytest.mark.parametrize(("change", "raised"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_enlarged(change: Callable[[Any], Any], raised: bool) -> None:
    found = rule_ids(upscaled, image(changed(change)()))
    assert found == (["image-upscaled"] if raised else [])


@pytest.mark.parametrize("quality", [95, 85, 75, 60])
def test_compression_is_no_enlargement(quality: int) -> None:
    assert not findings(upscaled, image(jpeg(1000, 667, quality=quality)))


def test_the_limits_decide() -> None:
    data = changed(enlarge(3))()
    (found,) = findings(upscaled, image(data))
    assert (found.facts["width"], found.facts["height"]) == (1000, 667)
    assert not findings(upscaled, image(data), loss=9.0)


def test_what_is_not_measured() -> None:
    plain = encode(Pil.new("RGB", (900, 600), "navy"))
    assert not findings(upscaled, image(plain))
    assert not findings(upscaled, image(b"no picture"))
    assert not findings(upscaled, image(changed(enlarge(4))(), "logo.jpg", Role.LOGO))
