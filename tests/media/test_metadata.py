"""Metadata: EXIF, IPTC-IIM and XMP with Vietnamese names in every encoding seen in the wild."""

from __future__ import annotations

import unicodedata
import zlib
from struct import pack

import pytest

from qc.media._header.read import read_header
from qc.media._metadata.exif import Exif, read_exif
from qc.media._metadata.iim import read_iim
from qc.media._metadata.record import Metadata, read_metadata
from qc.media._metadata.repair import decode, repair
from qc.media._metadata.xmp import read_xmp
from tests.media._pictures import XMP, jpeg, with_iim, with_segment, with_xmp

NAME = "Nguyễn Thị Bích Đào"
NFD = unicodedata.normalize("NFD", NAME)
SMALL = jpeg(40, 30)


def metadata(data: bytes) -> Metadata:
    return read_metadata(read_header(data))


REPAIRS = [
    ("utf-8", NAME.encode(), NAME),
    ("decomposed", NFD.encode(), NAME),
    ("read as latin-1 and saved again", NAME.encode().decode("latin-1").encode(), NAME),
    ("wrong twice", NAME.encode().decode("latin-1").encode().decode("latin-1").encode(), NAME),
    ("vietnamese windows", NFD.encode("cp1258", "ignore"), None),
    ("windows", "Bjørn".encode("cp1252"), "Bjørn"),
    ("utf-16", NAME.encode("utf-16"), NAME),
    ("true accents stay", "Müller à Paris".encode(), "Müller à Paris"),
    ("plain", b"Tran Van An\0\0", "Tran Van An"),
    ("empty", b"", ""),
]


@pytest.mark.parametrize(
    ("raw", "expected"), [case[1:] for case in REPAIRS], ids=[case[0] for case in REPAIRS]
)
def test_text_is_repaired(raw: bytes, expected: str | None) -> None:
    if expected is not None:
        assert decode(raw) == expected
    assert repair(decode(raw)) == decode(raw)


def test_vietnamese_windows_text() -> None:
    raw = "Nguy\xean".encode("cp1258").replace(b"\xea", b"\xea\xde")  # ê and a hook mark behind
    assert decode(raw + b"n V\xe3n") == "Nguyễnn Văn"


def test_exif_fields() -> None:
    exif = {
        **{0x013B: NAME, 0x8298: "Bản quyền\0Biên tập", 0x0131: "Phần mềm", 0x010F: "Canon"},
        0x8769: {0x9003: "2024:09:05 07:30:00", 0xA430: "Chủ máy", 0xA431: "1234"},
        0x8825: {1: "S", 2: (21.0, 30.0, 0.0), 3: "E", 4: (105.0, 15.0, 36.0)},
    }
    found = metadata(jpeg(40, 30, exif=exif)).exif
    assert found.artist == NAME
    assert found.software == "Phần mềm"
    assert found.date_original == "2024:09:05 07:30:00"
    assert found.owner == "Chủ máy"
    assert found.serials == ("1234",)
    assert found.gps == (-21.5, 105.26)
    assert found.camera


def test_exif_of_garbage_is_empty() -> None:
    for data in (b"", b"II", b"II*\0\xff\xff\xff\xff", b"MM\0*" + bytes(200), b"\xff" * 60):
        assert read_exif(data) == Exif()


def test_a_directory_that_points_at_itself_ends() -> None:
    loop = b"II*\0\x08\0\0\0" + b"\1\0" + pack("<HHII", 0x8769, 4, 1, 8) + pack("<I", 8)
    assert read_exif(loop) == Exif()


@pytest.mark.parametrize("utf8", [True, False])
@pytest.mark.parametrize("text", [NAME, NFD])
def test_iim_fields(text: str, utf8: bool) -> None:
    data = with_iim(SMALL, (80, text.encode()), (80, b"An"), (116, b"(c) X"), utf8=utf8)
    found = metadata(data)
    assert found.iim["by_line"] == (NAME, "An")
    assert found.notices == ("(c) X",)


