"""Hygiene: titles, spaces, punctuation, empty sections, placeholders."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from qc.core.location import TextLocation
from qc.core.report import Report

TITLE = "# Trường tổ chức ngày hội đọc sách\n\n"
CASES = [
    ("double space", "Các em  rất vui.", "hygiene-double-space", "  "),
    ("padding in a table", "| a    | c |\n|------|---|\n| d    | e |", None, ""),
    ("indented line", "Các em\n   rất vui.", None, ""),
    ("two spaces at the end of a line", "Các em  \nrất vui.", None, ""),
    ("before comma", "Các em rất vui , rất hào hứng.", "hygiene-space-before-punctuation", " ,"),
    ("before stop", "Các em rất vui . Rất hay.", "hygiene-space-before-punctuation", " ."),
    ("before ellipsis", "Các em đọc sách ...", None, ""),
    ("after comma", "Các em rất vui,rất hào hứng.", "hygiene-space-after-punctuation", ","),
    ("after stop", "Các em rất vui.Rất hay.", "hygiene-space-after-punctuation", "."),
    ("decimal", "Điểm trung bình 7,5 và 8.25.", None, ""),
    ("time and ratio", "Lúc 7:30, tỉ số 2:1.", None, ""),
    ("address", "Xem www.truong.edu.vn/tin,bai hoặc a.b@truong.edu.vn.", None, ""),
    ("inside brackets", "Các em ( lớp 5) rất vui.", "hygiene-space-inside-brackets", "( "),
    ("repeated mark", "Thật tuyệt vời!!", "hygiene-repeated-punctuation", "!!"),
    ("ellipsis", "Sách, truyện, báo... đều có.", None, ""),
    ("lorem", "Lorem ipsum dolor.", "hygiene-placeholder", "Lorem ipsum"),
    ("todo", "TODO: bổ sung.", "hygiene-placeholder", "TODO"),
    ("todo inside a word", "Bài TODOS là tên riêng.", None, ""),
    ("xxx", "Có xxx em.", "hygiene-placeholder", "xxx"),
    ("roman thirty", "Đại hội lần thứ XXX.", None, ""),
    ("shirt size", "Áo cỡ XXL.", None, ""),
    ("insert here", "[Chèn ảnh vào đây]", "hygiene-placeholder", "[Chèn ảnh vào đây]"),
    ("name here", "Trường [tên trường] thông báo.", "hygiene-placeholder", "[tên trường]"),
    ("reference", "Theo tài liệu [số 5] và [ngày 5/9].", None, ""),
    ("template", "Kính gửi {{ho_ten}}.", "hygiene-placeholder", "{{ho_ten}}"),
    ("questions", "Thời gian: ???", "hygiene-placeholder", "???"),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "rule", "excerpt"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_body(
    text: str, rule: str | None, excerpt: str, form: str, check_draft: Callable[..., Report]
) -> None:
    report = check_draft(TITLE + unicodedata.normalize(form, text) + "\n")
    found = [f for f in report.findings if f.rule.startswith("hygiene-")]
    found = [f for f in found if getattr(f.location, "field", "") == "body"]
    assert {f.rule for f in found} == ({rule} if rule else set())
    if rule:
        place = found[0].location
        assert isinstance(place, TextLocation)
        assert unicodedata.normalize("NFC", place.excerpt) == excerpt


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Tin trườn", "hygiene-title-short"),
        ("Tin trường", None),
        ("Hội thảo " * 28, "hygiene-title-long"),
        ("NGÀY HỘI ĐỌC SÁCH", "hygiene-title-capitals"),
        ("Ngày hội STEM của THCS", None),
        ("Ngày hội đọc sách.", "hygiene-title-full-stop"),
        ("Ngày hội đọc sách...", None),
    ],
)
def test_title(title: str, rule: str | None, check_draft: Callable[..., Report]) -> None:
    report = check_draft(f"# {title}\n\nNgày hội vui tươi.\n")
    found = {f.rule for f in report.findings if f.rule.startswith("hygiene-title")}
    assert found == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("## Một\n\n## Hai\n\nChữ.\n", True),
        ("## Một\n\n### Nhỏ\n\nChữ.\n", False),
        ("## Một\n\n![ảnh](a.jpg)\n\n## Hai\n\nChữ.\n", False),
        ("Chữ.\n\n## Cuối\n", True),
        ("## Một\n\n| a | b |\n|---|---|\n| c | d |\n", False),
    ],
)
def test_section(text: str, empty: bool, check_draft: Callable[..., Report]) -> None:
    rules = {f.rule for f in check_draft(TITLE + text).findings}
    assert ("hygiene-empty-section" in rules) == empty
