"""A payload put into a clean article adds its rule; taking it out clears it; form is no escape."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.core.article import Article
from qc.documents.load import Source, load
from qc.security.children.named_minor import named_minor
from qc.security.children.pupil_list import pupil_list
from qc.security.personal.personal_data import personal_data

CLEAN = [
    "Sáng 05/9/2025, nhà trường tổ chức lễ khai giảng năm học mới trong không khí vui tươi.",
    "Thời gian nộp hồ sơ từ 01/07/2025 đến 15/07/2025 tại văn phòng nhà trường.",
    "Điện thoại văn phòng: 0221 3931 225. Thư: vanphong@hungyen.edu.vn.",
    "Khoản thu thứ nhất 559.618.000 đồng, chi 56.302.197 đồng theo Thông tư 09/2024/TT-BGDĐT.",
    "Các em học sinh khối 9 tham gia cuộc thi sáng tạo khoa học kỹ thuật cấp tỉnh.",
    "Bảng điểm lớp 6A: Toán 8,3; Văn 5,5; Anh 5,3.",
]
ROWS = "\n".join(
    f"{n}. {name} 0{n}/10/2016"
    for n, name in enumerate(
        ("Lê Văn An", "Trần Thu Hà", "Phạm Minh Quân", "Ngô Bảo Lan", "Đỗ Hải Yến"), 1
    )
)
PAYLOADS = {
    "privacy-phone": "Em Lê Văn Bình, điện thoại 0912345678.",
    "privacy-citizen-number": "Số định danh cá nhân: 033215001234.",
    "privacy-birth-date": "Em Trần Thu Hà, sinh ngày 26/05/2015.",
    "privacy-home-address": "Em Lê Văn Bình trú tại số nhà 12, ngõ 5, phố Bạch Mai.",
    "privacy-health-card": "Thẻ BHYT TE1332012345678.",
    "privacy-pupil-list": "Danh sách học sinh\n" + ROWS,
    "privacy-minor-named": "Em Nguyễn Văn Bình bị bạn đánh hội đồng.",
}
CHECKS = (personal_data, pupil_list, named_minor)


def verdicts(text: str, name: str = "a.txt") -> set[tuple[str, str]]:
    article: Article = load(Source(name=name, data=text.encode()), date(2026, 3, 1))
    return {(f.rule.id, str(f.severity)) for c in CHECKS for f in c.run(article, c.options())}


@settings(max_examples=25, deadline=None)
@given(st.permutations(CLEAN), st.integers(0, len(CLEAN)), st.sampled_from(sorted(PAYLOADS)))
def test_payload_adds_its_rule_and_its_absence_clears_it(
    clean: list[str], place: int, rule: str
) -> None:
    assert verdicts("\n\n".join(clean)) == set()
    dirty = [*clean[:place], PAYLOADS[rule], *clean[place:]]
    assert rule in {found for found, _ in verdicts("\n\n".join(dirty))}


def entities(text: str) -> str:
    return "".join(c if c in "<>/\n" else f"&#x{ord(c):x};" for c in text)


FORMS: dict[str, Callable[[str], str]] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "upper": str.upper,
    "lower": str.lower,
    "zero-width": lambda text: text.replace("0", "0\u200b").replace("Bình", "Bình"),
    "full-width": lambda text: text.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
}


@pytest.mark.parametrize("rule", sorted(PAYLOADS))
@pytest.mark.parametrize("form", sorted(FORMS))
def test_form_does_not_change_the_findings(rule: str, form: str) -> None:
    text = PAYLOADS[rule]
    assert verdicts(FORMS[form](text)) == verdicts(text)


@pytest.mark.parametrize("rule", sorted(PAYLOADS))
def test_entities_do_not_change_the_findings(rule: str) -> None:
    lines = PAYLOADS[rule].split("\n")
    plain = "".join(f"<p>{line}</p>" for line in lines)
    coded = "".join(f"<p>{entities(line)}</p>" for line in lines)
    assert verdicts(coded, "a.html") == verdicts(plain, "a.html") != set()
