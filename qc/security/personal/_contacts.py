"""Telephone numbers and e-mail addresses, also where they are disguised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.security.personal import _numbers as numbers
from qc.security.personal._context import Context
from qc.security.personal._hits import Hit, Kind
from qc.security.personal._official import is_official_email

_PHONE = regex(
    r"(?<![\w])(?<!\d[./\-])(?<!\d,(?=\d{3}(?!\d)))"
    r"(?:\(?(?:\+ ?84|0084)[ .\-)]{0,2}(?:\(0\)|0)?|\(?84[ .\-)]{1,2}(?=[1-9])|\(?\(?0\)?"
    r"|84(?=[35789]\d{8}\b))"
    r"[ .\-)]{0,3}\d(?:[ .\-)]{0,3}\d){7,9}(?![\w])(?![./]\d)(?!,\d{1,3}(?!\d))"
)
_LETTERED = regex(r"(?<![\w])[0o](?:[ .\-]?[0-9oil]){9}(?![\w])")
_WORD = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_SPELLED = regex(rf"(?<![\w])khong(?:[ ,.\-]{{1,2}}{_WORD}){{9}}(?![\w])")
_SPELLED_START = regex(rf"khong[ ,.\-]{{1,2}}{_WORD}[ ,.\-]{{1,2}}{_WORD}")
_VALUES = {"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5}
_VALUES |= {"sau": 6, "bay": 7, "tam": 8, "chin": 9}
_LOCAL = "abcdefghijklmnopqrstuvwxyz0123456789._%+-"
_DOMAIN = regex(
    r"[a-z0-9](?:[a-z0-9\-]{0,62}\.)+[a-z]{2,24}(?![\w@])|[a-z0-9\-.]{1,200}\.[a-z]{2,24}"
)
_AT_SIGN = (
    r"[\[({]\s?(?:at|a|@|a cong|a coong|a moc|a vong)\s?[\])}]",
    r" at (?=(?:gmail|yahoo|hotmail|outlook|icloud)\b)",
)
_AT = regex(rf"\s{{0,2}}{_AT_SIGN[0]}\s{{0,2}}|{_AT_SIGN[1]}")
_AT_CORE = regex("|".join(_AT_SIGN))  # begins with a character that is seldom met
_LOOSE_DOMAIN = regex(
    r"[a-z0-9\-]{1,40}(?:(?:\s?[\[({]\s?(?:dot|cham|\.)\s?[\])}]\s?|\.| dot "
    r"| cham )[a-z0-9\-]{2,40}){1,3}"
)


def find_contacts(context: Context) -> Iterator[Hit]:
    """All telephone numbers and e-mail addresses of persons."""
    yield from _phones(context)
    yield from _emails(context)


def _phones(context: Context) -> Iterator[Hit]:
    figures = context.figures
    for match in _PHONE.finditer(context.text) if figures.may_phone else ():
        digits, used = _national(match[0])
        if digits is None or not _plausible(match[0][:used]):
            continue
        opened = match[0].startswith("(") and ")" not in match[0][:used]
        span = match.start() + opened, match.start() + used
        cue = context.cue(match.start())
        if numbers.is_landline(digits):
            if cue == "PHONE" and _private(context, *span):
                yield Hit(*span, Kind.PHONE, digits)
        elif cue in {"PHONE", None, "DATE_OF_BIRTH"} or (
            cue in {"CCCD", "CMND", "PLATE", "BHYT"} and _reads_as_phone(match[0][:used])
        ):
            if numbers.is_old_mobile(digits) and cue != "PHONE":
                continue
            if cue is None and _in_formula(context, *span):
                continue
            yield Hit(*span, Kind.PHONE, digits, cue == "PHONE")
    for match in _LETTERED.finditer(context.text) if figures.may_lettered else ():
        digits = re.sub(r"[il]", "1", match[0].replace("o", "0"))
        digits = "".join(filter(str.isdigit, digits))
        real = sum(map(str.isdigit, match[0]))
        if real != 10 and real >= 7 and numbers.is_mobile(digits):
            yield Hit(*match.span(), Kind.PHONE, digits, context.cue(match.start()) == "PHONE")
    spelled = _SPELLED_START.search(context.text)
    for match in _SPELLED.finditer(context.text) if spelled else ():
        digits = "".join(str(_VALUES[word]) for word in re.findall(r"[a-z]+", match[0]))
        if numbers.is_mobile(digits):
            yield Hit(*match.span(), Kind.PHONE, digits)


def _national(raw: str) -> tuple[str | None, int]:
    """The number in national form and the length of the text used, or None."""
    prefix = re.match(r"\(?(?:\+ ?84|0084)[ .\-)]{0,2}(?:\(0\)|0)?|\(?84[ .\-)]{0,2}(?=[1-9])", raw)
    rest = prefix.end() if prefix else 0
    digits = "0" if prefix else ""
    best: tuple[str | None, int] = (None, 0)
    for index in range(rest, len(raw)):
        if not raw[index].isdigit():
            continue
        digits += raw[index]
        whole = index + 1 == len(raw) or not raw[index + 1].isdigit()
        if not whole:
            continue
        if numbers.is_mobile(digits):
            return digits, index + 1
        if numbers.is_old_mobile(digits) or numbers.is_landline(digits):
            best = digits, index + 1
    return best


def _plausible(raw: str) -> bool:
    """Whether the digits are grouped as a telephone number is: not 0.912345678."""
    groups = re.split(r"\D+", raw.strip("()+ "))
    if groups[0] == "0" and len(groups) == 2 and "(" not in raw:
        return False
    ones = sum(len(group) == 1 for group in groups)
    return ones <= 2 or ones >= 8


def _reads_as_phone(raw: str) -> bool:
    return raw.isdigit()


def _in_formula(context: Context, start: int, end: int) -> bool:
    """Whether the number is a term of a sum: x + 0123456789 = 2."""
    before, after = context.before(start, 6), context.after(end, 6)
    return bool(re.search(r"[=+*×] ?$| [x:] $", before) or re.match(r" ?[=+*×:] ?[\dx?(]", after))


def _private(context: Context, start: int, end: int) -> bool:
    return context.of_person(start, end) or "nha rieng" in context.before(start)


def _emails(context: Context) -> Iterator[Hit]:
    text = context.text
    position = text.find("@")
    while position >= 0:
        local = _local_before(text, position)
        domain = _DOMAIN.match(text, position + 1, position + 260)
        if local and domain:
            value = f"{local}@{domain[0]}"
            if not is_official_email(value):
                yield Hit(position - len(local), domain.end(), Kind.EMAIL, value)
        position = text.find("@", position + 1)
    for match in _AT.finditer(text) if _AT_CORE.search(text) else ():
        local = _local_before(text, match.start())
        domain = _LOOSE_DOMAIN.match(text, match.end(), match.end() + 200)
        if len(local) >= 2 and domain:
            host = re.sub(r"[\s\[\](){}]|dot|cham|\.", " ", domain[0]).split()
            value = f"{local}@{'.'.join(host)}"
            if not is_official_email(value):
                yield Hit(match.start() - len(local), domain.end(), Kind.EMAIL, value)


def _local_before(text: str, end: int) -> str:
    piece = text[max(0, end - 64) : end]
    return piece[len(piece.rstrip(_LOCAL)) :].lstrip(".")
