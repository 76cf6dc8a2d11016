"""Small copies for reports: upright, to scale, and none where a picture cannot be shown."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pil

from qc.core.blob import Blob
from qc.media import thumbnail
from qc.media._examples import encode
from qc.media.thumbnail import small_copy
from tests.media._pictures import jpeg

LANDSCAPE = jpeg(1600, 1000)


@pytest.mark.parametrize("tag", range(1, 9))
def test_a_copy_is_upright_and_to_scale(tag: int) -> None:
    """The red corner of the upright picture is where the orientation puts it."""
    upright = Pil.new("RGB", (1600, 1000), "white")
    upright.paste("red", (0, 0, 800, 200))
    turn = {
        2: Pil.Transpose.FLIP_LEFT_RIGHT,
        3: Pil.Transpose.ROTATE_180,
        4: Pil.Transpose.FLIP_TOP_BOTTOM,
        5: Pil.Transpose.TRANSPOSE,
        6: Pil.Transpose.ROTATE_90,
        7: Pil.Transpose.TRANSVERSE,
        8: Pil.Transpose.ROTATE_270,
    }.get(tag)
    stored = upright if turn is None else upright.transpose(turn)
    copy = small_copy(Blob(data=encode(stored, exif={0x0112: tag})), side_px=320)
    assert copy is not None
    assert (copy.width, copy.height, copy.scale) == (320, 200, 0.2)
    shown = Pil.open(io.BytesIO(copy.jpeg))
    assert shown.getpixel((150, 30))[1] < 60
    assert shown.getpixel((170, 30))[1] > 200
    assert shown.getpixel((150, 50))[1] > 200


def test_a_small_picture_keeps_its_size() -> None:
    copy = small_copy(Blob(data=jpeg(300, 200, format="PNG")))
    assert copy is not None
    assert (copy.width, copy.height, copy.scale) == (300, 200, 1.0)


@pytest.mark.parametrize("data", [b"", b"text", LANDSCAPE[:300], b"<svg/>"])
def test_what_cannot_be_shown_gives_none(data: bytes) -> None:
    assert small_copy(Blob(data=data)) is None


def test_a_far_too_large_picture_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnail, "MAX_PIXELS", 1000)
    assert small_copy(Blob(data=LANDSCAPE)) is None
