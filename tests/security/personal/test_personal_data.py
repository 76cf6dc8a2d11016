"""The check on personal data: severity by whose it is, allowed contacts, masks, places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qc.core.article import Article
from qc.security.personal.personal_data import personal_data

OWNERS = [
    ("pupil", "Em Lê Văn Bình, điện thoại 0912345678", "error"),
    ("teacher", "Phụ huynh liên hệ cô Mai số 0912345678", "warning"),
    ("nobody", "Liên hệ: 0912345678", "warning"),
    ("young-number", "Số định danh 033215001234", "error"),
    ("old-number", "Số định danh 033185001234", "warning"),
    ("child-card", "Thẻ BHYT: TE1332012345678", "error"),
    ("young-birth", "Sinh ngày 05/09/2015", "error"),
    ("adult-birth", "Cô Lan sinh ngày 05/09/1985", "warning"),
    ("bank-card", "Số thẻ ATM: 9704 3604 8813 0608", "error"),
]


def run(article: Article, **options: Any) -> list[Any]:
    return list(personal_data.run(article, personal_data.options(**options)))


@pytest.mark.parametrize(("text", "severity"), [c[1:] for c in OWNERS], ids=[c[0] for c in OWNERS])
def test_severity_depends_on_whose_it_is(
    text: str, severity: str, draft: Callable[[str], Article]
) -> None:
    assert [found.severity for found in run(draft(text))] == [severity]


@pytest.mark.parametrize(
    "before",
    [
        "Các đội thi đấu vòng tròn một lượt, chọn ra hai đội vào trận chung kết.",
        "Tổng số học sinh đông, số lượng quà còn ít",
        "Hóa đơn, chứng từ được lưu đầy đủ!",
    ],
    ids=("counted", "no-stop", "exclaimed"),
)
def test_a_sentence_with_commas_is_no_table_head(
    before: str, draft: Callable[[str], Article]
) -> None:
    text = f"{before}\n\nMẹ em Lê Văn Bình dùng số điện thoại 0912345678."
    assert [found.severity for found in run(draft(text))] == ["error"]


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Đường dây nóng: 0912.345.678", "0912 345 678"),
        ("Đường dây nóng: +84912345678", "0912345678"),
        ("Thư: lan@gmail.com", "Lan@Gmail.com"),
        ("Tài khoản 0123456789 Agribank", "0123456789"),
    ],
)
def test_official_contact_is_allowed(
    text: str, contact: str, draft: Callable[[str], Article]
) -> None:
    assert len(run(draft(text))) == 1
    assert run(draft(text), official_contacts=(contact,)) == []


def test_official_domain(draft: Callable[[str], Article]) -> None:
    article = draft("Thư: tranvan.b@thcs.edu.vn, lan@gmail.com")
    found = run(article, official_domains=("thcs.edu.vn",))
    assert [f.facts["value"] for f in found] == ["lan@*****.com"]


def test_value_is_masked_and_the_span_is_the_value(draft: Callable[[str], Article]) -> None:
    (found,) = run(draft("Gọi 0912345678 nhé"))
    assert found.facts["value"] == "091****678"
    assert found.subject.text[found.start : found.end] == "0912345678"


def test_column_head_reaches_cells(draft: Callable[[str], Article]) -> None:
    head = "<table><tr><th>Họ tên</th><th>CMND</th></tr>"
    table = head + "<tr><td>Lê An</td><td>145678901</td></tr></table>"
    (found,) = run(draft(table))
    assert (found.rule.id, found.subject.text) == ("privacy-identity-card", "145678901")
