"""Precision, recall and F1 on lists of pupils: made lists in many layouts, and what is none.

    python -m bench.privacy.measure_lists [--copies 6] [--show]

Positive: at least five pupils with birth date, telephone, number, home, health or hardship.
Results: name with class or prize (a warning). Negative: everything else that looks like a list.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bench.privacy.build_cases import Maker
from bench.privacy.measure_pii import scores
from qc.documents.load import Source, load
from qc.security.children.pupil_list import PUPIL_LIST, pupil_list

HEADINGS = (
    "DANH SÁCH HỌC SINH LỚP {lop}",
    "Danh sách trẻ trúng tuyển vào lớp 1 năm học 2025 - 2026",
    "DANH SÁCH THÍ SINH DỰ THI HỌC SINH GIỎI CẤP TỈNH",
    "Danh sách các cháu đăng ký bán trú",
    "Phụ lục: Danh sách học sinh được miễn, giảm học phí",
    "Lớp {lop} – GVCN: {ten}",
)
PRIVATE: tuple[tuple[str, str], ...] = (
    ("STT|Họ và tên|Ngày sinh|Lớp", "{n}|{ten}|{DATE_OF_BIRTH}|{lop}"),
    ("TT|Họ tên học sinh|Giới tính|Ngày tháng năm sinh", "{n}|{ten}|Nữ|{DATE_OF_BIRTH}"),
    ("STT|Họ đệm|Tên|Ngày sinh", "{n}|{dem}|{cuoi}|{DATE_OF_BIRTH}"),
    ("Họ tên|Điện thoại phụ huynh", "{ten}|{PHONE:plain}"),
    ("STT|Họ và tên|Mã định danh", "{n}|{ten}|{CCCD}"),
    ("Họ và tên|Lớp|Địa chỉ", "{ten}|{lop}|Thôn {n}, xã Văn Giang"),
    ("Học sinh|Lớp|Đối tượng", "{ten}|{lop}|Hộ nghèo"),
    ("Họ tên|Lớp|Tình trạng sức khỏe", "{ten}|{lop}|Cận thị {n} độ"),
    ("TT|Họ tên|Năm sinh|Họ tên bố|SĐT", "{n}|{ten}|2015|{ten}|{PHONE:plain}"),
    ("", "{n}. {ten}, sinh ngày {DATE_OF_BIRTH}"),
    ("", "- Em {ten} ({DATE_OF_BIRTH}), lớp {lop}"),
    ("", "{n}) {ten} – {DATE_OF_BIRTH} – {PHONE:plain}"),
)
RESULTS: tuple[tuple[str, str], ...] = (
    ("STT|Họ và tên|Lớp|Giải", "{n}|{ten}|{lop}|Nhì"),
    ("Họ tên|Lớp", "{ten}|{lop}"),
    ("", "{n}. Em {ten}, lớp {lop}, đạt giải Ba"),
    ("SBD|Họ tên học sinh|Điểm", "0{n}|{ten}|8,{n}"),
)
NONE: tuple[tuple[str, str, str], ...] = (
    (
        "DANH SÁCH GIÁO VIÊN",
        "STT|Họ và tên|Ngày sinh|Môn dạy",
        "{n}|{ten}|{DATE_OF_BIRTH:adult}|Toán",
    ),
    ("PHÂN CÔNG CHỦ NHIỆM", "STT|Giáo viên|Lớp", "{n}|{ten}|{lop}"),
    ("LỊCH TRỰC CỦA BAN GIÁM HIỆU", "Họ tên|Ngày trực", "{ten}|{n}/03/2026"),
    ("BAN ĐẠI DIỆN CHA MẸ", "STT|Họ và tên|Chức vụ", "{n}|{ten}|Ủy viên"),
    ("HỘI ĐỒNG COI THI", "STT|Họ tên|Nhiệm vụ", "{n}|{ten}|Giám thi"),
    ("THỜI KHÓA BIỂU LỚP {lop}", "Thứ|Tiết 1|Tiết 2|Tiết 3", "{n}|Toán|Ngữ văn|Tiếng Anh"),
    ("DANH MỤC SÁCH GIÁO KHOA LỚP 6", "STT|Tên sách|Tác giả", "{n}|Ngữ văn 6|{ten}"),
    ("QUY MÔ TRƯỜNG LỚP", "Khối|Số lớp|Số học sinh", "{n}|{n}|4{n}"),
    ("KẾ HOẠCH TUẦN", "Thứ|Ngày|Nội dung", "{n}|0{n}/10/2025|Sinh hoạt chuyên môn"),
    ("VĂN BẢN MỚI", "STT|Số ký hiệu|Ngày ban hành", "{n}|{n}2/KH-SGDĐT|0{n}/09/2025"),
    ("KHOẢN THU", "STT|Nội dung|Mức thu", "{n}|Học phí|{n}50.000 đồng"),
    ("CÁC DANH NHÂN", "Họ tên|Năm sinh", "{ten}|18{n}0"),
    ("", "", "{n}. Trường Tiểu học Kim Đồng, lớp {lop}, đạt giải Nhì"),
    ("", "", "Thầy {ten} phụ trách môn Toán."),
    ("", "", "Điều {n}. Hiệu trưởng chịu trách nhiệm thi hành kể từ ngày 0{n}/10/2025."),
    ("", "", "{n}. Nộp hồ sơ từ ngày 0{n}/06/2025 đến ngày 1{n}/06/2025."),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what it should raise: private, results or none."""

    name: str
    text: str
    wanted: str


