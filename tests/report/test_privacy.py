"""Masking: personal data and secrets stand nowhere whole, in no format."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType
from typing import Any

import pytest

from qc.documents.load import Source
from qc.pipeline import identity, inspect_with_article
from qc.policy.load import load_policy
from qc.report import privacy
from qc.report.formats import RENDERERS, Rendering, render

TODAY = date(2026, 11, 24)
TEXT = """# Thông báo của nhà trường về buổi họp

Liên hệ cô Trần Thị Lan, số 0912 345 678 hoặc 0987654321, địa chỉ số 12 ngõ 34 phố Hàng Bông.

Mật khẩu: Hoasen@2024xyz

| STT | Họ và tên | Ngày sinh | Điện thoại |
|---|---|---|---|
| 1 | Nguyễn Văn An | 12/03/2014 | 0912345671 |
| 2 | Trần Thị Bích | 05/11/2014 | 0987654312 |
| 3 | Lê Hoàng Minh | 21/07/2014 | 0903111243 |
| 4 | Phạm Gia Hân | 30/01/2014 | 0868222354 |
| 5 | Vũ Đức Thắng | 17/09/2014 | 0332333465 |
"""
VALUES = ["0912 345 678", "0987654321", "Hoasen@2024xyz", "0912345671", "0332333465", "12/03/2014"]


@pytest.mark.parametrize("format", [name for name in RENDERERS if name != "xlsx"])
@pytest.mark.parametrize("source_format", ["markdown", "text"])
def test_no_value_stands_whole(format: str, source_format: str) -> None:
    policy = load_policy()
    source = Source("a", data=TEXT.encode(), format=source_format)
    report, article = inspect_with_article(source, policy, today=TODAY)
    assert report.findings
    rendering = Rendering([report], identity(policy), "0", 1, "vi", [article])
    text = render(format, rendering).decode()
    assert not [value for value in VALUES if value in text]


def test_secret_shows_its_first_character_only() -> None:
    source = Source("a", data=TEXT.encode(), format="markdown")
    report, _ = inspect_with_article(source, load_policy(), today=TODAY)
    text = report.model_dump_json()
    assert "secret-password" in text
    assert "Hoa" not in text.replace("Hoasen.", "")


def test_cost_of_masking_grows_with_the_number_of_values_only() -> None:
    few, many = _lines_run(50), _lines_run(200)
    assert many < 4.6 * few


def _lines_run(numbers: int) -> int:
    """Lines of the masking that run for an article of so many telephone numbers."""
    text = " ".join(f"Gọi 09123{number:05d} nhé." for number in range(numbers))
    source = Source("a", data=text.encode(), format="text")
    lines = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename != privacy.__file__:
            return None
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        report, _ = inspect_with_article(source, load_policy(), today=TODAY)
    finally:
        sys.settrace(before)
    assert sum(each.rule == "privacy-phone" for each in report.findings) == numbers
    return lines
