"""Legacy encodings: tables, conversion with offsets, detection by letters and by fonts."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from qc.core.article import Article
from qc.core.errors import LoadError
from qc.documents._legacy.convert import ENCODINGS, Written, clipped, convert, convert_stretches
from qc.documents._legacy.detect import encoding_of
from qc.documents._legacy.fonts import encoding_of_font, shows_capitals
from qc.documents._legacy.tables import (
    TONES,
    VOWELS,
    letter,
    tcvn3_table,
    viqr_table,
    viscii_table,
    vni_table,
)
from qc.documents.load import Source, load

SENTENCE = "Trường tổ chức ngày hội đọc sách cho học sinh, giữ trật tự chữ nghĩa."
WRITTEN = {
    "tcvn3": "Tr\u00adêng tæ chøc ngµy héi ®äc s¸ch cho häc sinh, gi÷ trËt tù ch÷ nghÜa.",
    "vni": "Tröôøng toå chöùc ngaøy hoäi ñoïc saùch cho hoïc sinh, giöõ traät töï chöõ nghóa.",
    "viscii": (
        "Tr\u00df\u00b6ng t\u00b1 ch\u00d1c ng\u00e0y h\u00b5i \u00f0\u00f7c s\u00e1ch cho "
        "h\u00f7c sinh, gi\u00e6 tr\u00a7t t\u00f1 ch\u00e6 ngh\u00eea."
    ),
    "viqr": "Tru+o+`ng to^? chu+'c nga`y ho^.i ddo.c sa'ch cho ho.c sinh, giu+~ tra^.t tu+. chu+~ "
    "nghi~a.",
}
FOREIGN = [
    "Die Straße führt über die Brücke, und schöne Mädchen hören größere Töne in München.",
    "El niño pequeño español mañana año señor cañón",
    "Les élèves français ont été à l'hôtel, où ça coûte très cher: garçon, forêt, noël, maïs",
    "Året på øya: blåbær, kjøtt, smørbrød på språk, fjære",
    "São Paulo não é avião, informações, coração, às, pão, mãe",
    "x^2 + y^2 = a(b+c); a^n + b^n; dd/mm/yyyy, add(a+b) u+v",
    "Kích thước 102 × 44 × 19 mm, 845 m² (9.100 ft²), ½ muỗng, 30°C ± 2°, « trích »",
    SENTENCE,
    unicodedata.normalize("NFD", SENTENCE),
]


def read(text: str | bytes, name: str = "bai.md") -> Article:
    data = text.encode() if isinstance(text, str) else text
    return load(Source(name, data=data), date(2026, 1, 2))


def test_every_letter_is_in_every_table() -> None:
    letters = {letter(vowel, tone) for vowel in VOWELS for tone in range(len(TONES))} | {"đ"}
    letters -= set("aeiouy")
    assert letters <= set(tcvn3_table().values())
    assert letters <= set(vni_table().values()) | {"ô"}
    both = letters | {each.upper() for each in letters}
    assert both <= set(viqr_table().values())
    unchanged = {each for each in both if ord(each) < 256 and ord(each) not in viscii_table()}
    assert both <= set(viscii_table().values()) | unchanged


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_conversion(encoding: str) -> None:
    text, rows = convert(WRITTEN[encoding], encoding)
    assert text == SENTENCE
    assert rows[0][2] == 0
    assert rows[-1][1] == len(text)
    assert rows[-1][3] == len(WRITTEN[encoding])


VNI_PAIRS = [
    ("hoïc", "học"), ("HOÏC", "HỌC"), ("Ñöôøng", "Đường"), ("ñöôïc", "được"), ("nghæ", "nghỉ"),
    ("ngöôøi", "người"), ("kyõ", "kỹ"), ("lyù", "lý"), ("gaëp", "gặp"), ("naêm", "năm"),
    ("quoác", "quốc"), ("Òch", "Ịch"), ("mî", "mỵ"), ("uûy", "ủy"), ("söûa", "sửa"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text"), VNI_PAIRS)
def test_vni(written: str, text: str) -> None:
    assert convert(written, "vni")[0] == text


VIQR_PAIRS = [
    ("tie^'ng Vie^.t", "tiếng Việt"),
    ("DDa`i, ddo'", "Đài, đó"),
    ("a\\? va` b\\.", "a? và b."),
    ("ddi va`o.", "đi vào."),
    ("ho.c sinh", "học sinh"),
    ("add address", "add address"),
]


@pytest.mark.parametrize(("written", "text"), VIQR_PAIRS)
def test_viqr(written: str, text: str) -> None:
    assert convert(written, "viqr")[0] == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_detection_by_letters(encoding: str) -> None:
    assert encoding_of([WRITTEN[encoding]]) == encoding


@pytest.mark.parametrize("text", FOREIGN)
def test_other_texts_are_not_legacy(text: str) -> None:
    assert encoding_of([text]) is None
    article = read(text)
    assert [block.legacy for block in article.blocks] == [None] * len(article.blocks)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["bai.md", "bai.txt", "bai.html", "bai.json"])
def test_files_are_converted_with_offsets(encoding: str, name: str) -> None:
    if (encoding, name) == ("viqr", "bai.md"):
        pytest.skip("the marks of VIQR are those of Markdown")
    written = WRITTEN[encoding]
    source = {
        "bai.md": f"# Tieu de\n\n{written}\n",
        "bai.txt": f"Dong dau\n\n{written}\n",
        "bai.html": f"<h1>Tieu de</h1><p>{written}</p>",
        "bai.json": '{"title": "T", "body": "<p>' + written.replace("\\", "\\\\") + '</p>"}',
    }[name]
    article = read(source, name)
    block = next(block for block in article.blocks if block.text == SENTENCE)
    assert block.legacy is not None
    assert (block.legacy.encoding, block.legacy.text) == (encoding, written)
    assert article.text("body")[block.start : block.end] == SENTENCE
    assert block.offsets is not None
    at = SENTENCE.index("ngày hội")
    span = block.offsets.source(at, at + 8)
    assert span is not None
    assert convert(source[slice(*span)], encoding)[0] == "ngày hội"


def test_only_the_old_paragraphs_are_converted() -> None:
    article = read(f"# Ngày hội\n\nCác em đọc sách.\n\n{WRITTEN['tcvn3']}\n\nRất vui, thật đấy.\n")
    assert [(b.text, b.legacy is not None) for b in article.blocks if b.field == "body"] == [
        ("Các em đọc sách.", False),
        (SENTENCE, True),
        ("Rất vui, thật đấy.", False),
    ]
    assert article.text("body") == "\n".join(b.text for b in article.blocks if b.field == "body")


def test_fields_links_and_captions_are_converted() -> None:
    article = read(
        "---\ntitle: Tr\u00adêng tæ chøc ngµy héi\n---\n\n"
        "Xem [ngµy héi ®äc s¸ch](http://a.vn) cho häc sinh.\n\n![Häc sinh ®äc s¸ch](a.jpg)\n"
    )
    assert article.fields.title == "Trường tổ chức ngày hội"
    assert article.blocks[0].text == "Trường tổ chức ngày hội"
    assert article.blocks[0].legacy is not None
    (link,) = article.links
    assert link.text == "ngày hội đọc sách"
    assert link.block is not None
    assert link.block.text[link.start : link.end] == link.text
    assert article.images[0].alt == "Học sinh đọc sách"


def test_a_word_or_two_prove_nothing() -> None:
    article = read("# Bảng mã\n\nTCVN3 ghi chữ “trật” là “trËt”, “tự” là “tù”.\n")
    assert all(block.legacy is None for block in article.blocks)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
def test_files_in_old_bytes_are_read(encoding: str) -> None:
    article = read(WRITTEN[encoding].encode("latin-1"), "bai.txt")
    assert article.encoding == encoding
    assert article.text("body") == SENTENCE


def test_windows_1258() -> None:
    decomposed = unicodedata.normalize("NFD", SENTENCE)
    for pair, whole in (("a\u0302", "â"), ("e\u0302", "ê"), ("o\u0302", "ô")):
        decomposed = decomposed.replace(pair, whole)
    for pair, whole in (("a\u0306", "ă"), ("o\u031b", "ơ"), ("u\u031b", "ư")):
        decomposed = decomposed.replace(pair, whole)
    # a dot below stands before the circumflex in NFD
    for base, whole in (("a", "â"), ("e", "ê"), ("o", "ô")):
        decomposed = decomposed.replace(f"{base}\u0323\u0302", f"{whole}\u0323")
    article = read(decomposed.encode("cp1258"), "bai.txt")
    assert article.encoding == "windows-1258"
    assert unicodedata.normalize("NFC", article.text("body")) == SENTENCE


@pytest.mark.parametrize(
    "data",
    [
        b"Tr\xfd\xf3ng",
        bytes(range(256)),
        b"Die Stra\xdfe f\xfchrt \xfcber die Br\xfccke.",
        b"\xff" * 50,
    ],
    ids=["a few letters", "all bytes", "German", "one byte"],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(LoadError):
        read(data, "bai.txt")


FONTS = [
    (".VnTime", "tcvn3"), (".VnTimeH", "tcvn3"), (".vnarial", "tcvn3"), ("VNI-Times", "vni"),
    ("VNI Times", "vni"), ("Times New Roman", None), ("UVN Thoi Dai", None), ("", None),
    (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("font", "encoding"), FONTS)
def test_fonts(font: str | None, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


def test_capital_fonts() -> None:
    assert shows_capitals(".VnTimeH")
    assert not shows_capitals(".VnTime")
    assert not shows_capitals("VNI-TimesH")


def test_clipping_keeps_the_map() -> None:
    _, legacy = convert_stretches([Written("a "), Written("hoïc sinh", "vni"), Written(" b")])
    assert legacy is not None
    part = clipped(legacy, 2, 5)
    assert part is not None
    assert (part.text, part.spans) == ("hoïc", ((0, 3),))
    assert part.offsets.source(1, 2) == (1, 3)
    assert clipped(legacy, 0, 2) is None
