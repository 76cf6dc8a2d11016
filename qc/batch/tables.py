"""The results of a run as tables for people: CSV and a workbook for offices, JSON Lines.

They are made from the parts when a run has come to its end, row by row in constant memory, each
written whole or not at all. Parquet stays what a run is taken up from and compared by.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from qc.batch.parts import FINDINGS, POSTS, read_rows
from qc.core.discover import rules
from qc.core.errors import UsageError
from qc.core.law import members
from qc.core.requirement import is_met
from qc.report.table import neutral
from qc.report.words import field_name

PARQUET = "parquet"
FORMATS = (PARQUET, "csv", "jsonl", "xlsx")
BOOK = "results.xlsx"
MAX_CELL = 32_000
MAX_ROWS = 1_000_000
"""Rows of one sheet; a workbook holds 1,048,576."""
HEADS = {
    "vi": {
        POSTS: (
            *(
                "STT",
                "Mã bài",
                "Địa chỉ",
                "Tiêu đề",
                "Xét theo ngày",
                "Kết luận",
                "Lỗi",
                "Cảnh báo",
            ),
            *("Gợi ý", "Được miễn", "Chưa kiểm tra được", "Sửa lần cuối", "Nguồn"),
        ),
        FINDINGS: (
            *("STT", "Mã bài", "Địa chỉ", "Tiêu đề", "Mức", "Mã quy tắc", "Nội dung", "Chỗ"),
            *("Trích", "Đề nghị", "Cách sửa", "Căn cứ", "Được miễn bởi"),
        ),
    },
    "en": {
        POSTS: (
            *("No.", "Post", "URL", "Title", "Law of", "Verdict", "Errors", "Warnings"),
            *("Hints", "Waived", "Not checked", "Edited", "Source"),
        ),
        FINDINGS: (
            *("No.", "Post", "URL", "Title", "Severity", "Rule", "Message", "Place"),
            *("Excerpt", "Suggestion", "Fix", "Basis", "Waived by"),
        ),
    },
}
SHEETS = {"vi": {POSTS: "Bài", FINDINGS: "Điểm"}, "en": {POSTS: "Posts", FINDINGS: "Findings"}}
WIDTHS = {
    POSTS: (8, 10, 40, 50, 12, 18, 8, 10, 8, 10, 50, 20, 30),
    FINDINGS: (8, 10, 40, 50, 12, 28, 60, 24, 50, 30, 60, 50, 20),
}
VERDICTS = {
    "vi": {
        "pass": "đạt",
        "review": "cần xem lại",
        "block": "chưa được đăng",
        "incomplete": "chưa kiểm tra xong",
    },
    "en": {each: each for each in ("pass", "review", "block", "incomplete")},
}
SEVERITIES = {
    "vi": {"error": "lỗi", "warning": "cảnh báo", "info": "gợi ý"},
    "en": {"error": "error", "warning": "warning", "info": "hint"},
}
Cells = tuple[str | int, ...]


def check_formats(wanted: Sequence[str]) -> None:
    """Raises UsageError for a format that is none, or whose library is missing."""
    for each in wanted:
        if each not in FORMATS:
            raise UsageError(
                f"no such format: {each}",
                where="--format",
                remedy=f"Use one of {', '.join(FORMATS)}.",
                vi=f"không có dạng kết quả “{each}”; hãy dùng một trong {', '.join(FORMATS)}",
            )
    if "xlsx" in wanted and not is_met("module:xlsxwriter"):
        raise UsageError(
            "XLSX needs the library xlsxwriter",
            where="--format",
            remedy="Install qc[office], or use --format csv.",
            vi="cần thư viện xlsxwriter để ghi tệp Excel; cài qc[office] hoặc dùng --format csv",
        )


def table_paths(folder: Path, format: str) -> tuple[Path, ...]:
    """The files of a format in a results folder; none for Parquet, which is always there."""
    if format == PARQUET:
        return ()
    if format == "xlsx":
        return (folder / BOOK,)
    return folder / f"{POSTS}.{format}", folder / f"{FINDINGS}.{format}"


def remove_tables(folder: Path) -> None:
    """Remove the tables of an earlier run: what is there is of the run that is there."""
    for format in FORMATS:
        for path in table_paths(folder, format):
            path.unlink(missing_ok=True)


def write_tables(folder: Path, formats: Iterable[str], lang: str) -> list[Path]:
    """Write the results in these formats; gives the files."""
    written: list[Path] = []
    for format in dict.fromkeys(formats):
        paths = table_paths(folder, format)
        if format == "xlsx":
            _replaced(paths[0], partial(_write_book, folder, lang))
        for name, path in zip((POSTS, FINDINGS), paths, strict=False):
            if format == "csv":
                _replaced(path, partial(_write_csv, folder, name, lang))
            elif format == "jsonl":
                _replaced(path, partial(_write_lines, folder, name))
        written += paths
    return written


def _replaced(path: Path, write: Callable[[Path], None]) -> None:
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        write(temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(
            f"the table cannot be written: {error.strerror}",
            where=str(path),
            remedy="Close the file in other programs, make room, and run again.",
            vi="không ghi được bảng; hãy đóng tệp ở chương trình khác rồi chạy lại",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write_csv(folder: Path, name: str, lang: str, path: Path) -> None:
    """With a byte order mark, so that spreadsheets read Vietnamese; no cell starts a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, lineterminator="\r\n")
        table.writerow(HEADS[lang][name])
        for cells in _cells(folder, name, lang):
            table.writerow([each if isinstance(each, int) else neutral(each) for each in cells])


