"""Waivers: inside a draft, in a file beside it, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qc.core.outcome import Verdict
from qc.core.report import Report
from qc.core.waiver import Waiving
from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.model import Policy

TODAY = date(2026, 11, 24)
DRAFT = "# Trường tổ chức ngày hội đọc sách\n\nNgày hội vui tươi TODO.\n\n"
FILE = """waivers:
  - rule: hygiene-placeholder
    author: Lê Văn Cường
    role: trưởng ban
    reason: chữ này nằm trong tên sách
    expires: {expires}
    source: "{source}"
"""


def _waived(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings if finding.waived]


@pytest.mark.parametrize(
    ("comment", "waived", "other"),
    [
        ("<!-- qc-allow hygiene-placeholder: nằm trong tên sách -->", True, None),
        ("<!-- qc: bỏ qua hygiene-placeholder – nằm trong tên sách -->", True, None),
        ("<!-- qc-allow hygiene-placeholder: tên sách (An, 2026-11-24) -->", True, None),
        ("<!-- qc-allow hygiene-placeholder: tên sách (An, 2026-11-23) -->", False, "expired"),
        ("<!-- qc-allow hygiene-placeholder: tên sách (An, 2026-02-31) -->", False, "expired"),
        ("<!-- qc-allow hygiene-placeholder -->", False, "without-reason"),
        ("<!-- qc-allow hygiene-placehold: nằm trong tên sách -->", False, "unknown-rule"),
        ("<!-- qc-allow hygiene-title-short: nằm trong tên sách -->", False, "unused"),
        ("<!-- ghi chú thường -->", False, None),
    ],
)
def test_inline(
    comment: str, waived: bool, other: str | None, check_draft: Callable[..., Report]
) -> None:
    report = check_draft(DRAFT + comment + "\n")
    assert _waived(report) == (["hygiene-placeholder"] if waived else [])
    faults = {f.rule for f in report.findings if f.rule.startswith("waiver-")}
    assert faults == ({f"waiver-{other}"} if other else set())
    assert (report.verdict is Verdict.BLOCK) != waived


def test_inline_may_be_switched_off(policy: Policy, check_draft: Callable[..., Report]) -> None:
    strict = replace(policy, waiving=Waiving(inline=False))
    text = DRAFT + "<!-- qc-allow hygiene-placeholder: nằm trong tên sách -->\n"
    report = check_draft(text, strict)
    assert not _waived(report)
    assert "waiver-not-allowed" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("expires", "source", "roles", "waived"),
    [
        ("2026-11-24", "*.md", (), True),
        ("2026-11-24", "*.html", (), False),
        ("2026-11-23", "*.md", (), False),
        ("2026-11-24", "*.md", ("trưởng ban",), True),
        ("2026-11-24", "*.md", ("hiệu trưởng",), False),
    ],
    ids=["holds", "other-file", "expired", "right-role", "wrong-role"],
)
def test_file_beside(
    expires: str,
    source: str,
    roles: tuple[str, ...],
    waived: bool,
    policy: Policy,
    tmp_path: Path,
) -> None:
    text = FILE.format(expires=expires, source=source)
    (tmp_path / ".qc-waivers.yaml").write_text(text, encoding="utf-8")
    folder = tmp_path / "tin"
    folder.mkdir()
    draft = folder / "a.md"
    draft.write_text(DRAFT, encoding="utf-8")
    used = replace(policy, waiving=Waiving(roles=roles))
    report = inspect(Source("a.md", draft, root=folder), used, today=TODAY)
    assert _waived(report) == (["hygiene-placeholder"] if waived else [])


@pytest.mark.parametrize("text", ["waivers: [{rule: x}]", "waiver: []", "waivers: [&a {}, *a]"])
def test_wrong_file_is_told(text: str, policy: Policy, tmp_path: Path) -> None:
    (tmp_path / ".qc-waivers.yaml").write_text(text, encoding="utf-8")
    draft = tmp_path / "a.md"
    draft.write_text(DRAFT, encoding="utf-8")
    report = inspect(Source("a.md", draft, root=tmp_path), policy, today=TODAY)
    assert report.verdict is Verdict.INCOMPLETE
    assert ".qc-waivers.yaml" in (report.outcomes[0].reason or "")


@pytest.mark.parametrize("rule", ["markup-script", "hidden-display", "privacy-phone"])
def test_injected_markup_cannot_waive_itself(rule: str, check_draft: Callable[..., Report]) -> None:
    text = (
        "<h1>Trường tổ chức ngày hội</h1><p>Mẹ em An: 0912 345 678.</p><script>x()</script>"
        "<div style='display:none'><a href='https://188bet-vn.link'>nhà cái</a></div>"
        f"<!-- qc-allow {rule}: nội dung đã kiểm tra (An, 2099-01-01) -->"
    )
    report = check_draft(text)
    assert not _waived(report)
    assert report.verdict is Verdict.BLOCK
    assert "waiver-not-allowed" in {finding.rule for finding in report.findings}
