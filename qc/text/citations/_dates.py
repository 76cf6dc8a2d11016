"""The date behind a number and sign: 05/10/2020, ngày 05 tháng 10 năm 2020."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qc.core.lazy import regex
from qc.text.citations._citation import CitedDate, Defect

LEAD = regex(
    r"\s*(?:\([^()\n]{1,12}\)\s*)?[,(]?\s*\(?\s*(?:(?:do\s+)?(?:của\s+)?[^\d.;:()\n]{3,60}?\s+)??"
    r"(?:(?:ban\s+hành|ký|được\s+ký)\s+)?(?i:ngày)\s+"
)
NUMERIC = regex(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?![\d/])")
LONG = regex(
    r"(\d{1,2})\s+(?i:tháng)\s+(\d{1,2})\s+(?i:năm)\s+(\d{4}|\d{2})(?!\d)",
)
ISO = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
FORBIDDEN_GAP = regex(r"\b(?:hiệu lực|từ|trước|sau|đến|và|số|tại|theo)\b")


def date_behind(text: str, at: int) -> CitedDate | None:
    """The date that belongs to a sign that ends at `at`, over line breaks."""
    lead = LEAD.match(text, at, at + 110)
    if lead is None or FORBIDDEN_GAP.search(lead[0]):
        return None
    for style, pattern in (("iso", ISO), ("numeric", NUMERIC), ("long", LONG)):
        match = pattern.match(text, lead.end())
        if match is None:
            continue
        day, month, year = match.groups()[::-1] if style == "iso" else match.groups()
        value = _value(day, month, year) if len(year) == 4 else None
        return CitedDate(match.start(), match.end(), match[0], style, day, month, year, value)
    return None


def date_defects(cited: CitedDate, year: int | None, *, old: bool) -> Iterator[Defect]:
    """What is wrong with a date; `year` is that of the number, `old` an act before 1998."""
    if cited.style == "iso":
        right = cited.value.strftime("%d/%m/%Y") if cited.value else None
        yield Defect("date-style", cited.start, cited.end, right)
        return
    if len(cited.year) == 2:
        whole = f"{str(year)[:2]}{cited.year}" if year and str(year)[2:] == cited.year else None
        right = cited.text[: -len(cited.year)] + whole if whole else None
        yield Defect("date-style", cited.start, cited.end, right)
        return
    if cited.value is None:
        yield Defect("date-invalid", cited.start, cited.end, facts={"date": cited.text})
        return
    if year is not None and cited.value.year != year:
        yield Defect(
            "date-mismatch",
            cited.start,
            cited.end,
            facts={"date": cited.text, "date_year": cited.value.year, "number_year": year},
        )
    if cited.style == "long" and not old:
        day = cited.day.zfill(2)
        month = cited.month.zfill(2) if cited.month in ("1", "2") else cited.month
        if (day, month) != (cited.day, cited.month):
            right = f"{day} tháng {month} năm {cited.year}"
            yield Defect("date-padding", cited.start, cited.end, right, {"date": cited.text})


def _value(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
