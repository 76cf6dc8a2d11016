"""Rights, provenance, photo privacy, dates and chat copies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from qc.core.article import Image, Role
from qc.media._agencies import fold, traces_in_name, traces_in_text
from qc.media.chat_copy import chat_copy
from qc.media.photo_date import photo_date
from qc.media.photo_privacy import photo_privacy
from qc.media.provenance import provenance
from qc.media.rights import rights
from tests.media._pictures import (
    article_of,
    findings,
    image,
    jpeg,
    rule_ids,
    with_iim,
    with_xmp,
)

PLAIN = jpeg(200, 140)
CREDIT = "Học sinh trồng cây. Ảnh: Trần Thị Bình"


def exif(**tags: str) -> bytes:
    numbers = {"artist": 0x013B, "copyright": 0x8298, "software": 0x0131}
    return jpeg(200, 140, exif={numbers[name]: value for name, value in tags.items()})


def double(text: str) -> bytes:
    """UTF-8 that was taken for Latin-1 and encoded again."""
    return text.encode().decode("latin-1").encode()


NEED = ["rights-credit-missing"]
CASES: list[tuple[str, bytes, dict[str, Any], list[str]]] = [
    ("caption", PLAIN, {"caption": CREDIT}, []),
    ("bracket", PLAIN, {"caption": "Sân trường (Ảnh: Bình)"}, []),
    ("credit field", PLAIN, {"credit": "Bình"}, []),
    ("none", PLAIN, {"caption": "Ảnh chụp sân trường"}, NEED),
    ("no caption", PLAIN, {}, NEED),
    ("logo needs none", PLAIN, {"role": Role.LOGO}, []),
    ("tiny needs none", jpeg(90, 90), {}, []),
    ("drawing needs none", b'<svg width="300" height="200"/>', {}, []),
    ("notice in the file", exif(copyright="Trường A"), {"caption": "Sân trường"}, []),
    ("creator credited", exif(artist="TRAN THI BINH"), {"caption": CREDIT}, []),
    (
        "creator not credited",
        exif(artist="Lê A"),
        {"caption": CREDIT},
        ["rights-creator-not-credited"],
    ),
    ("agency", exif(copyright="(c) Getty Images"), {"caption": CREDIT}, ["rights-agency-image"]),
    ("agency mark", with_iim(PLAIN, (110, b"AP")), {"caption": CREDIT}, ["rights-agency-image"]),
    ("no mark in a word", exif(artist="Tran Thi Binh APEC"), {"caption": CREDIT + " APEC"}, []),
    ("no mark in a name", PLAIN, {"caption": "Sân trường. Ảnh: Bình AP"}, []),
    ("mark in a row", PLAIN, {"caption": "Bão. Ảnh: Reuters/AP"}, ["rights-agency-image"] * 2),
    (
        "double-encoded agency",
        with_iim(PLAIN, (80, double("ČTK / Novák")), utf8=False),
        {"caption": CREDIT},
        ["rights-agency-image"],
    ),
    ("reserved", exif(copyright="All rights reserved"), {"caption": CREDIT}, ["rights-reserved"]),
    (
        "web statement",
        with_xmp(PLAIN, "<xmpRights:WebStatement>không có</xmpRights:WebStatement>"),
        {"caption": CREDIT},
        ["rights-web-statement-invalid"],
    ),
    (
        "conflict",
        with_iim(exif(artist="Trần Thị Bình"), (80, "Lê Văn Cường".encode())),
        {"caption": CREDIT},
        ["rights-conflict"],
    ),
    (
        "mining prohibited",
        with_xmp(PLAIN, "<plus:DataMining>DMI-PROHIBITED</plus:DataMining>"),
        {"caption": CREDIT},
        ["rights-reserved"],
    ),
]


@pytest.mark.parametrize(
    ("data", "facts", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_rights(data: bytes, facts: dict[str, Any], expected: list[str]) -> None:
    assert rule_ids(rights, article_of(image(data, **facts))) == expected


def test_byline_credits_all_pictures() -> None:
    assert not rule_ids(rights, article_of(image(PLAIN), author="Tin, ảnh: Trần Thị Bình"))


def test_own_names_are_always_credited() -> None:
    subject = article_of(image(exif(artist="Trường THCS A"), caption=CREDIT))
    assert rule_ids(rights, subject)
    assert not rule_ids(rights, subject, own_names=("Trường THCS A",))


def test_a_licence_counts_until_it_ends() -> None:
    subject = article_of(image(exif(copyright="Shutterstock"), caption=CREDIT))
    held = {"agency": "Shutterstock", "until": "2026-11-24"}
    assert not rule_ids(rights, subject, licences=(held,))
    held["until"] = "2026-11-23"
    assert rule_ids(rights, subject, licences=(held,)) == ["rights-agency-image"]


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("GettyImages-1234567.jpg", "Getty Images"),
        ("anh/shutterstock_123.jpg?w=3", "Shutterstock"),
        ("AdobeStock_5.jpeg", "Adobe Stock"),
        ("trang-nguyen-unsplash.jpg", "Unsplash"),
        ("khai-giang-2024.jpg", None),
        ("20240905-073000.jpg", None),
        ("IMG_1234.JPG", None),
    ],
)
def test_file_names(name: str, agency: str | None) -> None:
    assert [trace.agency.name for trace in traces_in_name(name)] == ([agency] if agency else [])


def test_captions_name_agencies() -> None:
    assert [t.agency.name for t in traces_in_text("chú thích", "Ảnh: TTXVN")] == ["TTXVN"]
    assert not traces_in_text("chú thích", "Ảnh: Đoàn Thanh niên trường")
    assert fold("Thông TẤN  xã đỏ") == "thong tan xa do"


SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/{}"


def sourced(kind: str) -> bytes:
    value = SOURCE.format(kind)
    return with_xmp(
        PLAIN, f"<Iptc4xmpExt:DigitalSourceType>{value}</Iptc4xmpExt:DigitalSourceType>"
    )


AI: list[tuple[bytes, dict[str, Any], dict[str, Any], str | None]] = [
    (sourced("trainedAlgorithmicMedia"), {}, {}, "error"),
    (sourced("compositeWithTrainedAlgorithmicMedia"), {}, {}, "error"),
    (sourced("algorithmicMedia"), {}, {}, "warning"),
    (sourced("digitalCapture"), {}, {}, None),
    (sourced("trainedAlgorithmicMedia"), {}, {"ai_generated": True}, "warning"),
    (sourced("trainedAlgorithmicMedia"), {"caption": "Ảnh minh họa tạo bằng AI"}, {}, None),
    (sourced("trainedAlgorithmicMedia"), {"caption": "Hai em bé"}, {}, "error"),
    (exif(software="DALL·E 3"), {}, {}, "error"),
    (exif(software="Adobe Photoshop"), {}, {}, None),
    (PLAIN, {}, {}, None),
]


@pytest.mark.parametrize(("data", "facts", "fields", "severity"), AI)
def test_ai(
    data: bytes, facts: dict[str, Any], fields: dict[str, Any], severity: str | None
) -> None:
    found = findings(provenance, article_of(image(data, **facts), **fields))
    assert [finding.severity.value for finding in found] == ([severity] if severity else [])


def test_generator_settings_in_png() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("parameters", "a school yard, Steps: 20, Sampler: Euler a, CFG scale: 7")
    data = jpeg(40, 30, format="PNG", pnginfo=notes)
    assert rule_ids(provenance, article_of(image(data, "a.png"))) == ["image-ai-unlabelled"]


PERSON = (
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Bé An</rdf:li></rdf:Bag>"
    "</Iptc4xmpExt:PersonInImage>"
)
PRIVATE = [
    (PLAIN, []),
    (
        jpeg(60, 40, exif={0x8825: {1: "N", 2: (21.0, 1.0, 0.0), 3: "E", 4: (105.0, 1.0, 0.0)}}),
        ["privacy-photo-location"],
    ),
    (jpeg(60, 40, exif={0x8825: {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}}), []),
    (jpeg(60, 40, exif={0x8769: {0xA430: "An"}}), ["privacy-photo-device"]),
    (jpeg(60, 40, exif={0x8769: {0xA431: "99"}}), ["privacy-photo-device"]),
    (with_xmp(PLAIN, PERSON), ["privacy-photo-people-named"]),
]


@pytest.mark.parametrize(("data", "expected"), PRIVATE)
def test_photo_privacy(data: bytes, expected: list[str]) -> None:
    found = findings(photo_privacy, image(data))
    assert [finding.rule.id for finding in found] == expected
    assert not any("An" in str(finding.facts) or "105" in str(finding.facts) for finding in found)


@pytest.mark.parametrize(
    ("taken", "raised"),
    [
        ("2026:11:24 08:00:00", False),
        ("2026:11:25 08:00:00", False),
        ("2026:11:26 08:00:00", True),
        ("1989:12:31 08:00:00", True),
        ("2000:01:01 00:00:00", True),
        ("2024:02:30 00:00:00", True),
        ("2024:09:07 00:00:00", True),
        ("2024:09:06 00:00:00", False),
        ("0000:00:00 00:00:00", True),
        ("", False),
    ],
)
def test_photo_date(taken: str, raised: bool) -> None:
    subject = image(jpeg(60, 40, exif={0x8769: {0x9003: taken}}))
    when = datetime(2024, 9, 5) if taken.startswith("2024") else None
    assert bool(findings(photo_date, article_of(subject, published_at=when))) is raised


@pytest.mark.parametrize(
    ("name", "size", "severity"),
    [
        ("z5123456789012_0123456789abcdef0123456789abcdef.jpg", (1280, 960), "warning"),
        ("z5123456789012_0123456789abcdef0123456789abcdef.jpg", (1500, 960), "info"),
        ("received_1234567890.jpeg", (400, 300), "warning"),
        ("photo_2024-09-05_07-30-00 (2).jpg", (400, 300), "warning"),
        ("khai-giang.jpg", (400, 300), None),
        ("z12.jpg", (400, 300), None),
    ],
)
def test_chat_copy(name: str, size: tuple[int, int], severity: str | None) -> None:
    found = findings(chat_copy, image(jpeg(*size), name))
    assert [finding.severity.value for finding in found] == ([severity] if severity else [])


def test_facebook_mark_in_the_file() -> None:
    assert rule_ids(chat_copy, image(with_iim(PLAIN, (40, b"FBMD0a000"))))


def test_no_file_is_no_crash() -> None:
    subject = article_of(Image(path="a.jpg", problem="missing"))
    for check in (rights, provenance, photo_date):
        assert rule_ids(check, subject) == []
