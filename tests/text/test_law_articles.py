"""Documents, disclosure, advertising, reposts, AI labels and accessibility in whole drafts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qc.core.report import Report
from qc.core.rule import Draft
from qc.policy.model import Policy

DAY = date(2026, 11, 24)
PREFIXES = ("law-", "disclosure-", "access-", "rights-source")
DISCLOSURE = "---\nloại bài: công khai\ntiêu đề: {title}\n---\n{body}\n"
FINANCE = "Tổng thu, tổng chi; mức thu; miễn, giảm học phí; số dư quỹ."
CASES = [
    pytest.param("Tin của trường.", DAY, [], id="plain"),
    pytest.param(
        DISCLOSURE.format(title="Công khai thu chi năm 2025", body=FINANCE), DAY, [], id="finance"
    ),
    pytest.param(
        DISCLOSURE.format(title="Công khai thu chi", body=FINANCE),
        DAY,
        ["disclosure-year-missing"],
        id="no-year",
    ),
    pytest.param(
        DISCLOSURE.format(title="Công khai thu chi năm 2025", body="Mức thu, tổng thu."),
        DAY,
        ["disclosure-items-missing"],
        id="items",
    ),
    pytest.param(
        DISCLOSURE.format(title="Công khai năm học 2020", body="Cơ sở vật chất."),
        date(2020, 6, 1),
        ["disclosure-items-missing"],
        id="old-act",
    ),
    pytest.param(
        DISCLOSURE.format(
            title="Công khai năm học 2020", body="Chất lượng giáo dục, cơ sở vật chất, học phí."
        ),
        date(2020, 6, 1),
        [],
        id="old-act-whole",
    ),
    pytest.param(
        DISCLOSURE.format(
            title="Công khai điều kiện đảm bảo chất lượng năm 2025 của trường mầm non",
            body="Đội ngũ giáo viên; diện tích, phòng học; kiểm định chất lượng.",
        ),
        DAY,
        [],
        id="kindergarten",
    ),
    pytest.param(
        DISCLOSURE.format(
            title="Công khai điều kiện đảm bảo chất lượng năm 2025 của trường tiểu học",
            body="Đội ngũ giáo viên; diện tích, phòng học; kiểm định chất lượng.",
        ),
        DAY,
        ["disclosure-items-missing"],
        id="primary-lacks-textbooks",
    ),
    pytest.param(
        DISCLOSURE.format(
            title="Báo cáo thường niên năm 2025", body="[Báo cáo](bao-cao-thuong-nien-2025.pdf)"
        ),
        DAY,
        [],
        id="annual-report",
    ),
    pytest.param(
        DISCLOSURE.format(title="Báo cáo thường niên năm 2025", body="Trường công bố báo cáo."),
        DAY,
        ["disclosure-annual-report-file-missing"],
        id="annual-report-without-file",
    ),
    pytest.param("MẬT\n\nNội dung.", DAY, ["law-secrecy-mark"], id="secret"),
    pytest.param("Mật\n\nNội dung.", DAY, [], id="not-secret"),
    pytest.param(
        "Khuyến mãi đồng phục 199.000 đồng, gọi ngay 0912 345 678.",
        DAY,
        ["law-sales-talk"],
        id="sales",
    ),
    pytest.param(
        "Xử phạt người bán thuốc lá điện tử giảm giá cho học sinh.", DAY, [], id="prevention"
    ),
    pytest.param(
        "Bán thuốc lá điện tử giảm giá cho mọi người.", DAY, ["law-tobacco-promoted"], id="vape"
    ),
]


@pytest.mark.parametrize(("text", "day", "expected"), CASES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_articles(
    check_draft: Callable[..., Report],
    policy: Policy,
    text: str,
    day: date,
    expected: list[str],
    form: str,
) -> None:
    report = check_draft(unicodedata.normalize(form, text), replace(policy, date=day))
    assert not [o for o in report.outcomes if o.state == "crashed"]
    assert [f.rule for f in report.findings if f.rule.startswith(PREFIXES)] == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>Tin</p><img src="a.jpg" alt="">', []),
        ('<p>Tin</p><img src="a.jpg">', ["access-alt-missing"]),
        ('<p>Tin</p><img src="IMG_1234.jpg" alt="IMG_1234">', ["access-alt-file-name"]),
        ('<p>Tin</p><img src="le-hoi.jpg" alt="Lễ hội">', []),
        ('<p>Tin</p><img src="a.jpg" alt="Hình 2">', ["access-alt-generic"]),
        ('<p>Xem <a href="https://a.edu.vn">Tại đây</a></p>', ["access-link-text-vague"]),
        ('<p>Xem <a href="https://a.edu.vn">tại đây mẫu đơn</a></p>', []),
        ('<p>Xem <a href="https://a.edu.vn"><img src="b.png" alt="Mẫu đơn"></a></p>', []),
        ("<h2>Một</h2><p>a</p><h4>Hai</h4><p>b</p>", ["access-heading-order"]),
        ("<h2>Một</h2><p>a</p><h3>Hai</h3><p>b</p><h2>Ba</h2><p>c</p>", []),
        ("<p><blink>Mới</blink></p>", ["access-moving-text"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", []),
    ],
)
def test_accessibility(check_draft: Callable[..., Report], html: str, expected: list[str]) -> None:
    report = check_draft(Draft(html, name="draft.html"))
    assert [f.rule for f in report.findings if f.rule.startswith("access-")] == expected


def test_unread_requirements_never_block(check_draft: Callable[..., Report]) -> None:
    text = "---\nloại bài: tuyển sinh\ntiêu đề: Thông báo tuyển sinh\n---\nMời phụ huynh.\n"
    (finding,) = [f for f in check_draft(text).findings if f.rule.startswith("disclosure-")]
    assert finding.severity == "warning"
    assert "chưa đối chiếu văn bản gốc" in finding.basis[0].title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![Bản đồ Việt Nam trong giờ học](a.jpg)", ["law-map-review-needed"]),
        ("![Cô trò bên bản đồ](a.jpg)", []),
        ("![Giờ học](ban_do_hanh_chinh.png)", ["law-map-review-needed"]),
    ],
)
def test_maps(check_draft: Callable[..., Report], text: str, expected: list[str]) -> None:
    found = [f.rule for f in check_draft(text).findings]
    assert [rule for rule in found if rule.startswith("law-map")] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Báo Nhân Dân", [("rights-source-url-missing", "error")]),
        ("Bà Nguyễn Thị Hoa", [("rights-source-url-missing", "warning")]),
        ("Lớp 5A", []),
        ("Trường Tiểu học Phụng Công", []),
        ("Internet", [("rights-source-vague", "warning")]),
        ("Sưu tầm", [("rights-source-vague", "warning")]),
    ],
)
def test_sources(
    check_draft: Callable[..., Report], source: str, expected: list[tuple[str, str]]
) -> None:
    report = check_draft(f"---\nnguồn: {source}\n---\nTin, đăng ngày 02/9/2026.\n")
    found = [(f.rule, f.severity.value) for f in report.findings]
    assert [each for each in found if each[0].startswith("rights-source")] == expected