def test_iim_with_a_cut_dataset_keeps_the_others() -> None:
    assert read_iim(b"\x1c\x02\x50\0\2An\x1c\x02\x6e\0\xffabc")["by_line"] == ("An",)
    assert read_iim(b"") == {}


CREATOR = f"<dc:creator><rdf:Seq><rdf:li>{NAME}</rdf:li></rdf:Seq></dc:creator>"
FORMS = [
    ("element", CREATOR, "utf-8"),
    ("utf-16", CREATOR, "utf-16"),
    ("utf-16 without a mark", CREATOR, "utf-16-be"),
    ("utf-32", CREATOR, "utf-32"),
    ("decomposed", CREATOR.replace(NAME, NFD), "utf-8"),
    ("mojibake", CREATOR.replace(NAME, NAME.encode().decode("latin-1")), "utf-8"),
    ("other case", CREATOR.replace("creator", "Creator"), "utf-8"),
]


@pytest.mark.parametrize(
    ("properties", "codec"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
def test_xmp_forms(properties: str, codec: str) -> None:
    assert metadata(with_xmp(SMALL, properties, codec=codec)).creators == (NAME,)


def test_xmp_attributes_language_and_structures() -> None:
    packet = XMP.format(
        properties="<dc:rights><rdf:Alt><rdf:li xml:lang='en'>EN</rdf:li>"
        "<rdf:li xml:lang='x-default'>VI</rdf:li></rdf:Alt></dc:rights>"
        "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'>"
        "<plus:LicensorURL>https://a.example/l</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
    ).replace("rdf:about=''", "")
    packet = packet.replace('rdf:about=""', 'rdf:about="" photoshop:Credit="Hãng A"')
    xmp = read_xmp([packet.encode() + b"\0 junk < behind"])
    assert xmp.one("dc", "rights") == "VI"
    assert xmp.one("photoshop", "credit") == "Hãng A"
    assert xmp.nested("plus", "licensorurl") == ("https://a.example/l",)
    assert xmp.one("plus", "licensorurl") == ""


def test_damaged_xmp_keeps_what_stood_before() -> None:
    packet = XMP.format(properties=CREATOR + "<dc:rights><broken")
    assert read_xmp([packet.encode()]).one("dc", "creator") == NAME


def test_xmp_with_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XMP.format(properties=CREATOR).encode()
    assert read_xmp([bomb.replace(NAME.encode(), b"&a;")]).top.get(("dc", "creator")) is None


@pytest.mark.parametrize("name", [b"iptc", b"IPTC profile"])
def test_png_raw_profile_and_text(name: bytes) -> None:
    iim = b"\x1c\x02\x50" + pack(">H", len(NAME.encode())) + NAME.encode()
    block = b"8BIM\x04\x04\0\0" + pack(">I", len(iim)) + iim
    raw = b"\n%s\n%8d\n" % (name, len(block)) + block.hex().encode() + b"\n"
    chunk = b"Raw profile type iptc\0\0" + zlib.compress(raw)
    png = jpeg(20, 20, format="PNG")
    body = pack(">I", len(chunk)) + b"zTXt" + chunk + bytes(4)
    assert metadata(png[:33] + body + png[33:]).creators == (NAME,)


def test_gps_from_xmp() -> None:
    place = "<exif:GPSLatitude>21,1.5N</exif:GPSLatitude>"
    place += "<exif:GPSLongitude>105,51,36E</exif:GPSLongitude>"
    assert metadata(with_xmp(SMALL, place)).gps == (21.025, 105.86)
    assert metadata(with_xmp(SMALL, place.replace("21,1.5N", "?"))).gps is None


def test_extended_and_bare_xmp_segments() -> None:
    bare = XMP.format(properties=CREATOR).encode()
    assert metadata(with_segment(SMALL, 0xE1, bare)).creators == (NAME,)
