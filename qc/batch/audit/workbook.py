"""XLSX: the audit as a workbook for the office; every cell is plain text or a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from qc.batch.audit import words
from qc.batch.audit.model import Audit, Portal
from qc.core.errors import Unavailable
from qc.core.requirement import is_met
from qc.report.table import neutral

Cell = str | int
SHEETS = {
    "vi": {
        "summary": (
            "Tổng quan",
            "Cổng",
            "Tên miền",
            "Cấp học",
            "Kết luận",
            "Độ phủ %",
            "Có",
            "Muộn",
            "Thiếu",
            "Chưa đến hạn",
            "Chưa xét",
            "Bài",
            "Bài mới nhất",
            "Bài có lỗi",
            "Bài không đọc được",
        ),
        "cells": (
            "Mục bắt buộc",
            "Cổng",
            "Nội dung",
            "Năm học",
            "Trạng thái",
            "Ngày đăng",
            "Hạn",
            "Muộn (ngày)",
            "Bài",
            "Địa chỉ",
            "Căn cứ",
            "Cách bổ sung",
        ),
        "findings": (
            "Việc cần làm",
            "Cổng",
            "Mức",
            "Mã",
            "Nội dung",
            "Số bài",
            "Cách làm",
            "Căn cứ",
        ),
        "posts": (
            "Bài cần xem",
            "Cổng",
            "Mã quy tắc",
            "Bài",
            "Tiêu đề",
            "Ngày",
            "Địa chỉ",
            "Chi tiết",
        ),
        "rules": ("Quy tắc", "Cổng", "Mã", "Quy tắc", "Mức", "Số bài", "Số lần", "Cách sửa"),
        "months": ("Theo tháng", "Cổng", "Tháng", "Bài", "Có lỗi", "Có cảnh báo"),
        "open": ("Chưa xét", "Cổng", "Điều chưa xét", "Lý do", "Căn cứ"),
    },
    "en": {
        "summary": (
            "Summary",
            "Portal",
            "Host",
            "Level",
            "Verdict",
            "Coverage %",
            "Present",
            "Late",
            "Missing",
            "Not due",
            "Not judged",
            "Posts",
            "Newest",
            "With errors",
            "Unread",
        ),
        "cells": (
            "Sections",
            "Portal",
            "Section",
            "School year",
            "State",
            "Day",
            "Due",
            "Days late",
            "Post",
            "Address",
            "Basis",
            "Remedy",
        ),
        "findings": ("To do", "Portal", "Severity", "Rule", "Message", "Posts", "Fix", "Basis"),
        "posts": ("Posts", "Portal", "Rule", "Post", "Title", "Day", "Address", "Detail"),
        "rules": ("Rules", "Portal", "Id", "Rule", "Severity", "Posts", "Findings", "Fix"),
        "months": ("Months", "Portal", "Month", "Posts", "With errors", "With warnings"),
        "open": ("Not judged", "Portal", "What", "Why", "Basis"),
    },
}
MAX_CELL = 32_000


def to_xlsx(audit: Audit) -> bytes:
    """The workbook. Unavailable where the library is missing."""
    if not is_met("module:xlsxwriter"):
        raise Unavailable(
            "XLSX needs the library xlsxwriter",
            remedy="Install qc[office], or use --format json.",
            vi="cần thư viện xlsxwriter để ghi tệp Excel; cài qc[office] hoặc dùng --format json",
        )
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": "qc audit", "created": dt.datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for key, (name, *heads) in SHEETS[audit.lang].items():
            rows = [row for portal in audit.portals for row in ROWS[key](portal, audit.lang)]
            _sheet(book.add_worksheet(name), heads, rows, (bold, wrap))
    return stream.getvalue()


def _sheet(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Cell]], formats: Any) -> None:
    bold, wrap = formats
    for column, head in enumerate(heads):
        longest = max((len(str(row[column])) for row in rows[:200]), default=0)
        sheet.set_column(column, column, min(max(len(head), longest, 8) + 2, 60))
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, wrap)
            else:
                sheet.write_string(number, column, neutral(cell)[:MAX_CELL], wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)


def _summary(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    percent = p.covered_percent
    yield (
        p.name,
        p.host or "",
        words.LEVELS[p.level][lang] if p.level else "?",
        words.verdict_of(p)[lang],
        percent if percent is not None else words.STATES["not-judged"][lang],
        *(p.states[each] for each in ("present", "late", "missing", "due", "not-judged")),
        p.posts,
        p.newest or "",
        p.verdicts["block"],
        p.unread_count,
    )


def _cells(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    names = {each.id: each for each in p.requirements}
    for cell in p.cells:
        named = names[cell.requirement]
        yield (
            p.name,
            named.title,
            words.school_year(cell.year),
            words.STATES[cell.state][lang],
            cell.day or "",
            cell.due or "",
            cell.late_days,
            cell.title or "",
            cell.url or "",
            "; ".join(named.basis),
            words.REASONS[cell.reason][lang] if cell.reason else named.fix,
        )


def _findings(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    for f in p.findings:
        severity = words.SEVERITIES[f.severity][lang]
        yield (p.name, severity, f.rule, f.message, f.count, f.fix, "; ".join(f.basis))


def _posts(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    for f in p.findings:
        for r in f.posts:
            yield (p.name, f.rule, r.id, r.title, r.day or "", r.url or "", r.detail)
    for r in p.worst_posts:
        yield (p.name, "", r.id, r.title, r.day or "", r.url or "", r.detail)
    for r in p.unread:
        yield (p.name, "load", r.id, r.title, r.day or "", r.url or "", r.detail)


def _rules(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    for r in p.rules:
        severity = words.SEVERITIES[r.severity][lang]
        yield (p.name, r.rule, r.title, severity, r.posts, r.findings, r.fix)


def _months(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    for m in p.months:
        yield (p.name, m.month, m.posts, m.with_errors, m.with_warnings)


def _open(p: Portal, lang: str) -> Iterator[Sequence[Cell]]:
    for n in p.not_judged:
        yield (p.name, n.what, n.why, "; ".join(n.basis))


ROWS = {
    "summary": _summary,
    "cells": _cells,
    "findings": _findings,
    "posts": _posts,
    "rules": _rules,
    "months": _months,
    "open": _open,
}
