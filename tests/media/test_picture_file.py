"""Picture files: missing, remote, damaged, cut, of the wrong kind or colours."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import ImageCms

from qc.core.article import Image
from qc.media.picture_file import picture_file
from tests.media._pictures import findings, image, jpeg, rule_ids

PROBLEMS = [
    ({"problem": "missing"}, "image-missing", "không có tệp"),
    ({"problem": "outside"}, "image-missing", "ngoài thư mục"),
    ({"problem": "link"}, "image-missing", "liên kết"),
    ({}, "image-missing", "không có tệp"),
    ({"remote": True}, "image-remote", ""),
]


@pytest.mark.parametrize(("facts", "rule", "reason"), PROBLEMS)
def test_no_file(facts: dict[str, Any], rule: str, reason: str) -> None:
    (found,) = findings(picture_file, Image(path="a.jpg", **facts))
    assert found.rule.id == rule
    assert reason in str(found.facts.get("reason", ""))


CASES = [
    ("clean", jpeg(60, 40), "a.jpg", []),
    ("extension in capitals", jpeg(60, 40), "A.JPG", []),
    ("no extension", jpeg(60, 40), "anh", []),
    ("not a picture", b"<p>xin ch\xc3\xa0o</p>", "a.jpg", ["image-unreadable"]),
    ("empty", b"", "a.jpg", ["image-unreadable"]),
    ("cut", jpeg(60, 40)[:-40], "a.jpg", ["image-truncated"]),
    ("png as jpg", jpeg(60, 40, format="PNG"), "a.jpg", ["image-extension-mismatch"]),
    ("bitmap", jpeg(60, 40, format="BMP"), "a.bmp", ["image-format-unsuitable"]),
    ("print colours", jpeg(60, 40, mode="CMYK"), "a.jpg", ["image-print-colours"]),
    ("16 bit", jpeg(60, 40, format="PNG", mode="I;16"), "a.png", ["image-colour-deep"]),
]


@pytest.mark.parametrize(
    ("data", "name", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_file(data: bytes, name: str, expected: list[str]) -> None:
    assert rule_ids(picture_file, image(data, name)) == expected


def test_pixel_limit_is_exact() -> None:
    data = jpeg(60, 40)
    assert not rule_ids(picture_file, image(data), max_megapixels=0.0024)
    assert rule_ids(picture_file, image(data), max_megapixels=0.0023) == ["image-bomb"]


def test_colour_profile() -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert not rule_ids(picture_file, image(jpeg(60, 40, icc_profile=plain)))
    adobe = bytes(128) + b"desc\0\0\0\0\0\0\0\x12Adobe RGB (1998)\0" + bytes(40)
    (found,) = findings(picture_file, image(jpeg(60, 40, icc_profile=adobe)))
    assert (found.rule.id, found.facts["profile"]) == ("image-colour-profile", "Adobe RGB")
