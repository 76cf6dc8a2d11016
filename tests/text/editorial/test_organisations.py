"""Offices and places by date."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qc.core.report import Report
from qc.policy.model import Policy
from qc.text.editorial._places import communes, districts, provinces

NEW = date(2026, 9, 10)
CASES = [
    ("Hồ sơ nộp về Phòng GD&ĐT.", date(2025, 6, 30), []),
    ("Hồ sơ nộp về Phòng GD&ĐT.", date(2025, 7, 1), [("law-office-ended", "warning")]),
    ("Hồ sơ nộp về phòng giáo dục và đào tạo.", NEW, [("law-office-ended", "warning")]),
    ("Năm học 2023-2024, Phòng GD&ĐT khen trường.", NEW, []),
    ("Ngày 12/5/2025, Phòng GD&ĐT khen trường.", NEW, []),
    ("Ngày 12/7/2025, Phòng GD&ĐT khen trường.", NEW, [("law-office-ended", "warning")]),
    ("Trường thuộc Phòng GD&ĐT cũ.", NEW, []),
    ("UBND quận Ba Đình tặng quà.", NEW, [("law-office-ended", "warning")]),
    ("Huyện ủy tặng quà.", NEW, [("law-office-ended", "warning")]),
    ("UBND xã Văn Giang tặng quà.", NEW, []),
    ("UBND TP Vũng Tàu tặng quà.", NEW, [("law-office-ended", "warning")]),
    ("UBND thành phố Hà Nội tặng quà.", NEW, []),
    ("UBND TP.HCM tặng quà.", NEW, []),
    ("UBND quận 1 tặng quà.", NEW, [("law-office-ended", "warning")]),
    ("Trường ở huyện Văn Giang.", NEW, [("law-district-ended", "info")]),
    ("Trường ở huyện Không Có.", NEW, []),
    ("Các em ở tỉnh Thái Bình.", NEW, [("law-province-ended", "warning")]),
    ("Các em ở tỉnh Thái Bình.", date(2025, 6, 30), []),
    ("Các em ở tỉnh Hưng Yên.", NEW, []),
    ("Các em ở tỉnh Đồng Nai.", date(2026, 4, 29), []),
    ("Các em ở tỉnh Đồng Nai.", date(2026, 4, 30), [("law-province-ended", "warning")]),
    ("Các em ở thành phố Đồng Nai.", date(2026, 4, 29), [("law-name-not-yet", "warning")]),
    ("Các em ở thành phố Huế.", date(2015, 1, 1), []),
    ("Bộ TT&TT tổ chức cuộc thi.", NEW, [("law-ministry-ended", "warning")]),
    ("", NEW, []),
]


@pytest.mark.parametrize(("text", "day", "expected"), CASES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_by_date(
    check_draft: Callable[..., Report],
    policy: Policy,
    text: str,
    day: date,
    expected: list[tuple[str, str]],
    form: str,
) -> None:
    report = check_draft(unicodedata.normalize(form, text), replace(policy, date=day))
    found = [(f.rule, f.severity.value) for f in report.findings if f.rule.startswith("law-")]
    assert found == expected


def test_a_name_is_told_once(check_draft: Callable[..., Report], policy: Policy) -> None:
    text = "Phòng GD&ĐT họp.\n\nPhòng GDĐT kết luận.\n"
    report = check_draft(text, replace(policy, date=NEW))
    (finding,) = [f for f in report.findings if f.rule == "law-office-ended"]
    assert finding.facts["count"] == 2


def test_tables_are_whole() -> None:
    now = [p for p in provinces().values() if p.last is None]
    assert len(now) == 34
    assert sum(p.kind == "thành phố" for p in now) == 7
    assert len([p for p in provinces().values() if p.last and p.name != "Đồng Nai"]) == 30
    assert sum(len(rows) for rows in districts().values()) == 696
    assert len(communes()) > 2500
    (row,) = districts()["Văn Giang"]
    assert row.communes == ("Mễ Sở", "Nghĩa Trụ", "Phụng Công", "Văn Giang")


def test_the_province_behind_a_shared_name_is_meant(
    check_draft: Callable[..., Report], policy: Policy
) -> None:
    report = check_draft("Trường ở huyện Châu Thành, Tiền Giang.", replace(policy, date=NEW))
    (finding,) = [f for f in report.findings if f.rule == "law-district-ended"]
    assert "Tân Hương" in finding.message
