"""Citations in articles: what is reported, where, and on which day."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qc.core.location import TextLocation
from qc.core.report import Report
from qc.core.rule import Draft
from qc.policy.model import Policy

LETTER = """Số: 310/GD&ĐT-CNTT

Văn Giang, ngày 17 tháng 11 năm 2020

Thực hiện Thông tư số 37/2020/TT-BGDĐT ngày 05/10/2020 của Bộ Giáo dục và Đào tạo.

Theo hướng dẫn tại Điều 9, Thông tư 37/2020/TT-GD&ĐT ngày

05/10/2020 của Bộ Giáo dục và Đào tạo, thực hiện Công khai quy định tại Thông tư số \
36/2017/TT-BGDĐT ngày 28/12/2017.
"""
Check = Callable[..., Report]


def citation_findings(report: Report) -> list[tuple[str, str, str]]:
    found = []
    for finding in report.findings:
        if finding.rule.startswith("citation-"):
            assert isinstance(finding.location, TextLocation)
            found.append((finding.rule, finding.severity.value, finding.location.excerpt))
    return found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            date(2020, 11, 17),
            [
                ("citation-act-future", "warning", "Thông tư số 37/2020/TT-BGDĐT"),
                ("citation-inconsistent", "info", "37/2020/TT-GD&ĐT"),
                ("citation-issuer-wrong", "warning", "37/2020/TT-GD&ĐT"),
            ],
        ),
        (
            date(2026, 11, 24),
            [
                ("citation-act-expired", "error", "Thông tư số 36/2017/TT-BGDĐT"),
                ("citation-inconsistent", "info", "37/2020/TT-GD&ĐT"),
                ("citation-issuer-wrong", "warning", "37/2020/TT-GD&ĐT"),
            ],
        ),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letter(
    check_draft: Check,
    policy: Policy,
    day: date,
    expected: list[tuple[str, str, str]],
    form: str,
) -> None:
    text = unicodedata.normalize(form, LETTER)
    report = check_draft(Draft(text, name="letter.txt"), replace(policy, date=day))
    found = citation_findings(report)
    nfc = [(rule, sev, unicodedata.normalize("NFC", excerpt)) for rule, sev, excerpt in found]
    assert sorted(nfc) == expected


def test_html_tags_do_not_break_a_citation(check_draft: Check) -> None:
    page = "<p>Theo <b>Thông tư</b> số <i>37/2020/</i>TT-<span>GD&amp;ĐT</span> ngày<br>"
    found = citation_findings(check_draft(page + "05/10/2020.</p>"))
    assert ("citation-issuer-wrong", "warning", "37/2020/TT-GD&ĐT") in found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Theo Luật Trẻ em số 102/2016/QH14.", "citation-number-unknown"),
        ("Theo Luật Trẻ em số 120/2016/QH13.", "citation-number-unknown"),
        ("Theo Luật số 102/2016/QH14.", "citation-number-unknown"),
        ("Theo Luật sửa đổi, bổ sung Luật Trẻ em số 120/2016/QH13.", None),
        ("Theo Luật Giáo dục số 11/1998/QH10.", None),
        ("Theo Thông tư số 37/2020/TT-BGDĐT ngày 15/10/2020.", "citation-date-wrong"),
        ("Theo Thông tư số 37/2020/TT-BGDĐT ngày 05 tháng 10 năm 2020.", None),
    ],
)
def test_identity(check_draft: Check, text: str, rule: str | None) -> None:
    found = [each[0] for each in citation_findings(check_draft(text))]
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Căn cứ Thông tư số 36/2017/TT-BGDĐT, trường công khai.", "error"),
        ("Có nhắc đến Thông tư số 36/2017/TT-BGDĐT trong bài.", "warning"),
        ("Căn cứ Luật Giáo dục số 38/2005/QH11, trường công khai.", "warning"),
        ("Căn cứ Luật Giáo dục năm 2005, trường công khai.", "warning"),
        ("Căn cứ Luật Giáo dục 2019, trường công khai.", None),
        ("Thông tư số 36/2017/TT-BGDĐT trước đây quy định khác.", None),
        ("Thông tư số 09/2024/TT-BGDĐT thay thế Thông tư số 36/2017/TT-BGDĐT.", None),
    ],
)
def test_expired(check_draft: Check, text: str, severity: str | None) -> None:
    found = [(r, s) for r, s, _ in citation_findings(check_draft(text))]
    assert found == ([("citation-act-expired", severity)] if severity else [])


def test_unread_dates_say_so(check_draft: Check) -> None:
    report = check_draft("Căn cứ Luật Giáo dục số 38/2005/QH11, trường công khai.")
    (finding,) = [f for f in report.findings if f.rule == "citation-act-expired"]
    assert "chưa đối chiếu văn bản gốc" in finding.message


def test_an_older_document_is_read_at_its_own_date(check_draft: Check, policy: Policy) -> None:
    head = "---\nloại bài: văn bản\nngày ban hành: {}\n---\n"
    text = head + "Căn cứ Thông tư số 36/2017/TT-BGDĐT, trường công khai.\n"
    now = replace(policy, date=date(2026, 11, 24))
    assert citation_findings(check_draft(text.format("05/06/2023"), now)) == []
    assert citation_findings(check_draft(text.format("05/06/2026"), now)) != []
