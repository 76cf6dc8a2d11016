"""Content Credentials and embedded thumbnails."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from PIL import ImageOps

from qc.core.errors import Unavailable
from qc.media import content_credentials as module
from qc.media._examples import encode, scene
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
