"""Numbers with a fixed shape: identity, insurance, tax, bank, plate, pupil code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security.personal import _numbers as numbers
from qc.security.personal._context import Context
from qc.security.personal._cues import CUES
from qc.security.personal._hits import Hit, Kind

_BEGIN = r"(?<![\w+])(?<!\d[./\-])(?<!\d,(?=\d{3}(?!\d)))"
_END = r"(?![\w])(?![./\-]\d)(?!,\d{1,3}(?!\d))"
_PUPIL_CODE = regex(CUES["STUDENT_CODE"].replace(r"\b", ""))  # a window may cut a word
_BANKS = regex(
    r"ngan hang|vietcombank|\bvcb\b|\bbidv\b|agribank|vietinbank|techcombank|\btcb\b|\bmb\b|mbbank"
    r"|sacombank|\bacb\b|vpbank|tpbank|\bvib\b|\bshb\b|\bocb\b|hdbank|eximbank|lienvietpostbank"
    r"|lpbank|seabank|msb\b|bac a bank|bank\b"
)
_HOLDER = regex(r"chu (?:tk|tai khoan)(?: la)? ?:? (?!truong|cong ty|quy|hoi|ban|phong|ubnd)[a-z]")
_MONEY = regex(r"^\s?(?:d|dong|vnd|vnd|usd|trieu|ty|nghin|k)\b")
_THOUSANDS = regex(r"[1-9]\d{0,2}(?:[.,]000|[.,]\d{3}){1,4}")


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind looks, and what a match must satisfy: `accept` gives its value or None."""

    kind: Kind
    pattern: re.Pattern[str]
    accept: Callable[[Context, re.Match[str], str | None], str | None]
    digits: int  # the least in one stretch
    may: Callable[[Context], bool] = lambda _: True


def find_codes(context: Context) -> Iterator[Hit]:
    """All hits of all shapes; overlaps are settled by the caller."""
    longest = context.figures.longest
    if longest < 3:
        return
    for shape in _SHAPES:
        if longest < shape.digits or not shape.may(context):
            continue
        for match in shape.pattern.finditer(context.text):
            cue = context.cue(match.start())
            value = shape.accept(context, match, cue)
            if value is None:
                continue
            end = match.start() + _used(match[0], value)
            yield Hit(match.start(), end, shape.kind, value, cue is not None)


def _used(raw: str, value: str) -> int:
    """How much of the raw match the value covers (a match may run into the next number)."""
    left = len(value)
    for index, character in enumerate(raw):
        left -= character.isalnum()
        if left == 0:
            return index + 1
    return len(raw)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _solid(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _groups(text: str) -> list[int]:
    return [len(group) for group in re.split(r"\D+", text)]


def _citizen(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    digits = _digits(match[0])
    groups = _groups(match[0])
    if len(groups) > 1 and (min(groups) < 3 or len(set(re.findall(r"[ .\-]", match[0]))) > 1):
        return None
    if cue in {"CCCD", "CMND", "STUDENT_CODE", "TAX_CODE"}:
        return digits if digits[0] == "0" else None
    if cue == "OTHER" or not numbers.is_citizen_number(digits):
        return None
    if cue in {None, "PHONE", "DATE_OF_BIRTH"} and len(groups) == 1:
        return digits
    return None


def _old_identity(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    return _digits(match[0]) if cue in {"CMND", "CCCD"} else None


def _passport(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    return _solid(match[0]) if cue == "PASSPORT" else None


def _social(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    return _digits(match[0]) if cue == "BHXH" else None


def _health(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    card = _solid(match[0])
    if not numbers.is_health_card(card):
        return None
    return card if cue in {"BHYT", "BHXH"} or (cue is None and " " not in match[0]) else None


def _health_number(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    return _digits(match[0]) if cue == "BHYT" else None


def _tax(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    digits = _digits(match[0])
    if cue != "TAX_CODE" or not numbers.is_tax_code(digits):
        return None
    return None if context.of_office(*match.span()) else digits


def _account(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    raw = match[0]
    first = re.match(r"\d+", raw)
    if first and len(first[0]) >= 6:
        raw = first[0]
    end = match.start() + len(raw)
    behind = context.after(end, 80)
    if _MONEY.match(behind) or _THOUSANDS.fullmatch(raw) or "kbnn" in behind or "kho bac" in behind:
        return None
    if cue != "BANK_ACCOUNT":
        named = cue is None and _BANKS.search(behind[:30]) and context.of_person(match.start(), end)
        if not named:
            return None
    digits = _digits(raw)
    if _HOLDER.search(behind):
        return digits
    if re.fullmatch(r"(?:19|20)\d\d-(?:19|20)\d\d", raw):
        return None
    return None if context.of_office(match.start(), end) or len(set(digits)) == 1 else digits


def _card(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    digits = _digits(match[0])
    if not numbers.is_bank_card(digits):
        return None
    if cue in {"BANK_CARD", "BANK_ACCOUNT"}:
        return digits
    grouped = _groups(match[0])[:3] == [4, 4, 4]
    return digits if grouped and cue is None else None


def _plate(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    plate = _solid(match[0])
    if int(plate[:2]) < 11:
        return None
    strict = re.fullmatch(r"\d\d-?[a-z]{1,2}\d?[- ]\d{3}\.\d\d", match[0])
    return plate if cue == "PLATE" or (strict and cue is None) else None


def _pupil_code(context: Context, match: re.Match[str], cue: str | None) -> str | None:
    if cue != "STUDENT_CODE":
        return None
    code = _solid(match[0])
    return None if re.fullmatch(r"(?:19|20)\d\d", code) else code


_SHAPES = (
    Shape(Kind.CCCD, regex(_BEGIN + r"\d(?:[ .\-]?\d){11}" + _END), _citizen, 12),
    Shape(Kind.CMND, regex(_BEGIN + r"\d(?:[ .\-]?\d){8}" + _END), _old_identity, 9),
    Shape(Kind.PASSPORT, regex(_BEGIN + r"[a-z] ?\d{7,8}" + _END), _passport, 7),
    Shape(Kind.BHXH, regex(_BEGIN + r"\d(?:[ .\-]?\d){9}" + _END), _social, 10),
    Shape(
        Kind.BHYT,
        regex(_BEGIN + r"[a-z]{2}[ .\-]?[1-5](?:[ .\-]?\d){12}" + _END),
        _health,
        13,
    ),
    Shape(Kind.BHYT, regex(_BEGIN + r"\d(?:[ .\-]?\d){9}" + _END), _health_number, 10),
    Shape(Kind.TAX_CODE, regex(_BEGIN + r"\d(?:[ .\-]?\d){9}(?:-\d{3})?" + _END), _tax, 10),
    Shape(Kind.BANK_CARD, regex(_BEGIN + r"\d(?:[ \-]?\d){12,18}" + _END), _card, 13),
    Shape(Kind.BANK_ACCOUNT, regex(_BEGIN + r"\d(?:[ .\-]?\d){5,18}" + _END), _account, 6),
    Shape(
        Kind.PLATE,
        regex(_BEGIN + r"\d\d[ \-.]?[a-z]{1,2}\d?[ \-.]{0,3}(?:\d{3}[. ]?\d\d|\d{4})" + _END),
        _plate,
        3,
        lambda context: context.figures.may_plate,
    ),
    Shape(
        Kind.STUDENT_CODE,
        regex(_BEGIN + r"[a-z]{0,4}\d{4,14}(?:[\-.]\d{2,6}){0,2}" + _END),
        _pupil_code,
        4,
        lambda context: _PUPIL_CODE.search(context.text) is not None,
    ),
)
