"""Defects of a sign: characters, form, kind, issuer, term and leading zeros."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qc.core.record import replace
from qc.text.citations._citation import CitedDate, Defect, Form
from qc.text.citations._scan import DASHES, Candidate
from qc.text.citations._sign import NEEDS_YEAR_FROM, PARTY_ISSUERS, Sign, near_issuer
from qc.text.citations._vocabulary import Issuer, fold, issuers, kinds, party_only, signs

TERMS = {10: (1997, 2002), 11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016)}
TERMS |= {14: (2016, 2021), 15: (2021, 2026), 16: (2026, 2031)}


OLD_FORMS_BEFORE = 1990
LAW_MAKING_KINDS = frozenset(
    ("nghị định", "thông tư", "thông tư liên tịch", "quyết định", "chỉ thị", "công văn")
) | {"luật", "bộ luật", "pháp lệnh", "nghị quyết"}


def sign_defects(
    candidate: Candidate, sign: Sign, kind: str | None, kind_at: int, dated: CitedDate | None
) -> Iterator[Defect]:
    """All that is wrong with a sign; each defect suggests the sign with everything mended.

    `kind_at` is where the name of the kind begins, or where the sign does.
    """
    if dated is not None and dated.value is not None and dated.value.year < OLD_FORMS_BEFORE:
        return  # acts of that time follow other forms
    right = _mended(sign, dated)
    start, end = candidate.start, candidate.end
    written = candidate.written
    facts: dict[str, object] = {"sign": written, "right": right or ""}
    for fault in _characters(written, candidate):
        yield Defect(fault, start, end, right, facts, safe=not sign.faults)
    old = dated is not None and int(dated.year) < NEEDS_YEAR_FROM and len(dated.year) == 4
    for fault in dict.fromkeys(sign.faults):
        if fault != "year-missing":
            yield Defect(fault, start, end, right, facts, safe=fault == "case")
        elif not old:
            yield Defect(fault, start, end, right, facts)
    mismatch = _mismatch(sign, kind)
    if mismatch is not None:
        yield Defect(
            "kind-mismatch",
            kind_at,
            end,
            facts={"kind": kind or "", "sign": written, **mismatch},
        )
    yield from _issuer_defects(candidate, sign, right, dated)
    yield from _term_defects(candidate, sign, written)
    if _padded(sign) != sign.number:
        yield Defect("padding", start, end, right, facts, safe=not sign.faults)


def _characters(written: str, candidate: Candidate) -> Iterator[str]:
    if "Ð" in written:
        yield "eth"
    if any(dash in written for dash in DASHES):
        yield "dash"
    if candidate.spaced:
        yield "space"


def _mended(sign: Sign, dated: CitedDate | None) -> str | None:
    """The whole sign as it should be; None where something is not known."""
    year = sign.year
    if "year-missing" in sign.faults:
        year = dated.value.year if dated and dated.value else None
        if year is None:
            return None
    if sign.form is Form.LETTER and sign.issuers[:1] == ("CV",):
        return None
    names = tuple(_right_issuer(sign, name, year) for name in sign.issuers)
    parts = Sign(
        _padded(sign),
        Form.LAW_MAKING if sign.form is Form.SINGLE and year else sign.form,
        year,
        sign.type,
        names,
        sign.separators,
        sign.term,
        sign.prefix,
    )
    return str(parts)


def _padded(sign: Sign) -> str:
    """The number with the leading zero that it should have."""
    if not sign.number.isdigit() or sign.form is Form.LEGACY:
        return sign.number
    value = int(sign.number)
    if value < 10:
        return f"0{value}" if len(sign.number) < 2 or sign.form is Form.LAW_MAKING else sign.number
    law_making = sign.form in (Form.LAW_MAKING, Form.LAW)
    return str(value) if law_making and sign.number.startswith("0") else sign.number


def _mismatch(sign: Sign, kind: str | None) -> dict[str, object] | None:
    """The facts of a kind that does not go with the sign; None where it does."""
    if kind is None or (sign.type in ("QH", "UBTVQH") and kind not in LAW_MAKING_KINDS):
        return None
    if kind == "công văn":
        if sign.form is Form.LETTER or sign.form is Form.PARTY:
            return None
        return {"sign_kind": _name(sign)} if sign.type in signs() else None
    wanted = kinds().get(kind, frozenset())
    if sign.form in (Form.LETTER, Form.LEGACY):
        return None
    if sign.form is Form.PARTY and not PARTY_ISSUERS & set(sign.issuers):
        return None
    if sign.form is Form.PARTY:
        known = wanted | party_only(kind)
        return None if sign.type in known else {"sign_kind": signs().get(sign.type or "", "")}
    if sign.type in wanted - _party_signs(kind):
        return None
    return {"sign_kind": _name(sign)}


def _party_signs(kind: str) -> frozenset[str]:
    """Signs that only the Party gives this kind: Quy định -> QĐ."""
    return party_only(kind) if kind == "quy định" else frozenset()


def _name(sign: Sign) -> str:
    if sign.type == "QH":
        return "Luật hoặc Nghị quyết của Quốc hội"
    if sign.type == "UBTVQH":
        return "Pháp lệnh hoặc Nghị quyết của Ủy ban Thường vụ Quốc hội"
    return signs().get(sign.type or "", "")


def _issuer_defects(
    candidate: Candidate, sign: Sign, right: str | None, dated: CitedDate | None
) -> Iterator[Defect]:
    start, end, written = candidate.start, candidate.end, candidate.written
    facts: dict[str, object] = {"sign": written, "right": right or ""}
    if sign.form is Form.LETTER and sign.issuers[:1] == ("CV",):
        yield Defect("letter-type", start, end, facts={"sign": written})
        return
    if sign.form not in (Form.LAW_MAKING, Form.SINGLE) or "issuer" in sign.faults:
        return
    if sign.type == "NĐ" and sign.form is Form.LAW_MAKING and sign.issuers != ("CP",):
        yield Defect("issuer", start, end, facts={**facts, "right": ""})
        return
    for name in sign.issuers if sign.type == "TTLT" else sign.issuers[:1]:
        row = issuers().get(name)
        only_central = sign.type in ("TT", "TTLT")
        if row is None:
            near = near_issuer(name) if only_central and (sign.year or 0) > 2010 else None
            if near is not None:
                mended = written.replace(name, near)
                yield Defect("issuer", start, end, mended, {**facts, "right": mended})
                return
            continue
        wrong_rank = only_central and row.rank not in ("bo",)
        if wrong_rank or not _in_time(row, sign.year, dated):
            changed = right if right != written else None
            yield Defect("issuer", start, end, changed, {**facts, "issuer": name})
            return


def _right_issuer(sign: Sign, name: str, year: int | None) -> str:
    row = issuers().get(name)
    if row is None or row.instead is None or sign.form not in (Form.LAW_MAKING, Form.SINGLE):
        return name
    same_office = fold(row.instead).endswith(fold(name)) or fold(name) == fold(row.instead)
    if not same_office:
        return name
    if row.rank == "so":
        return row.instead if sign.type in ("TT", "TTLT") else name
    return name if _in_time(row, year, None) else row.instead


def _in_time(row: Issuer, year: int | None, dated: CitedDate | None) -> bool:
    if year is None:
        return True
    if dated is not None and dated.value is not None and row.last is not None:
        return dated.value <= row.last.value
    first = row.first.value if row.first else date.min
    last = row.last.value if row.last else date.max
    return first <= date(year, 12, 31) and date(year, 1, 1) <= last


def _term_defects(candidate: Candidate, sign: Sign, written: str) -> Iterator[Defect]:
    if sign.form not in (Form.LAW, Form.ORDINANCE) or "form" in sign.faults:
        return
    year = sign.year
    if year is None or year < 1998:
        return
    fitting = [term for term, (first, last) in TERMS.items() if first <= year <= last]
    if sign.term in fitting or not fitting:
        return
    right = None
    if len(fitting) == 1:
        right = str(replace(sign, term=fitting[0]))
    yield Defect(
        "term",
        candidate.start,
        candidate.end,
        right,
        {"sign": written, "year": year, "terms": ", ".join(map(str, fitting))},
    )
