"""The text of attachments, and what documents carry along unseen."""

from __future__ import annotations

from typing import Any

import pytest

from qc.core.blob import Blob
from qc.security.attachments.inspection import extract_text
from qc.security.children.pupil_list import pupil_list
from qc.security.personal.personal_data import personal_data
from qc.security.properties import document_properties

from ._files import S, W, docx, docx_table, packed, paragraph, pdf, pdf_with_text, xlsx

PUPILS = [
    ["Họ tên", "Ngày sinh"],
    *(
        [name, f"0{day}/10/2018"]
        for day, name in enumerate(
            ("Lê Văn An", "Trần Thu Hà", "Phạm Minh Quân", "Ngô Bảo Lan", "Đỗ Hải Yến"), 1
        )
    ),
]
CORE = (
    '<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:creator>Nguyễn Văn Thư</dc:creator>'
    "</cp:coreProperties>"
)
ODF = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>Kế hoạch</text:p>'
    "</office:document-content>"
)
TEXTS = [
    ("docx", docx(paragraph("Kế hoạch năm học")), "Kế hoạch năm học"),
    ("docx-table", docx(docx_table([["Họ tên", "Lớp"]])), "Họ tên\tLớp"),
    ("docx-header", docx("", word__header1=b""), ""),
    ("xlsx", xlsx([["Thứ", "Tiết"]]), "Thứ\tTiết"),
    ("odt", packed({"content.xml": ODF, "META-INF/manifest.xml": "<a/>"}), "Kế hoạch"),
    ("pdf", pdf_with_text(["Ke hoach nam hoc 2025"]), "Ke hoach nam hoc 2025"),
    ("rtf", rb"{\rtf1\ansi K\u7871? ho\u7841?ch}", "Kế hoạch"),
    ("txt", "Kế hoạch".encode(), "Kế hoạch"),
    ("zip", packed({"a/b.docx": docx(paragraph("Bên trong"))}), "Bên trong"),
    ("empty", b"", ""),
    ("broken", b"PK\x03\x04 broken", ""),
]


@pytest.mark.parametrize(("data", "text"), [c[1:] for c in TEXTS], ids=[c[0] for c in TEXTS])
def test_text_is_extracted(data: bytes, text: str) -> None:
    assert "\n".join(piece for _, piece in extract_text(Blob(data=data))).strip() == text


def test_dates_and_numbers_of_a_sheet_are_read_as_shown() -> None:
    sheet = (
        f'<worksheet {S}><sheetData><row r="1"><c s="1"><v>42491</v></c><c s="0"><v>42491</v></c>'
        '<c><v>9.12345678E8</v></c><c r="F1"><v>8.5</v></c></row></sheetData></worksheet>'
    )
    styles = (
        f'<styleSheet {S}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    data = packed(
        {
            "[Content_Types].xml": "",
            "xl/workbook.xml": f"<workbook {S}/>",
            "xl/styles.xml": styles,
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
    ((_, text),) = extract_text(Blob(data=data))
    assert text == "01/05/2016\t42491\t912345678\t\t\t8.5"


def test_places_tell_sheet_and_row() -> None:
    assert [place for place, _ in extract_text(Blob(data=xlsx([["a"], ["b"]])))] == [
        "DS, dòng 1",
        "DS, dòng 2",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", xlsx(PUPILS)),
        ("a.docx", docx(docx_table(PUPILS))),
        ("a.zip", packed({"b.xlsx": xlsx(PUPILS)})),
        ("a.csv", "\n".join(";".join(row) for row in PUPILS).encode()),
    ],
)
def test_list_of_pupils_in_an_attachment(name: str, data: bytes, findings: Any) -> None:
    found = findings(pupil_list, {name: data})
    assert [(f.rule.id, f.facts["rows"]) for f in found] == [("privacy-pupil-list", 5)]
    assert found[0].severity == "error"


def test_personal_data_in_an_attachment_is_masked(findings: Any) -> None:
    data = docx(paragraph("Em Lê Văn An, số CCCD: 033203001234"))
    found = findings(personal_data, {"a.docx": data})
    assert [(f.rule.id, f.facts["value"]) for f in found] == [
        ("privacy-citizen-number", "033******234")
    ]


PROPERTIES = [
    ("author", docx("", docProps__core=CORE), None),
    (
        "author",
        packed({"[Content_Types].xml": "", "word/document.xml": "<a/>", "docProps/core.xml": CORE}),
        "privacy-document-properties",
    ),
    ("hidden-sheet", xlsx([["a"]], state="hidden"), "privacy-hidden-content"),
    ("tracked", docx(f"<w:ins {W}><w:r/></w:ins>"), "privacy-tracked-changes"),
    (
        "hidden-text",
        docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>"),
        "privacy-hidden-content",
    ),
    (
        "comments",
        packed(
            {
                "[Content_Types].xml": "",
                "word/document.xml": "<a/>",
                "word/comments.xml": f"<w:comments {W}><w:comment/></w:comments>",
            }
        ),
        "privacy-document-comments",
    ),
    ("plain", docx(paragraph("Kế hoạch")), None),
]


@pytest.mark.parametrize(("data", "rule"), [c[1:] for c in PROPERTIES])
def test_what_a_document_carries_along(data: bytes, rule: str | None, findings: Any) -> None:
    found = findings(document_properties, {"a.xlsx": data})
    assert [f.rule.id for f in found] == ([rule] if rule else [])


def test_author_is_masked(findings: Any) -> None:
    data = PROPERTIES[1][1]
    (found,) = findings(document_properties, {"a.docx": data})
    assert found.facts["value"] == "Ngu*** *** Thư"


def test_scan_without_text_is_said_to_be_unchecked() -> None:
    blob = Blob(data=pdf())
    assert extract_text(blob) == []
