"""XLSX: the table of findings as a workbook; every cell is plain text."""

from __future__ import annotations

from io import BytesIO

from qc.core.errors import Unavailable
from qc.core.requirement import is_met
from qc.report.formats import Rendering
from qc.report.table import HEADS, rows

WIDTHS = (34, 26, 16, 30, 50, 34, 40, 30, 50, 50, 30)


def render(rendering: Rendering) -> bytes:
    """A workbook with one sheet."""
    if not is_met("module:xlsxwriter"):
        raise Unavailable(
            "XLSX needs the library xlsxwriter",
            remedy="Install qc[office], or use --format csv.",
            vi="cần thư viện xlsxwriter để ghi tệp Excel; cài qc[office] hoặc dùng --format csv",
        )
    import datetime as dt

    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": "qc", "created": dt.datetime(2000, 1, 1)})
        sheet = book.add_worksheet("qc")
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for column, head in enumerate(HEADS[rendering.lang]):
            sheet.write_string(0, column, head, bold)
        count = 0
        for count, row in enumerate(rows(rendering), 1):
            for column, cell in enumerate(row):
                sheet.write_string(count, column, cell[:32_000], wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(WIDTHS) - 1)
    return stream.getvalue()
