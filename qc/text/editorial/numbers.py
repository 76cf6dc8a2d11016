"""Numbers, dates and money: Vietnamese separators, days that exist, weekdays that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.patterns import has_digit
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.text.editorial._passages import Passage, in_citation, passages

GROUPS = Rule(
    id="form-number-separators",
    title=Text(vi="Dấu ngăn cách số không đúng kiểu Việt Nam", en="Foreign number separators"),
    message=Text(vi="“{written}” nên viết “{right}”", en="“{written}” should be “{right}”"),
    why=Text(
        vi="Tiếng Việt dùng dấu chấm ngăn hàng nghìn và dấu phẩy trước phần thập phân; viết ngược "
        "dễ đọc nhầm số tiền.",
        en="Vietnamese has points between thousands and a comma before decimals.",
    ),
    fix=Text(vi="Đổi dấu phẩy và dấu chấm.", en="Swap comma and point."),
    basis=("KT-11", "house-style"),
    examples=Examples(
        bad=("Học phí là 1,000,000 đồng mỗi tháng.", "Em đạt 8.75 điểm môn Toán."),
        good=("Học phí là 1.000.000 đồng.", "Em đạt 8,75 điểm môn Toán.", "Phiên bản 1.2.3."),
    ),
)
MONEY = Rule(
    id="form-money-unit",
    severity=Severity.INFO,
    title=Text(vi="Đơn vị tiền viết tắt", en="Abbreviated currency"),
    message=Text(vi="“{written}” nên viết “{right}”", en="“{written}” should be “{right}”"),
    why=Text(
        vi="Văn bản và thông báo thu chi viết đủ “đồng” để không nhầm.",
        en="Notices of fees write “đồng” in full.",
    ),
    fix=Text(vi="Viết “đồng”, ví dụ 2.400.000 đồng.", en="Write “đồng”."),
    basis=("house-style",),
    examples=Examples(
        bad=("Mức thu là 250k mỗi em.", "Mức thu là 2.400.000 VNĐ."),
        good=("Mức thu là 2.400.000 đồng.",),
    ),
)
NO_DAY = Rule(
    id="form-date-invalid",
    severity=Severity.ERROR,
    title=Text(vi="Ngày không có thật", en="No such day"),
    message=Text(vi="Không có ngày {written}", en="There is no such day as {written}"),
    why=Text(
        vi="Phụ huynh không biết phải đến ngày nào.", en="Parents cannot know which day is meant."
    ),
    fix=Text(vi="Xem lại ngày, tháng.", en="Check day and month."),
    basis=("37-7", "house-style"),
    examples=Examples(
        bad=(
            "Lễ khai giảng diễn ra ngày 31/9/2026.",
            "Hạn nộp hồ sơ là ngày 30 tháng 2 năm 2027.",
        ),
        good=("Lễ khai giảng diễn ra ngày 05/9/2026.", "Ngày 29/2/2024 là ngày nhuận."),
    ),
)
WEEKDAY = Rule(
    id="form-weekday-wrong",
    title=Text(vi="Thứ và ngày không khớp", en="Weekday and date disagree"),
    message=Text(
        vi="Ngày {day} là {right}, không phải {written}", en="{day} is a {right}, not {written}"
    ),
    why=Text(
        vi="Phụ huynh không biết tin thứ hay tin ngày.", en="Parents cannot know which one holds."
    ),
    fix=Text(vi="Sửa thứ hoặc ngày.", en="Correct the weekday or the date."),
    basis=("37-7", "house-style"),
    examples=Examples(
        bad=("Họp phụ huynh vào thứ Hai, ngày 24/11/2026.",),
        good=("Họp phụ huynh vào thứ Ba, ngày 24/11/2026.",),
    ),
)
SHORT_YEAR = Rule(
    id="form-year-short",
    title=Text(vi="Năm viết hai chữ số", en="Year of two digits"),
    message=Text(
        vi="Viết đủ bốn chữ số của năm: “{written}” nên là “{right}”",
        en="Write the year in four digits: “{written}” should be “{right}”",
    ),
    why=Text(
        vi="Bài còn trên cổng nhiều năm; 05/09/24 dễ hiểu nhầm.",
        en="Articles stay for years; 05/09/24 is easily misread.",
    ),
    fix=Text(vi="Viết đủ năm.", en="Write the year in full."),
    basis=("30-pl1", "house-style"),
    examples=Examples(
        bad=("Khai giảng ngày 05/09/24 tại sân trường.",),
        good=("Khai giảng ngày 05/09/2024.", "Phòng học 12/10/24 chỗ ngồi."),
    ),
)
PLACE_LINE = Rule(
    id="form-date-line-padding",
    severity=Severity.INFO,
    title=Text(vi="Dòng địa danh, ngày tháng thiếu số 0", en="Zero missing in the date line"),
    message=Text(
        vi="Dòng địa danh, ngày tháng: “{written}” nên là “{right}”",
        en="The date line should be “{right}”, not “{written}”",
    ),
    why=Text(
        vi="Thể thức văn bản thêm số 0 trước ngày dưới 10 và tháng 1, 2 để không sửa được số.",
        en="Documents write days below 10 and months 1 and 2 with a leading zero.",
    ),
    fix=Text(vi="Thêm hoặc bỏ số 0.", en="Add or remove the zero."),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Phụng Công, ngày 5 tháng 9 năm 2026\n\nThông báo của trường.\n",),
        good=(
            "Phụng Công, ngày 05 tháng 9 năm 2026\n\nThông báo của trường.\n",
            "Sáng ngày 5 tháng 9 năm 2026, trường khai giảng.\n",
        ),
    ),
)
DATE_LINE = regex(
    r"\s*[A-ZĐÀ-Ỹ][^\d,\n]{1,40},\s+ngày\s+(?P<date>(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2}))\s+năm"
    r"\s+\d{4}\s*"
)
THOUSANDS = regex(
    r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+)(?![\w,]|\.\d)(?P<unit>\s*(?:đồng|VN[ĐD]|đ(?!\w)|triệu|tỷ|tỉ)?)"
)
DECIMAL = regex(
    r"(?<![\w.,/:-])(\d{1,2})\.(\d{1,2})(?=\s*(?:điểm|%|kg|triệu|tỷ|tỉ|mét|m²|m2|km|tạ|tấn)(?!\w))"
)
CURRENCY = regex(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})*|\d{4,9})\s?(VN[ĐD]|vnđ|k)(?![\w/])")
NUMERIC = regex(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/.-]\d|\d)")
LONG = regex(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)(?!\d)", re.I)
# What each of the patterns above but that of the date line holds, and each below but LONG.
JOINED = regex(r"\d(?:[/.-]\d|,\d\d\d|\s?(?:VN[ĐD]|vnđ|k))")
WORDS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
DAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NAMED_DAY = regex(
    r"(?<!\w)(?P<name>thứ\s+(?P<word>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật)\s*[,(]?\s*\(?"
    r"(?:ngày\s+)?(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
TWO_DIGITS = regex(r"ngày\s+(?P<date>(\d{1,2})/(\d{1,2})/(\d{2}))(?![\d/])", re.IGNORECASE)


@check(GROUPS, MONEY, NO_DAY, WEEKDAY, SHORT_YEAR, PLACE_LINE, subject=Article)
def numbers(article: Article, _: Options) -> Iterator[Finding]:
    """Numbers, dates and money in the visible text."""
    for passage in passages(article):
        if not has_digit(passage.text):
            continue
        if JOINED.search(passage.text):
            yield from _separators(passage)
            yield from _dates(article, passage, (NUMERIC, LONG))
            yield from _days(passage)
        else:
            yield from _dates(article, passage, (LONG,))
        yield from _date_line(passage)


def _separators(passage: Passage) -> Iterator[Finding]:
    for match in THOUSANDS.finditer(passage.text):
        groups = match[1].count(",")
        if groups > 1 or match["unit"].strip() in ("đồng", "VNĐ", "VND", "đ"):
            yield _replaced(GROUPS, passage, match.span(1), match[1].replace(",", "."))
    for match in DECIMAL.finditer(passage.text):
        right = f"{match[1]},{match[2]}"
        yield _replaced(GROUPS, passage, match.span(), right, severity=Severity.INFO)
    for match in CURRENCY.finditer(passage.text):
        amount, unit = match.groups()
        if unit == "k" and not re.search(r"(?:giá|thu|phí|tiền|nộp|đồng|mức)", passage.text, re.I):
            continue
        if unit == "k" and "." in amount:
            continue
        right = f"{amount}.000 đồng" if unit == "k" else f"{amount} đồng"
        yield _replaced(MONEY, passage, match.span(), right)


def _replaced(
    rule: Rule,
    passage: Passage,
    span: tuple[int, int],
    right: str,
    severity: Severity | None = None,
) -> Finding:
    written = passage.text[span[0] : span[1]]
    facts = {"written": written, "right": right}
    return passage.report(rule, span, facts, right=right, severity=severity)


def _dates(
    article: Article, passage: Passage, patterns: tuple[re.Pattern[str], ...]
) -> Iterator[Finding]:
    for pattern in patterns:
        for match in pattern.finditer(passage.text):
            day, month, year = (int(g) for g in match.groups() if g.isdigit())
            if _value(day, month, year) is None and not in_citation(
                article, passage, match.end() - 1
            ):
                written = re.sub(r"^ngày\s+", "", match[0], flags=re.I)
                span = (match.end() - len(written), match.end())
                yield passage.report(NO_DAY, span, {"written": written})


def _days(passage: Passage) -> Iterator[Finding]:
    for match in NAMED_DAY.finditer(passage.text):
        value = _value(int(match["d"]), int(match["m"]), int(match["y"]))
        if value is not None and value.weekday() != _weekday(match["word"]):
            facts = {
                "day": f"{value:%d/%m/%Y}",
                "right": DAY_NAMES[value.weekday()],
                "written": match["name"],
            }
            yield passage.report(
                WEEKDAY, match.span("name"), facts, right=DAY_NAMES[value.weekday()]
            )
    for match in TWO_DIGITS.finditer(passage.text):
        d, m, y = match.group(2, 3, 4)
        if _value(int(d), int(m), 2000 + int(y)) is not None:
            right = f"{d}/{m}/20{y}"
            facts = {"written": match["date"], "right": right}
            span = match.span("date")
            yield passage.report(SHORT_YEAR, span, facts, right=right, confidence=Confidence.MEDIUM)


def _date_line(passage: Passage) -> Iterator[Finding]:
    match = DATE_LINE.fullmatch(passage.text)
    if match:
        month = match["m"].lstrip("0")
        right = f"{int(match['d']):02d} tháng {month.zfill(2) if month in ('1', '2') else month}"
        if re.sub(r"\s+", " ", match["date"]) != right:
            facts = {"written": match["date"], "right": right}
            yield passage.report(PLACE_LINE, match.span("date"), facts, right=right, safe=True)


def _weekday(word: str | None) -> int:
    if word is None:
        return 6
    plain = word.lower().replace("bẩy", "bảy")
    return int(plain) - 2 if plain.isdigit() else WORDS.index(plain)


def _value(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