def main() -> None:
    """Print the scores of private lists, and how the others are judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    right = missed = wrong = flagged = nones = results = warned = 0
    for case in cases(arguments.copies):
        got = judged(case)
        right += case.wanted == got == "private"
        missed += case.wanted == "private" != got
        wrong += case.wanted != "private" == got
        nones += case.wanted == "none"
        flagged += case.wanted == "none" != got
        results += case.wanted == "results"
        warned += case.wanted == got == "results"
        if arguments.show and case.wanted != got:
            print(f"{case.name}: wanted {case.wanted}, got {got}\n{case.text[:300]}\n")
    print(f"private lists: {scores(right, missed, wrong)}")
    print(f"lists of results warned of: {warned} of {results}")
    print(f"other lists flagged: {flagged} of {nones}")


def judged(case: Case) -> str:
    """What the check says of a case, through a loader."""
    name = "a.html" if case.text.startswith("<") else "a.md"
    article = load(Source(name=name, data=case.text.encode()), date(2026, 3, 1))
    found = [finding.rule for finding in pupil_list.run(article, pupil_list.options())]
    if not found:
        return "none"
    return "private" if PUPIL_LIST in found else "results"


def cases(copies: int) -> Iterator[Case]:
    """The made cases: every layout, in HTML, Markdown, tabs or lines; and short lists."""
    maker = Maker(7)
    for copy in range(copies):
        for number, (head, row) in enumerate(PRIVATE):
            heading = HEADINGS[(copy + number) % len(HEADINGS)]
            rows = maker.random.randint(5, 30)
            yield Case(
                f"private-{number}", _layout(copy, heading, head, row, rows, maker), "private"
            )
        for number, (head, row) in enumerate(RESULTS):
            text = _layout(copy, "DANH SÁCH HỌC SINH ĐẠT GIẢI", head, row, 8, maker)
            yield Case(f"results-{number}", text, "results")
        for number, (heading, head, row) in enumerate(NONE):
            text = _layout(copy, heading, head, row, 7, maker)
            yield Case(f"none-{number}", text, "none")
        for number, (head, row) in enumerate(PRIVATE[:4]):
            text = _layout(copy, "DANH SÁCH HỌC SINH", head, row, 3, maker)
            yield Case(f"short-{number}", text, "none")


def _layout(copy: int, heading: str, head: str, row: str, rows: int, maker: Maker) -> str:
    lines = [_filled(row, maker, n) for n in range(1, rows + 1)]
    top = _filled(heading, maker, 1)
    if "|" not in row:
        return f"{top}\n\n" + ("\n\n" if copy % 2 else "\n").join(lines) + "\n"
    if copy % 3 == 0:
        body = "".join(
            "<tr><td>" + "</td><td>".join(line.split("|")) + "</td></tr>" for line in lines
        )
        titles = "".join(f"<th>{cell}</th>" for cell in head.split("|"))
        return f"<h2>{top}</h2><table><tr>{titles}</tr>{body}</table>"
    if copy % 3 == 1:
        rule = "|".join("---" for _ in head.split("|"))
        return f"## {top}\n\n|{head}|\n|{rule}|\n" + "\n".join(f"|{line}|" for line in lines) + "\n"
    return f"{top}\n\n" + "\n\n".join(line.replace("|", "\t") for line in [head, *lines]) + "\n"


def _filled(template: str, maker: Maker, number: int) -> str:
    name = maker.value("ten", "")
    text = template.replace("{n}", str(number)).replace("{dem}", name.rpartition(" ")[0])
    text = text.replace("{cuoi}", name.rpartition(" ")[2])
    while "{" in text:
        before, _, rest = text.partition("{")
        slot, _, after = rest.partition("}")
        kind, _, form = slot.partition(":")
        text = before + maker.value(kind, form) + after
    return text


if __name__ == "__main__":
    main()