def _write_lines(folder: Path, name: str, path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for row in read_rows(folder, name):
            if name == FINDINGS:
                row["facts"] = json.loads(row["facts"]) if row["facts"] else {}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_book(folder: Path, lang: str, path: Path) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(folder),
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": "qc recheck", "created": dt.datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        for name in (POSTS, FINDINGS):
            rows = _cells(folder, name, lang)
            number, more = 0, True
            while more:
                number += 1
                title = SHEETS[lang][name] + (f" {number}" if number > 1 else "")
                more = _write_sheet(book.add_worksheet(title), name, rows, (lang, bold))


def _write_sheet(sheet: Any, name: str, rows: Iterator[Cells], style: tuple[str, Any]) -> bool:
    """Write rows until the sheet is full; whether some are left."""
    lang, bold = style
    heads = HEADS[lang][name]
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(WIDTHS[name]):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    count = 0
    for cells in rows:
        count += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(count, column, cell)
            elif cell:
                sheet.write_string(count, column, neutral(cell)[:MAX_CELL])
        if count == MAX_ROWS:
            break
    sheet.autofilter(0, 0, max(count, 1), len(heads) - 1)
    return count == MAX_ROWS


def _cells(folder: Path, name: str, lang: str) -> Iterator[Cells]:
    """Rows as people read them: words for verdicts and severities, the post beside its findings."""
    posts = read_rows(folder, POSTS)
    if name == POSTS:
        for row in posts:
            yield _post_cells(row, lang)
        return
    post: dict[str, Any] = {"seq": -1}
    for row in read_rows(folder, FINDINGS):
        while post["seq"] != row["seq"]:
            post = next(posts)
        yield _finding_cells(row, post, lang)


def _post_cells(row: dict[str, Any], lang: str) -> Cells:
    return (
        row["seq"] + 1,
        *(row["id"], row["url"] or "", row["title"] or "", row["date"] or ""),
        VERDICTS[lang].get(row["verdict"], row["verdict"]),
        *(row["errors"], row["warnings"], row["infos"], row["waived"]),
        *(row["reason"] or row["unchecked"] or "", row["edited"] or "", row["source"] or ""),
    )


def _finding_cells(row: dict[str, Any], post: dict[str, Any], lang: str) -> Cells:
    return (
        row["seq"] + 1,
        *(row["id"], post["url"] or "", post["title"] or ""),
        SEVERITIES[lang].get(row["severity"], row["severity"]),
        *(row["rule"], row["message"], _place(row, lang)),
        *(row["excerpt"] or "", row["suggestion"] or "", _fix(row["rule"], lang)),
        *(_basis(row["basis"] or "", lang), row["waived"] or ""),
    )


def _place(row: dict[str, Any], lang: str) -> str:
    if row["path"]:
        return str(row["path"])
    words = [field_name(row["field"], lang)] if row["field"] else []
    if row["line"] is not None:
        words.append(f"{'dòng' if lang == 'vi' else 'line'} {row['line']}")
    return ", ".join(words)


@cache
def _fix(rule: str, lang: str) -> str:
    known = rules().get(rule)
    return known.fix[lang] if known else ""


@cache
def _basis(ids: str, lang: str) -> str:
    """The names of acts and articles."""
    rows = (row for id in ids.split(", ") if id for row in members(id))
    return "; ".join(row.title(lang) for row in rows)
