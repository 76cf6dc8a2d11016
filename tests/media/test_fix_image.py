"""The safe copy: rights kept, private tags gone, upright, sRGB, of a sensible size."""

from __future__ import annotations

import io
import subprocess
from shutil import which
from typing import Any

import pytest
from PIL import Image as Pil

from qc.core.errors import LoadError
from qc.media._header.read import read_header
from qc.media._metadata.record import Metadata, read_metadata
from qc.media.fix_image import safe_copy
from tests.media._pictures import jpeg, with_iim, with_xmp

NAME = "Nguyễn Thị Bích Đào"
GPS = {1: "N", 2: (21.0, 1.0, 0.0), 3: "E", 4: (105.0, 1.0, 0.0)}


def metadata(data: bytes) -> Metadata:
    return read_metadata(read_header(data))


def test_private_tags_go_and_rights_stay() -> None:
    tags: dict[int, Any] = {0x013B: NAME, 0x8298: "© Trường A", 0x010F: "Canon", 0x8825: GPS}
    data = with_iim(jpeg(2400, 1600, exif={**tags, 0x8769: {0xA431: "99"}}), (110, b"Hang A"))
    licence = (
        "<xmpRights:WebStatement>https://a.example/q</xmpRights:WebStatement>"
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Bé An</rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:PersonInImage>"
    )
    copy = safe_copy(with_xmp(data, licence))
    found = metadata(copy.data)
    assert found.creators == (NAME,)
    assert found.notices == ("© Trường A",)
    assert found.credits == ("Hang A",)
    assert found.xmp.one("xmprights", "webstatement") == "https://a.example/q"
    assert found.gps is None
    assert not found.exif.serials
    assert not found.exif.camera
    assert "Bé An".encode() not in copy.data
    assert (copy.width, copy.height, copy.extension) == (1500, 1000, ".jpg")
    assert "position removed" in copy.changes


def test_turned_upright() -> None:
    copy = safe_copy(jpeg(300, 200, exif={0x0112: 6}))
    assert (copy.width, copy.height) == (200, 300)
    assert metadata(copy.data).exif.orientation == 1


@pytest.mark.parametrize(
    ("mode", "form", "extension", "result"),
    [
        ("CMYK", "JPEG", ".jpg", "RGB"),
        ("L", "JPEG", ".jpg", "L"),
        ("RGBA", "PNG", ".png", "RGBA"),
        ("I;16", "PNG", ".png", "L"),
        ("RGB", "WEBP", ".jpg", "RGB"),
        ("RGB", "TIFF", ".png", "RGB"),
    ],
)
def test_modes(mode: str, form: str, extension: str, result: str) -> None:
    copy = safe_copy(jpeg(300, 200, mode=mode, format=form))
    assert copy.extension == extension
    assert Pil.open(io.BytesIO(copy.data)).mode == result


def test_a_large_photo_in_png_becomes_jpeg() -> None:
    assert safe_copy(jpeg(900, 600, format="PNG")).extension == ".jpg"


@pytest.mark.parametrize(
    "data",
    [b"", b"text", jpeg(200, 100)[:3000], b'<svg width="2" height="2"/>', jpeg(9, 9, format="GIF")],
    ids=["empty", "text", "cut", "drawing", "gif"],
)
def test_what_cannot_be_copied_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError):
        safe_copy(data)


@pytest.mark.skipif(which("exiftool") is None, reason="exiftool is an oracle of the tests only")
def test_exiftool_reads_the_copy(tmp_path: Any) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(safe_copy(jpeg(300, 200, exif={0x013B: NAME, 0x8825: GPS})).data)
    command = ["exiftool", "-s3", "-XMP-dc:Creator", "-EXIF:Artist", "-GPSPosition", str(path)]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\n")
    assert [line for line in lines if line] == [NAME, NAME]
