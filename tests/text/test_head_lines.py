"""The head of a Markdown draft that lacks a fence is named as such, and only as such."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from qc.core.report import Report
from qc.core.rule import Draft

FIELDS = "tiêu đề: Ngày hội đọc sách\ntác giả: Trần Thị Bình\n"
BODY = "\nNgày hội diễn ra vui tươi.\n"
CASES = [
    ("no last line", f"---\n{FIELDS}{BODY}", "cuối cùng"),
    ("no first line", f"{FIELDS}---\n{BODY}", "đầu tiên"),
    ("neither", f"{FIELDS}{BODY}", "ở trước và ở sau"),
    ("two hyphens", f"--\n{FIELDS}---\n{BODY}", "đầu tiên"),
    ("decomposed", unicodedata.normalize("NFD", f"{FIELDS}{BODY}"), "ở trước và ở sau"),
    ("without marks", "Tieu de: Ngay hoi\nTac gia: Binh\n" + BODY, "ở trước và ở sau"),
    ("English", f"title: Ngày hội\nauthor: Bình\n{BODY}", "ở trước và ở sau"),
    ("one line after a fence", f"---\ntitle: Ngày hội\n{BODY}", "cuối cùng"),
    ("Windows", f"---\n{FIELDS}{BODY}".replace("\n", "\r\n"), "cuối cùng"),
    ("whole", f"---\n{FIELDS}---\n{BODY}", None),
    ("closed with dots", f"---\n{FIELDS}...\n{BODY}", None),
    ("a rule, then prose", f"---\n{BODY}", None),
    ("one line of prose with a colon", f"Nguồn: Báo Nhân Dân\n{BODY}", None),
    ("lines that are no fields", f"Thời gian: 8 giờ\nĐịa điểm: sân trường\n{BODY}", None),
    ("fields further down", f"{BODY}\n{FIELDS}", None),
]


@pytest.mark.parametrize(("text", "lacks"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_missing_fence_is_named(
    text: str, lacks: str | None, check_draft: Callable[..., Report]
) -> None:
    report = check_draft(text)
    found = [each for each in report.findings if each.rule == "field-head-unfenced"]
    assert [each.facts["lacks"] for each in found] == ([lacks] if lacks else [])
    missing = [each.rule for each in report.findings if each.rule.endswith("-missing")]
    if lacks:
        assert missing == [], "the fields are there; what is wrong is said once"
    else:
        assert "field-approved-by-missing" in missing


def test_other_formats_have_no_fences(check_draft: Callable[..., Report]) -> None:
    report = check_draft(Draft(f"{FIELDS}{BODY}", name="bai.txt"))
    assert "field-head-unfenced" not in {each.rule for each in report.findings}
