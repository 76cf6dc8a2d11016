"""Reading citations: every form of the grammar, every defect, over breaks and in NFD."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.text.citations._citation import Form
from qc.text.citations._reader import read_citations

WELL_FORMED = [
    "Thông tư số 37/2020/TT-BGDĐT ngày 05/10/2020",
    "Thông tư 37/2020/TT-BGDĐT",
    "Thông tư số 36/2017/TT-BGDĐT ngày 28/12/2017",
    "Thông tư số 09/2024/TT-BGDĐT ngày 03 tháng 6 năm 2024",
    "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
    "Nghị định số 13/2023/NĐ-CP ngày 17/04/2023",
    "Nghị định số 356/2025/NĐ-CP ngày 31/12/2025",
    "Nghị định 24a/2016/NĐ-CP",
    "Quyết định số 55a/2013/QĐ-TTg",
    "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15",
    "Luật Trẻ em số 102/2016/QH13 ngày 05/04/2016",
    "Luật Giáo dục số 43/2019/QH14",
    "Bộ luật Dân sự số 91/2015/QH13",
    "Nghị quyết số 202/2025/QH15",
    "Nghị quyết số 30/2026/QH16",
    "Pháp lệnh số 04/2023/UBTVQH15",
    "Nghị quyết số 1365/NQ-UBTVQH15",
    "Nghị quyết số 103/NQ-CP",
    "Nghị quyết số 29-NQ/TW ngày 04/11/2013",
    "Kết luận số 137-KL/TW ngày 28/3/2025",
    "Chỉ thị số 39-CT/TW",
    "Chỉ thị số 34/2008/CT-TTg",
    "Quyết định số 1989/QĐ-BGDĐT ngày 25/5/2018",
    "Quyết định số 72/2002/QĐ-TTg ngày 10/6/2002",
    "Quyết định số 1005/QĐ-TTg",
    "Quyết định số 19/2025/QĐ-TTg ngày 30/06/2025",
    "Quyết định số 15/2024/QĐ-UBND",
    "Quyết định số 126/QĐ-HH1",
    "Nghị quyết số 12/2024/NQ-HĐND",
    "Nghị quyết liên tịch số 72/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN",
    "Thông tư liên tịch số 23/2015/TTLT-BGDĐT-BNV",
    "Công văn số 4555/BGDĐT-GDPT",
    "Công văn số 5711/SGDĐT-KTKĐ ngày 11/09/2024",
    "310/GD&ĐT-CNTT",
    "Kế hoạch số 15/KH-THPC",
    "Tờ trình số 08/TTr-MNVG",
    "Chương trình số 12/CTr-UBND",
    "Văn bản hợp nhất số 05/VBHN-BGDĐT",
    "Tiêu chuẩn quốc gia TCVN 6909:2001",
    "Lệnh số 05/2025/L-CTN",
    "Thông tư liên tịch số 07/2004/TTLT/BGDĐT-BNV",
    "Pháp lệnh số 06/2008/PL-UBTVQH12",
    "Nghị định số 64-CP ngày 27/9/1993",
    "Nghị định số 119/HĐBT",
    "Quyết định số 32/2005/QĐ-BGD&ĐT",
    "Quyết định số 05/QĐ-TH&THCS",
    "Hướng dẫn số 09-HD/BTGTW",
    "Quy định số 37-QĐ/TW",
    "Quy chuẩn QCVN 01:2021/BXD",
    "Giấy mời số 12/GM-UBND",
    "Chỉ thị số 16/CT-TTg ngày 31 tháng 3 năm 2020",
    "Thông báo kết luận số 234/TB-VPCP",
    "Quyết định ban hành kế hoạch số 12/QĐ-UBND",
    "Công văn số 15-CV/ĐU",
    "Quyết định số 1504/QĐ-UBND-HC",
    "TCVN ISO 9001:2015",
    "Nghị định số: 30/2020/NĐ-CP",
    "Thông tư số 37/2020/TT-BGDĐT\nngày\n\n05/10/2020",
    "Thông tư số\n37/2020/TT-\nBGDĐT",
]
DEFECTS = [
    ("Thông tư 37/2020/TT-GD&ĐT ngày 05/10/2020", ["issuer"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT-BGD&ĐT", ["issuer"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT-BGDDT", ["issuer"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT-BGDÐT", ["eth"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT–BGDĐT", ["dash"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT - BGDĐT", ["space"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37 /2020/TT-BGDĐT", ["space"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37-2020-TT-BGDĐT", ["form"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/BGDĐT", ["type-missing"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/TT-BGDĐT", ["year-missing"], None),
    ("Thông tư số 37/2020/NĐ-CP", ["kind-mismatch"], None),
    ("Nghị định số 30/2020/TT-BNV", ["kind-mismatch"], None),
    ("Nghị định số 30/NĐ-CP", ["year-missing"], None),
    ("Nghị định số 30/2020/ND-CP", ["form"], "30/2020/NĐ-CP"),
    ("Nghị định 30/2020/nđ-cp", ["case"], "30/2020/NĐ-CP"),
    ("Nghị định số 30/2020/NĐ_CP", ["form"], "30/2020/NĐ-CP"),
    ("Nghị định số 85/2017/2017/NĐ-CP", ["form"], "85/2017/NĐ-CP"),
    ("Nghị định số 56/2017/NĐ-BLĐTBXH", ["issuer"], None),
    ("Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH14", ["term"], "91/2025/QH15"),
    ("Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH51", ["term"], "91/2025/QH15"),
    ("Luật Giáo dục số 43/QH14/2019", ["form"], "43/2019/QH14"),
    ("Luật Giáo dục số 43/2019/NĐ-CP", ["kind-mismatch"], None),
    ("Luật số 19/2012/QhH13", ["form"], "19/2012/QH13"),
    ("Quyết định số 1241/QĐ-TTG", ["case"], "1241/QĐ-TTg"),
    ("Quyết định số 22/2021/QD-TTg", ["form"], "22/2021/QĐ-TTg"),
    ("Nghị quyết số 29/NQ-TW ngày 04/11/2013", ["party"], "29-NQ/TW"),
    ("Nghị quyết số 29/2013/NQ-TW", ["party"], "29-NQ/TW"),
    ("Thông tư số 9/2024/TT-BGDĐT", ["padding"], "09/2024/TT-BGDĐT"),
    ("Thông tư số 037/2020/TT-BGDĐT", ["padding"], "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT-BGDĐT ngày 05/10/2021", ["date-mismatch"], None),
    ("Thông tư số 36/2017/TT-BGDĐT ngày 31/11/2017", ["date-invalid"], None),
    ("Thông tư số 36/2017/TT-BGDĐT ngày 2017-12-28", ["date-style"], "28/12/2017"),
    ("Nghị định số 30/2020/NĐ-CP ngày 5 tháng 3 năm 2020", ["date-padding"], "05 tháng 3 năm 2020"),
    ("Luật Trẻ em số 102/2016/QH13 ngày 05 tháng 4 năm 16", ["date-style"], "05 tháng 4 năm 2016"),
    ("Tờ trình số 08/TTR-MNVG", ["case"], "08/TTr-MNVG"),
    ("Chương trình số 12/CT-UBND", ["kind-mismatch"], None),
    ("Quy định số 03/QĐ-THPC", ["kind-mismatch"], None),
    ("Tiêu chuẩn quốc gia TCVN 6909-2001", ["form"], "TCVN 6909:2001"),
    ("Công văn số 4555/CV-BGDĐT", ["letter-type"], None),
]
BROKEN = [
    ("Thông tư số 37/TT/2020-BGDĐT", "37/2020/TT-BGDĐT"),
    ("Thông tư 37/2020/TT.BGDĐT", "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020 TT-BGDĐT", "37/2020/TT-BGDĐT"),
    ("Thông tư 37/2020/TTBGDĐT", "37/2020/TT-BGDĐT"),
    ("Nghị định 30/2020/NĐCP", "30/2020/NĐ-CP"),
    ("Thông tư số 37.2020/TT-BGDĐT", "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/20/TT-BGDĐT", "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2o20/TT-BGDĐT", "37/2020/TT-BGDĐT"),
    ("Nghị định số 30/2020/CP-NĐ", "30/2020/NĐ-CP"),
    ("Nghị định số 30//2020/NĐ-CP", "30/2020/NĐ-CP"),
    ("Nghị quyết số 29-NQTW", "29-NQ/TW"),
    ("Luật số 43/2019/QH-14", "43/2019/QH14"),
    ("Luật số 43/2019/QH 14", "43/2019/QH14"),
    ("Thông tư số 37/2020/TT-BGĐT", "37/2020/TT-BGDĐT"),
    ("Thông tư số 37/2020/TT-BGDTĐ", "37/2020/TT-BGDĐT"),
]
NO_CITATION = [
    "",
    "Ngày 05/10/2020, lúc 7/24 giờ, tỉ số 3-2, lớp 5/3, khối 10-12.",
    "Năm học 2024-2025, đạt 98/100 HS, tăng 12 % so với 2023/2024.",
    "Xem https://thuvien.vn/37/2020/TT-BGDDT và tệp 37-2020-TT-BGDDT.pdf",
    "Quãng đường 60km/h, giá 25.000đ/kg, nhiệt độ 20-25C, 12/A-B.",
    "Quyết định này có hiệu lực từ ngày ký.",
    "Điện thoại 0221-3931-234/Phòng Hành chính",
]


@pytest.mark.parametrize("text", WELL_FORMED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_well_formed(text: str, form: str) -> None:
    citations = read_citations(unicodedata.normalize("NFC", unicodedata.normalize(form, text)))
    assert [c.defects for c in citations] == [()]
    assert citations[0].normal is not None


@pytest.mark.parametrize(("text", "kinds", "right"), DEFECTS)
def test_defects(text: str, kinds: list[str], right: str | None) -> None:
    (citation,) = read_citations(text)
    assert [defect.kind for defect in citation.defects] == kinds
    assert next((d.right for d in citation.defects if d.right), None) == right


@pytest.mark.parametrize(("text", "right"), BROKEN)
def test_broken(text: str, right: str) -> None:
    (citation,) = read_citations(text)
    assert citation.normal == right
    assert citation.defects


@pytest.mark.parametrize("text", NO_CITATION)
def test_no_citation(text: str) -> None:
    assert read_citations(text) == ()


def test_structure() -> None:
    text = "theo điểm b khoản 2 Điều 9, Thông tư số 37/2020/TT-BGDĐT ngày\n\n05/10/2020 của Bộ"
    (citation,) = read_citations(text)
    assert text[citation.start : citation.end].startswith("điểm b")
    assert text[citation.start : citation.end].endswith("05/10/2020")
    assert (citation.point, citation.clause, citation.article) == ("b", "2", "9")
    assert (citation.kind, citation.number, citation.year) == ("thông tư", "37", 2020)
    assert (citation.type, citation.issuers, citation.form) == ("TT", ("BGDĐT",), Form.LAW_MAKING)
    assert citation.date is not None
    assert str(citation.date.value) == "2020-10-05"


def test_law_with_name() -> None:
    (citation,) = read_citations("Luật Giáo dục và Luật Trẻ em số 102/2016/QH13")
    assert (citation.kind, citation.name, citation.term) == ("luật", "Trẻ em", 13)


@pytest.mark.parametrize(
    "text",
    [
        "Thông tư số 12/2020/TT-BGDĐT có hiệu lực từ ngày 20/11/2021",
        "Quyết định số 12/2020/QĐ-UBND và Công văn ngày 01/02/2021",
        "Nghị định số 12/2020/NĐ-CP, trước ngày 01/01/2021",
    ],
)
def test_another_date_is_not_taken(text: str) -> None:
    assert read_citations(text)[0].date is None


@given(st.text(alphabet="0123456789/-–.TtQĐđNCPBGDH& nsốgày\n", max_size=60))
def test_offsets_slice_back(text: str) -> None:
    for citation in read_citations(text):
        assert citation.start <= citation.sign_start < citation.sign_end <= citation.end
        assert text[citation.sign_start : citation.sign_end] == citation.sign
        for defect in citation.defects:
            assert citation.start <= defect.start < defect.end <= citation.end
