"""Capitals, numbers, dates, money and mixed forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qc.core.location import TextLocation
from qc.core.report import Report
from qc.policy.model import Policy
from qc.text.editorial import numbers

DAY = date(2026, 11, 24)
CASES = [
    ("Theo Bộ Giáo Dục và Đào Tạo.", "form-name-capitals", "Bộ Giáo Dục và Đào Tạo"),
    ("Theo Bộ giáo dục và đào tạo.", "form-name-capitals", "Bộ giáo dục và đào tạo"),
    ("Theo BỘ GIÁO DỤC VÀ ĐÀO TẠO.", None, None),
    ("Hội Thi Giáo Viên Dạy Giỏi Và Sáng Tạo.", "form-title-case", None),
    ("Cô Lê Thị Lan Và Bé.", "form-title-case", None),
    ("Bé Lan Và Mẹ.", None, None),
    ("HỘI THI GIÁO VIÊN VÀ HỌC SINH.", None, None),
    ("Ủy ban Nhân dân xã.", None, None),
    ("Nhân ngày nhà giáo Việt Nam.", "form-name-capitals", "ngày nhà giáo Việt Nam"),
    ("Nhân Ngày Nhà giáo Việt Nam.", None, None),
    ("Nội dung theo Khoản 2 Điều 9.", "form-clause-capitals", "Khoản 2 Điều 9"),
    ("Nội dung theo khoản 2 Điều 9.", None, None),
    ("Trường ở xã phụng công, Hưng Yên.", "form-place-capitals", "phụng công"),
    ("Giáo dục hướng tới xã hội học tập, Việt Nam.", None, None),
    ("Thu 1,500,000 đồng.", "form-number-separators", "1,500,000"),
    ("Thu 1.500.000 đồng.", None, None),
    ("Có 1,500 học sinh.", None, None),
    ("Đạt 8.5 điểm.", "form-number-separators", "8.5"),
    ("Lúc 8.30 giờ sáng.", None, None),
    ("Thu 300.000 VNĐ.", "form-money-unit", "300.000 VNĐ"),
    ("Mức thu 300k.", "form-money-unit", "300k"),
    ("Độ phân giải 4k.", None, None),
    ("Họp ngày 31/4/2026.", "form-date-invalid", "31/4/2026"),
    ("Họp ngày 29/2/2027.", "form-date-invalid", "29/2/2027"),
    ("Họp ngày 29/2/2028.", None, None),
    ("Họp ngày 30 tháng 2 năm 2027.", "form-date-invalid", "30 tháng 2 năm 2027"),
    ("Họp thứ Hai (24/11/2026).", "form-weekday-wrong", "thứ Hai"),
    ("Họp Thứ 3, ngày 24/11/2026.", None, None),
    ("Họp chủ nhật, ngày 29/11/2026.", None, None),
    ("Họp ngày 05/09/26.", "form-year-short", "05/09/26"),
    ("Sở GD&ĐT và Sở GDĐT.", "form-variants-mixed", "GDĐT"),
    ("Sở GDĐT theo Thông tư 37/2020/TT-GD&ĐT.", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "rule", "excerpt"), CASES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_form(
    check_draft: Callable[..., Report],
    policy: Policy,
    text: str,
    rule: str | None,
    excerpt: str | None,
    form: str,
) -> None:
    report = check_draft(unicodedata.normalize(form, text), replace(policy, date=DAY))
    found = [f for f in report.findings if f.rule.startswith("form-")]
    assert [f.rule for f in found] == ([rule] if rule else [])
    if rule and excerpt:
        place = found[0].location
        assert isinstance(place, TextLocation)
        assert unicodedata.normalize("NFC", place.excerpt) == excerpt


@pytest.mark.parametrize(("day", "count"), [(date(2020, 3, 4), 0), (date(2020, 3, 5), 1), (DAY, 1)])
def test_clause_capitals_are_dated(
    check_draft: Callable[..., Report], policy: Policy, day: date, count: int
) -> None:
    report = check_draft("Nội dung theo Khoản 2 Điều 9.", replace(policy, date=day))
    assert sum(f.rule == "form-clause-capitals" for f in report.findings) == count


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (numbers.THOUSANDS, "1,500,000 đồng"),
        (numbers.DECIMAL, "9.5 điểm"),
        (numbers.CURRENCY, "1.500.000 VNĐ"),
        (numbers.CURRENCY, "50k"),
        (numbers.NUMERIC, "30.2.2024"),
        (numbers.NAMED_DAY, "thứ Hai (ngày 5-3-2024)"),
        (numbers.TWO_DIGITS, "ngày 5/3/24"),
    ],
)
def test_numbers_are_looked_for_where_digits_are_joined(
    pattern: re.Pattern[str], text: str
) -> None:
    assert pattern.search(text)
    assert numbers.JOINED.search(text)


@pytest.mark.parametrize("before", ["", "(", "“", "Ngày 5, "])
def test_a_name_is_seen_behind_any_mark(before: str, check_draft: Callable[..., Report]) -> None:
    report = check_draft(f"# Tin\n\nBan {before}bộ Giáo dục và đào tạo ban hành văn bản mới.\n")
    assert "form-name-capitals" in {each.rule for each in report.findings}
