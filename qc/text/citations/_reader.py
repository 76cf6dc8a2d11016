"""Reading: a text in, its citations out, each with its defects.

The text is the whole text of a field, so a citation that runs over a line break, a paragraph
or a tag is one citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.patterns import has_digit
from qc.text.citations._citation import Citation, Defect, Form
from qc.text.citations._dates import date_behind, date_defects
from qc.text.citations._defects import sign_defects
from qc.text.citations._loose import broken_signs
from qc.text.citations._scan import STANDARD, Candidate, candidates
from qc.text.citations._sign import Sign, read_sign
from qc.text.citations._vocabulary import kind_pattern, kinds, signs

WINDOW = 130
PLACE = regex(
    r"(?:(?i:điểm)\s+(?P<point>[a-zđ]{1,2})\s*,?\s+)?(?:(?i:khoản)\s+(?P<clause>\d{1,2}[a-zđ]?)\s*,?\s+)?"
    r"(?i:điều)\s+(?P<article>\d{1,3}[a-zđ]?)\s*(?:,|của)?\s*\Z"
)
LAW = regex(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)(?!\w)")
LAW_NAME = regex(
    r"(?P<law>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>[^\d.;:()“”\"]{2,90}?)"
    r"\s*[,(]?\s*(?i:số)\s*:?\s*\Z"
)
OTHER_STATE = regex(r"(?i:sắc)\s+\Z")  # sắc luật: acts of another state and time
FILE_NAME = regex(r"\.[a-zA-ZĐ]")
OWN_NUMBER = regex(r"(?:\A|\n)\s*(?:Số|SỐ)\s*:?\s*\Z")


def read_citations(text: str) -> tuple[Citation, ...]:
    """All citations of a text in NFC, in order. Time is linear in the length of the text."""
    if not has_digit(text):
        return ()
    standards = tuple(_standards(text))
    taken = {at for each in standards for at in range(each.start, each.end)}
    acts = [each for each in _acts(text) if each.sign_start not in taken]
    taken |= {at for each in acts for at in range(each.sign_start, each.sign_end)}
    broken = (each for each in _broken(text) if each.sign_start not in taken)
    return tuple(sorted((*standards, *acts, *broken), key=lambda each: each.sign_start))


def _acts(text: str) -> Iterator[Citation]:
    for candidate in candidates(text):
        kind, name, span = kind_before(text, candidate.start)
        if FILE_NAME.match(text, candidate.end) and text[candidate.end + 1].islower():
            continue
        own = OWN_NUMBER.search(text[max(candidate.start - 12, 0) : candidate.start])
        sign = read_sign(candidate, kind or ("công văn" if own else None))
        if sign is None or (not sign.issuers and FILE_NAME.match(text, candidate.end)):
            continue
        if not _credible(sign, candidate, kind, bool(own)):
            continue
        yield _citation(text, candidate, sign, kind, name, span)


def kind_before(text: str, at: int) -> tuple[str | None, str | None, tuple[int, int] | None]:
    """The kind of act that stands in front of a number, the name of a law, and their span."""
    begin = max(at - WINDOW, 0)
    window = text[begin:at]
    match = kind_pattern().search(window)
    if match and not OTHER_STATE.search(window, 0, match.start()):
        kind = re.sub(r"\s+", " ", match["word"]).lower()
        return kind, None, (begin + match.start(), begin + match.end("word"))
    starts = [each.start() for each in LAW.finditer(window)]
    named = LAW_NAME.match(window, starts[-1]) if starts else None
    if named is None or re.search(r"\n\s*\n|(?i:sắc\s+luật)", named["name"]):
        return None, None, None
    name = re.sub(r"\s+", " ", named["name"]).strip(" ,")
    return named["law"].lower(), name, (begin + named.start(), begin + named.end("law"))


def _credible(sign: Sign, candidate: Candidate, kind: str | None, own: bool) -> bool:
    """Whether the candidate is a citation at all: a kind in front, or a sign beyond doubt."""
    if kind is not None or own:
        return sign.form is not Form.LEGACY or kind is not None
    if sign.faults and candidate.tokens[0].joint != "/":
        return False
    if sign.form is Form.LAW or sign.form is Form.ORDINANCE:
        return sign.year is not None
    if sign.form is Form.SINGLE:
        return len(candidate.tokens) > 1 and not sign.faults
    if sign.form is Form.PARTY:
        return not sign.faults
    return sign.form in (Form.LAW_MAKING, Form.JOINT_RESOLUTION, Form.CONSOLIDATED, Form.LETTER)


def _citation(
    text: str,
    candidate: Candidate,
    sign: Sign,
    kind: str | None,
    name: str | None,
    span: tuple[int, int] | None,
) -> Citation:
    dated = date_behind(text, candidate.end)
    unfit = kind is not None and sign.type not in kinds().get(kind, ())
    if unfit and span and sign.type and _names_kind(text, span[0], sign.type):
        kind, span = None, None  # "Quyết định ban hành Kế hoạch số 12/QĐ-UBND"
    begin = span[0] if span else candidate.start
    defects = list(sign_defects(candidate, sign, kind, begin, dated))
    if dated:
        defects += date_defects(dated, sign.year, old=sign.form is Form.LEGACY)
    place = PLACE.search(text[max(begin - 60, 0) : begin])
    start = begin - (len(place[0]) if place else 0)
    return Citation(
        start=start,
        end=dated.end if dated else candidate.end,
        sign_start=candidate.start,
        sign_end=candidate.end,
        sign=text[candidate.start : candidate.end],
        normal=_normal(sign, defects),
        form=sign.form,
        kind=kind,
        kind_span=span,
        name=name,
        number=sign.number,
        year=sign.year,
        type=sign.type,
        issuers=sign.issuers,
        term=sign.term,
        date=dated,
        article=place["article"] if place else None,
        clause=place["clause"] if place else None,
        point=place["point"] if place else None,
        defects=tuple(defects),
    )


def _names_kind(text: str, at: int, type_: str) -> bool:
    """Whether the kind that a sign stands for is named shortly before another kind."""
    name = signs().get(type_)
    window = text[max(at - 70, 0) : at].lower()
    return name is not None and re.search(rf"{name.lower()}\s[^.;/\d]*\Z", window) is not None


def _broken(text: str) -> Iterator[Citation]:
    for each in broken_signs(text):
        written = text[each.start : each.end]
        facts: dict[str, object] = {"sign": written, "right": each.right}
        dated = date_behind(text, each.end)
        yield Citation(
            start=each.kind_span[0],
            end=dated.end if dated else each.end,
            sign_start=each.start,
            sign_end=each.end,
            sign=written,
            normal=each.right,
            form=each.form,
            kind=each.kind,
            kind_span=each.kind_span,
            name=None,
            number=each.number,
            year=each.year,
            type=each.type,
            issuers=(each.issuer,),
            term=None,
            date=dated,
            article=None,
            clause=None,
            point=None,
            defects=(Defect("form", each.start, each.end, each.right, facts),),
        )


def _normal(sign: Sign, defects: list[Defect]) -> str | None:
    """The sign as it should be written: what the first defect suggests, else the sign."""
    rights = [each.right for each in defects if not each.kind.startswith("date")]
    if not rights:
        return str(sign)
    return next((right for right in rights if right), None)


def _standards(text: str) -> Iterator[Citation]:
    for match in STANDARD.finditer(text):
        sort, number, joint, year, ministry = match.group(1, 4, 6, 8, 9)
        right = f"{sort} {number}:{year}" + (f"/{ministry}" if ministry else "")
        defects: list[Defect] = []
        facts: dict[str, object] = {"sign": match[0], "right": right}
        if joint != ":" and (len(year) == 4 and 1960 <= int(year) <= 2100):
            defects.append(Defect("form", match.start(), match.end(), right, facts))
        yield Citation(
            start=match.start(),
            end=match.end(),
            sign_start=match.start(),
            sign_end=match.end(),
            sign=match[0],
            normal=right,
            form=Form.STANDARD,
            kind=None,
            kind_span=None,
            name=None,
            number=number,
            year=int(year),
            type=sort,
            issuers=(ministry,) if ministry else (),
            term=None,
            date=None,
            article=None,
            clause=None,
            point=None,
            defects=tuple(defects),
        )
