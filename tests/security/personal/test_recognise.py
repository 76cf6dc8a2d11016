"""The recogniser: each kind of value, its near misses, disguises and normal forms."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.security.personal._recognise import find_personal

HITS = [
    ("mobile", "Phụ huynh gọi cô Mai số 0912345678 nhé.", "PHONE", "0912345678"),
    ("mobile-spaced", "Zalo: 0912 345 678", "PHONE", "0912 345 678"),
    ("mobile-dots", "ĐT: 09.12.34.56.78", "PHONE", "09.12.34.56.78"),
    ("mobile-0084", "Gọi 0084912345678", "PHONE", "0084912345678"),
    ("mobile-plus", "Máy +84 (0)912 345 678 nhé", "PHONE", "+84 (0)912 345 678"),
    ("mobile-brackets", "Gặp chị Lan (0912) 345678", "PHONE", "(0912) 345678"),
    ("mobile-zero-width", "SĐT: 0912\u200b345\u200b678", "PHONE", "0912\u200b345\u200b678"),
    ("mobile-full-width", "SĐT: ０９１２３４５６７８", "PHONE", "０９１２３４５６７８"),
    ("mobile-letter-o", "Số của cô là O912345678 nhé", "PHONE", "O912345678"),
    (
        "mobile-in-words",
        "Gọi theo số không chín một hai ba bốn năm sáu bảy tám.",
        "PHONE",
        "không chín một hai ba bốn năm sáu bảy tám",
    ),
    ("home-landline", "Điện thoại nhà riêng cô Hà: 0221 3931 225", "PHONE", "0221 3931 225"),
    ("e-mail", "Gửi về lan.nguyen88@gmail.com trước 5/9", "EMAIL", "lan.nguyen88@gmail.com"),
    ("e-mail-at", "Thư: lannguyen [at] gmail [dot] com", "EMAIL", "lannguyen [at] gmail [dot] com"),
    ("e-mail-of-person", "Góp ý: tranvan.b@thcsabc.edu.vn", "EMAIL", "tranvan.b@thcsabc.edu.vn"),
    ("citizen-number", "Số CCCD: 033203001234", "CCCD", "033203001234"),
    ("citizen-number-grouped", "mã định danh 0332-0300-1234 lớp 5B", "CCCD", "0332-0300-1234"),
    ("citizen-number-bare", "Bùi Bảo Mai, 033203001234, lớp 3A", "CCCD", "033203001234"),
    ("identity-card", "CMND số 145 678 901 do Công an cấp", "CMND", "145 678 901"),
    ("passport", "Hộ chiếu số C1234567", "PASSPORT", "C1234567"),
    ("social-insurance", "Mã số BHXH: 0123456789", "BHXH", "0123456789"),
    ("health-card", "Thẻ BHYT TE 1 33 2012345678", "BHYT", "TE 1 33 2012345678"),
    ("tax-code", "Mã số thuế cá nhân: 8009024031", "TAX_CODE", "8009024031"),
    ("account", "Chuyển vào tài khoản 0123456789 Agribank cho cô Vy", "BANK_ACCOUNT", "0123456789"),
    ("card", "Số thẻ ATM: 9704 3604 8813 0608", "BANK_CARD", "9704 3604 8813 0608"),
    ("plate", "Xe biển số 29-B1 234.56 đỗ ở cổng", "PLATE", "29-B1 234.56"),
    ("birth-date", "Em An, sinh ngày 26/05/2015, lớp 4A", "DATE_OF_BIRTH", "26/05/2015"),
    (
        "birth-date-in-words",
        "Sinh ngày 5 tháng 9 năm 2014 tại Hưng Yên",
        "DATE_OF_BIRTH",
        "5 tháng 9 năm 2014",
    ),
    (
        "address",
        "Em An trú tại số nhà 12, ngõ 5, phố Bạch Mai, nhà nghèo",
        "ADDRESS",
        "số nhà 12, ngõ 5, phố Bạch Mai",
    ),
    ("pupil-code", "Mã học sinh: 3312345678", "STUDENT_CODE", "3312345678"),
    ("column-head", "Họ tên | SĐT\nLê An | 0912345678", "PHONE", "0912345678"),
]
MISSES = [
    ("empty", ""),
    ("wrong-prefix", "Gọi số 0112345678"),
    ("nine-digits", "Gọi số 091234567"),
    ("eleven-digits", "Gọi số 09123456789"),
    ("goods-code", "Mã hàng 0912345678 trong kho"),
    ("decimal", "Mật độ 0.912345678 g/cm3"),
    ("hotline", "Tổng đài 1900 6600, 111"),
    ("office-landline", "Điện thoại văn phòng trường: 0221 3931 225"),
    ("office-mailbox", "Thư: vanphong@hungyen.edu.vn"),
    ("school-at-free-mail", "Email: thcsvangiang@gmail.com"),
    ("impossible-province", "Dãy 123203001234 in ở bìa"),
    ("impossible-century", "Bản ghi 033299001234 của hệ thống"),
    ("tax-check-digit", "Mã số thuế cá nhân: 8009024032"),
    ("tax-of-office", "Mã số thuế của công ty: 0100109106"),
    ("treasury-account", "Kho bạc: tài khoản 3761.0.9055190"),
    ("login-account", "Tài khoản đăng nhập 33123456"),
    ("money", "Tài khoản còn 1.500.000 đồng"),
    ("card-check-digit", "Mã 4111 1111 1111 1112"),
    ("class-name", "Lớp 10A1 có 45 học sinh"),
    ("cohort", "Tuyển trẻ sinh từ 01/01/2013 đến 31/12/2013"),
    ("class-meeting", "Ngày sinh hoạt chuyên môn: 12/10/2024"),
    ("founding", "Trường thành lập ngày 15/08/1965"),
    ("historic", "Chủ tịch Hồ Chí Minh sinh ngày 19/5/1890"),
    ("pupils-on-a-day", "Học sinh ngày 5/9/2024 tựu trường"),
    ("school-address", "Địa chỉ trường: số 12, phố Bạch Mai"),
    ("car", "Anh Nam ở ô tô chở hàng đi qua cầu"),
    ("blank-form", "Họ tên: ……… Ngày sinh: …/…/…… SĐT: 09xx xxx xxx"),
    ("url", "https://example.edu.vn/?id=033203001234"),
    ("file-name", "Tải về tại 0912345678.png"),
]


def _found(text: str) -> list[tuple[str, str]]:
    return [(str(hit.kind), text[hit.start : hit.end]) for hit in find_personal(text)]


@pytest.mark.parametrize(("text", "kind", "value"), [c[1:] for c in HITS], ids=[c[0] for c in HITS])
def test_value_is_found_where_it_stands(text: str, kind: str, value: str) -> None:
    assert (kind, value) in _found(text)


@pytest.mark.parametrize("text", [c[1] for c in MISSES], ids=[c[0] for c in MISSES])
def test_near_miss_is_left_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(("text", "kind", "value"), [c[1:] for c in HITS], ids=[c[0] for c in HITS])
@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_normal_form_does_not_matter(text: str, kind: str, value: str, form: str) -> None:
    def formed(t: str) -> str:
        return unicodedata.normalize(form, t)  # type: ignore[arg-type]

    assert (kind, formed(value)) in _found(formed(text))


@given(st.text(alphabet="0123456789 +84a@.ớé\u0301\u200b-/sinh ngàyđt:|\n\t", max_size=200))
def test_spans_lie_inside_the_text_in_order(text: str) -> None:
    hits = find_personal(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
