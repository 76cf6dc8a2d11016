"""Lists of pupils: what makes one, what does not, and what consent changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from qc.core.article import Article
from qc.security.children._lists import find_lists
from qc.security.children.pupil_list import pupil_list

NAMES = ["Lê Văn An", "Trần Thu Hà", "Phạm Minh Quân", "Ngô Bảo Lan", "Đỗ Hải Yến", "Lý Gia Huy"]
HEAD = "DANH SÁCH HỌC SINH\n"


def lines(form: str, count: int = 5, head: str = HEAD) -> str:
    rows = (form.format(n=n, name=name) for n, name in enumerate(NAMES[:count], 1))
    return head + "\n".join(rows)


PRIVATE = [
    ("birth-date", lines("{n}. {name} 0{n}/10/2015")),
    ("birth-date-tabs", lines("{n}\t{name}\t0{n}/10/2015\t6A")),
    ("birth-date-pipes", lines("{n} | {name} | 0{n}/10/2015", head="STT | Họ tên | Ngày sinh\n")),
    ("birth-year-column", lines("{n}\t{name}\t2015", head="STT\tHọ và tên\tNăm sinh\n")),
    ("no-heading-young", lines("{name}, 0{n}/10/2015", head="")),
    ("telephone", lines("{name} - 091234567{n}")),
    ("citizen-number", lines("{name}; 03321500123{n}")),
    ("address-column", lines("{name}\tthôn {n}\t", head="Họ tên học sinh\tChỗ ở\n")),
    ("hardship-column", lines("{name}\tHộ nghèo", head="Họ tên học sinh\tHoàn cảnh\n")),
    ("hardship-heading", lines("{n}. {name}", head="Danh sách học sinh nghèo nhận quà:\n")),
    ("health", lines("{name}, lớp 4A, khuyết tật nhẹ")),
    ("split-name", lines("{n}\t{name}\t0{n}/10/2015").replace("Lê Văn An", "Lê Văn\tAn")),
    ("upper-case", lines("{n}. {name} 0{n}/10/2015").upper()),
]
RESULTS = [
    ("class", lines("{n}. {name} - Lớp {n}A")),
    ("prize", lines("{name}, lớp {n}B, giải Nhì", head="Học sinh đạt giải:\n")),
]
NONE = [
    ("four-rows", lines("{n}. {name} 0{n}/10/2015", 4)),
    ("names-only", lines("{n}. {name}", head="Danh sách ban tổ chức\n")),
    ("teachers", lines("{n}\t{name}\t0{n}/10/1980", head="Giáo viên\nSTT\tHọ tên\tNgày sinh\n")),
    ("teachers-of-classes", lines("{name}\t{n}A", head="Giáo viên chủ nhiệm\tLớp\n")),
    ("duty-roster", lines("{name}\t0{n}/03/2026", head="LỊCH TRỰC BAN\nHọ tên\tNgày\n")),
    ("timetable", "\n".join(f"Tiết {n}: Toán lớp {n}A phòng 10{n}" for n in range(1, 8))),
    ("places", "\n".join(f"Trường Tiểu học số {n}, lớp {n}A" for n in range(1, 8))),
    ("empty", ""),
]


@pytest.mark.parametrize("text", [c[1] for c in PRIVATE], ids=[c[0] for c in PRIVATE])
def test_private_list(text: str) -> None:
    assert [bool(each.private) for each in find_lists(text, 2026)] == [True]


@pytest.mark.parametrize("text", [c[1] for c in RESULTS], ids=[c[0] for c in RESULTS])
def test_list_of_results(text: str) -> None:
    assert [bool(each.private) for each in find_lists(text, 2026)] == [False]


@pytest.mark.parametrize("text", [c[1] for c in NONE], ids=[c[0] for c in NONE])
def test_no_list(text: str) -> None:
    assert list(find_lists(text, 2026)) == []


@pytest.mark.parametrize("text", [c[1] for c in PRIVATE], ids=[c[0] for c in PRIVATE])
def test_decomposed_text(text: str) -> None:
    (found,) = find_lists(unicodedata.normalize("NFD", text), 2026)
    assert found.private


TABLE = (
    "<h2>Danh sách học sinh</h2><table><tr><th>Họ tên</th><th>Ngày sinh</th></tr>"
    + "".join(f"<tr><td>{name}</td><td>0{n}/10/2015</td></tr>" for n, name in enumerate(NAMES, 1))
    + "</table>"
)


def test_table_blocks_and_the_place_is_the_table(draft: Callable[[str], Article]) -> None:
    article = draft(TABLE)
    (found,) = pupil_list.run(article, pupil_list.options())
    assert (found.rule.id, found.severity) == ("privacy-pupil-list", "error")
    text = article.text("body")[found.start : found.end]
    assert text.startswith("Lê Văn An")
    assert text.endswith("06/10/2015")


@pytest.mark.parametrize(
    ("body", "severities"),
    [(lines("{n}. {name} 0{n}/10/2015\n"), ["warning"]), (lines("{n}. {name} - Lớp {n}A\n"), [])],
)
def test_consent_is_honoured(body: str, severities: list[str], draft: Callable[[str], Any]) -> None:
    article = draft(f"---\nconsent_ids: [DY-01]\n---\n\n{body}")
    assert [f.severity for f in pupil_list.run(article, pupil_list.options())] == severities
