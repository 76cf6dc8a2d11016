"""Content Credentials, embedded thumbnails, and thumbnails for reports."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from PIL import Image as Pil
from PIL import ImageOps

from qc.core.blob import Blob
from qc.core.errors import Unavailable
from qc.media import content_credentials as module
from qc.media._examples import encode, scene
from qc.media._region import marked_thumbnail
from qc.media.content_credentials import content_credentials
from qc.media.photo_thumbnail import photo_thumbnail
from tests.media._pictures import image, jpeg, rule_ids, with_segment

BOX = (
    b"JP\0\1\0\0\0\1\0\0\0\x40jumb\0\0\0\x20jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\3c2pa\0"
)


def test_no_manifest_is_nothing_to_check() -> None:
    assert not rule_ids(content_credentials, image(jpeg(60, 40)))


def test_without_the_extra_it_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(Unavailable, match="c2pa extra"):
        rule_ids(content_credentials, image(with_segment(jpeg(60, 40), 0xEB, BOX)))


def test_a_broken_manifest_is_invalid() -> None:
    pytest.importorskip("c2pa")
    data = with_segment(jpeg(60, 40), 0xEB, BOX)
    assert rule_ids(content_credentials, image(data)) == ["image-credentials-invalid"]


def with_thumbnail(picture: Any, small: Any) -> bytes:
    """A JPEG whose EXIF holds `small` as its thumbnail."""
    stream = io.BytesIO()
    small.save(stream, "JPEG")
    body = stream.getvalue()
    start = 26 + 2 + 3 * 12 + 4
    entries = ((0x0103, 3, 6), (0x0201, 4, start), (0x0202, 4, len(body)))
    packed = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    first = struct.pack("<HHHIII", 1, 0x0112, 3, 1, 1, 26)
    tiff = b"II*\0\x08\0\0\0" + first + struct.pack("<H", 3) + packed + bytes(4) + body
    return with_segment(encode(picture), 0xE1, b"Exif\0\0" + tiff)


def test_thumbnail_of_the_same_picture() -> None:
    picture = scene(900, 600)
    data = with_thumbnail(picture, picture.resize((160, 107)))
    assert not rule_ids(photo_thumbnail, image(data))


def test_thumbnail_padded_to_the_shape_of_the_sensor() -> None:
    picture = scene(900, 600)
    small = ImageOps.pad(picture, (160, 120), color="black")
    assert not rule_ids(photo_thumbnail, image(with_thumbnail(picture, small)))


def test_thumbnail_that_shows_what_was_cropped() -> None:
    whole = scene(900, 600)
    data = with_thumbnail(whole.crop((450, 150, 900, 450)), whole.resize((160, 107)))
    assert rule_ids(photo_thumbnail, image(data)) == ["privacy-photo-thumbnail-differs"]


def test_region_is_marked_in_the_thumbnail() -> None:
    data = jpeg(1600, 1000)
    shown = marked_thumbnail(Blob(data=data), (400, 200, 800, 600))
    assert shown is not None
    small = Pil.open(io.BytesIO(shown))
    assert small.size == (320, 200)
    red, green, blue = small.getpixel((81, 100))
    assert red > 150
    assert max(green, blue) < 120


def test_turned_photo_is_shown_upright() -> None:
    shown = marked_thumbnail(Blob(data=jpeg(1600, 1000, exif={0x0112: 6})), None)
    assert shown is not None
    assert Pil.open(io.BytesIO(shown)).size == (200, 320)


@pytest.mark.parametrize("data", [b"", b"text", jpeg(60, 40)[:300]])
def test_what_cannot_be_shown_gives_none(data: bytes) -> None:
    assert marked_thumbnail(Blob(data=data), None) is None
