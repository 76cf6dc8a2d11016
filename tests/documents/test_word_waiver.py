"""A comment of Word that waives a finding is the way to do it, not one that was forgotten."""

from __future__ import annotations

from datetime import date

import pytest

from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.load import load_policy

from .office_files import docx, paragraph

WAIVER = "qc: bỏ qua hygiene-placeholder – tên một cuốn sách"
COMMENTS = [
    ("a waiver", [WAIVER], None),
    ("a note", ["xem lại câu này"], 1),
    ("both", [WAIVER, "xem lại câu này"], 1),
    ("nearly a waiver", ["bỏ qua hygiene-placeholder"], 1),
    ("none", [], None),
]


@pytest.mark.parametrize(
    ("comments", "left"), [c[1:] for c in COMMENTS], ids=[c[0] for c in COMMENTS]
)
def test_only_other_comments_are_left_behind(comments: list[str], left: int | None) -> None:
    written = "".join(f"<w:comment>{paragraph(each)}</w:comment>" for each in comments)
    parts = {"comments": written} if comments else {}
    data = docx(paragraph("Cuốn sách tên là TODO."), parts=parts)
    report = inspect(Source("bai.docx", data=data), load_policy("co-so"), today=date(2026, 3, 2))
    counts = [f.facts["count"] for f in report.findings if f.rule == "privacy-document-comments"]
    assert counts == ([] if left is None else [left])
    waived = [f.waived is not None for f in report.findings if f.rule == "hygiene-placeholder"]
    assert waived == [WAIVER in comments]
