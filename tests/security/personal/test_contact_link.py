"""Contact links: what stands behind a link and not in its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qc.core.article import Article
from qc.security.personal.contact_link import contact_link

CASES = [
    ("call", '<a href="tel:0912345678">Gọi ngay</a>', 1),
    ("call-plus", '<a href="tel:+84912345678">Gọi ngay</a>', 1),
    ("mail", '<a href="mailto:lan.ngo@gmail.com?subject=x">Gửi thư</a>', 1),
    ("shown-in-text", '<a href="tel:0912345678">0912 345 678</a>', 0),
    ("office", '<a href="mailto:vanphong@hungyen.edu.vn">Gửi thư</a>', 0),
    ("hotline", '<a href="tel:111">Tổng đài 111</a>', 0),
    ("page", '<a href="https://a.vn/0912345678">Xem</a>', 0),
]


@pytest.mark.parametrize(("text", "count"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_contact_behind_a_link(text: str, count: int, draft: Callable[[str], Article]) -> None:
    found = [
        finding
        for link in draft(f"<p>{text}</p>").links
        for finding in contact_link.run(link, contact_link.options())
    ]
    assert len(found) == count
    assert all("345678" not in str(finding.facts["value"]) for finding in found)


def test_official_contact_is_allowed(draft: Callable[[str], Any]) -> None:
    (link,) = draft('<p><a href="tel:0912345678">Gọi</a></p>').links
    options = contact_link.options(official_contacts=("0912.345.678",))
    assert list(contact_link.run(link, options)) == []
