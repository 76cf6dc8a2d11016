"""What a title excuses in the text below it, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest

from qc.core.report import Report
from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.load import load_policy

SPAM = "Nhà cái uy tín, soi kèo hôm nay, tài xỉu online, nạp rút nhanh, zalo 0912 345 678."
NEWS = "Nhóm này tổ chức cá độ bóng đá qua mạng và ghi lô đề cho nhiều người."


def checked(title: str, text: str) -> Report:
    draft = f"# {title}\n\nNhà trường xin thông báo.\n\n{text}\n"
    source = Source("bai.md", data=draft.encode(), format="markdown")
    return inspect(source, load_policy("co-so"), today=date(2026, 11, 25))


@pytest.mark.parametrize(
    "title",
    [
        "Thông báo lịch họp",
        "Kế hoạch phòng, chống tai nạn thương tích",
        "Kế hoạch giáo dục năm học",
        "Tuyên truyền luật giao thông",
    ],
)
def test_a_title_on_something_else_excuses_no_spam(title: str) -> None:
    found = checked(title, SPAM).findings
    assert "injected-spam" in {each.rule for each in found}
    assert {each.severity for each in found if each.rule == "term-gambling"} == {"warning"}


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Công an xử lý nhóm thanh niên", "info"),
        ("Phòng, chống cá độ bóng đá trong học sinh", "info"),
        ("Một buổi chiều ở sân bóng", "warning"),
    ],
)
def test_a_title_on_the_matter_makes_it_a_mention(title: str, severity: str) -> None:
    found = [each for each in checked(title, NEWS).findings if each.rule == "term-gambling"]
    assert found
    assert {each.severity for each in found} == {severity}


def test_spam_below_a_warning_title_is_still_asked_about() -> None:
    report = checked("Tuyên truyền phòng chống tệ nạn xã hội", SPAM)
    assert "injected-suspect" in {each.rule for each in report.findings}
