"""QR codes in pictures: what they lead to, and that other pictures have none."""

from __future__ import annotations

import pytest

from qc.media.qr_code import code, qr_code
from tests.media._pictures import findings, image, jpeg

CASES = [
    ("https://bit.ly/abc123", "địa chỉ rút gọn"),
    ("https://example.com/dang-ky?x=1", "ngoài danh sách tin cậy"),
    ("example.com", "ngoài danh sách tin cậy"),
    ("https://thcsnghiatru.edu.vn/a", None),
    ("https://edu.vn.example.com/a", "ngoài danh sách tin cậy"),
    ("WIFI:S:truong;T:WPA;P:x;;", None),
    ("Lop 2A", None),
]


@pytest.mark.parametrize(("text", "reason"), CASES)
def test_links(text: str, reason: str | None) -> None:
    found = findings(qr_code, image(code(text)(), "a.png"))
    assert [finding.facts["reason"] for finding in found] == ([reason] if reason else [])


def test_the_code_has_a_box() -> None:
    (found,) = findings(qr_code, image(code("https://bit.ly/a")(), "a.png"))
    assert found.box is not None
    left, top, width, height = found.box
    assert 40 <= min(left, top) <= max(left, top) <= 90
    assert 200 <= min(width, height) <= max(width, height) <= 320


def test_no_code_no_finding() -> None:
    assert not findings(qr_code, image(jpeg(800, 533)))
    assert not findings(qr_code, image(b"no picture"))
