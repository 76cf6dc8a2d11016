"""Dates of birth of living persons; not of cohorts, events or historic figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.security.personal._context import Context
from qc.security.personal._hits import Hit, Kind
from qc.security.personal._surnames import is_person_name

OLDEST = 1930
NEWEST = 2030
_DATE = regex(
    r"(?<![\w/.\-])(?:(?P<d>\d{1,2}) ?[/.\-] ?(?P<m>\d{1,2}) ?[/.\-] ?(?P<y>(?:19|20)\d\d|\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)"
    r"|(?P<d3>\d{1,2}) ?thang ?(?P<m3>\d{1,2}) ?(?:,? ?nam ?)?(?P<y3>(?:19|20)\d\d))(?![\w])"
)
_COHORT = regex(
    r"\b(?:tu|truoc|sau|den|trong|khoang|het|muon nhat|nam hoc|cac em|nhung em|tre em|cac chau"
    r"|ky niem|le|ky)\b[^,;:]{0,14}$"
)
_FAMOUS = regex(
    r"\b(?:nha (?:van|tho|bao|giao uu tu|khoa hoc|cach mang|toan hoc|vat ly|hoa hoc)|chu tich"
    r"|tong thong|thu tuong|tong bi thu|dai tuong|thieu tuong|trung tuong|thuong tuong|anh hung"
    r"|nhac si|ca si|hoa si|danh nhan|liet si|bac ho|hoang de|cau thu|dien vien|dao dien"
    r"|ngoi sao|nguoi mau|hoa hau|giao su|bo truong|linh muc|giao hoang|vdv|van dong vien|tac gia"
    r"|thi si|hoc gia|tong giam muc|huan luyen vien|danh thu|nu hoang|thai tu|cong chua)\b"
)
_NAME_DATE = regex(
    r"^[ \t]*(?:\d{1,3}[ \t.,;|)]+)?[a-z][a-z' ]{4,48}[ \t,;|:\-]+"
    r"(?=\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:19|20)\d\d)"
)


def find_births(context: Context) -> Iterator[Hit]:
    """Dates that a cue, a column head or a list of names and dates shows to be dates of birth."""
    if not context.figures.may_date:
        return
    rows = _rows_of_names(context)
    for match in _DATE.finditer(context.text):
        value = _value(match)
        if value is None:
            continue
        if match.start() in rows or (
            context.is_birth(match.start()) and _of_person(context, match)
        ):
            yield Hit(*match.span(), Kind.DATE_OF_BIRTH, value)
        elif _in_brackets(context, match):
            yield Hit(*match.span(), Kind.DATE_OF_BIRTH, value, cued=False)


def _value(match: re.Match[str]) -> str | None:
    day = int(match["d"] or match["d2"] or match["d3"])
    month = int(match["m"] or match["m2"] or match["m3"])
    year = int(match["y"] or match["y2"] or match["y3"])
    if year < 100:
        year += 2000 if year <= NEWEST % 100 else 1900
    if not (1 <= day <= 31 and 1 <= month <= 12 and OLDEST <= year <= NEWEST):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _of_person(context: Context, match: re.Match[str]) -> bool:
    line = context.line(match.start())
    if line.cues:
        return True
    before = context.before(match.start(), 120)
    cue = max(before.rfind("sinh"), before.rfind("dob"), before.rfind("birth"), before.rfind("ns"))
    if _COHORT.search(before[cue:] if cue >= 0 else before):
        return False
    after = context.after(match.end(), 60)
    if re.match(r"\s?(?:-|–|den)\s?\d|[^.;]{0,12}\b(?:mat|qua doi)\b", after):
        return False
    if re.search(r"\bla (?:mot |nu |nam )?(?:ca si|dien vien|cau thu|nha|chinh|van dong)", after):
        return False
    return _FAMOUS.search(before) is None


def _in_brackets(context: Context, match: re.Match[str]) -> bool:
    """ "em Nguyễn Văn A (12/3/2010)": a pupil's name, then a date alone in brackets."""
    before = context.before(match.start(), 50)
    if not before.endswith("(") or not context.after(match.end(), 2).startswith(")"):
        return False
    year = match["y"] or match["y3"] or ""
    named = re.search(r"\b(?:em|chau|be|hoc sinh) ((?:[a-z]+ ){1,4}[a-z]+) ?\($", before)
    if named is None or len(year) < 4 or int(year) < 2000:
        return False
    first = match.start() - len(before) + named.start(1)
    return is_person_name(context.view.slice(first, first + len(named[1])))


def _rows_of_names(context: Context) -> set[int]:
    """Places of dates in three or more lines running that read "number, name, date"."""
    found: set[int] = set()
    run: list[int] = []
    for line in context.lines:
        match = _NAME_DATE.match(context.text[line.start : min(line.end, line.start + 90)])
        if match:
            run.append(line.start + match.end())
            continue
        if context.text[line.start : line.end].strip():
            if len(run) >= 3:
                found.update(run)
            run = []
    if len(run) >= 3:
        found.update(run)
    return found
