"""Loose reading: numbers and signs too broken for the grammar, behind the name of their kind.

Thông tư số 37/2020 TT-BGDĐT, 37/2020/TT.BGDĐT, 37/2020/TTBGDĐT, 37.2020/TT-BGDĐT, 37/20/TT-BGDĐT,
Nghị quyết số 29-NQTW. Only a known issuer behind the right sign is taken for a citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text.citations._citation import Form
from qc.text.citations._vocabulary import fold, issuer_by_fold, issuers, kinds

GATE = regex(r"(?i:thông\s+tư|nghị\s+định|quyết\s+định|chỉ\s+thị|nghị\s+quyết|kết\s+luận)")
BEHIND = regex(
    r"(?P<liên>\s+liên\s+tịch)?\s+(?:(?i:số)\s*:?\s*)?(?P<sign>(?P<num>\d{1,4})"
    r"(?:[\s./–-]{1,3}(?P<year>[12][0-9oO]{3}|\d\d(?=[/.\s]{1,2}[A-ZĐÐ])))?"
    r"[\s./–_-]{0,3}(?P<type>TTLT|TT|N[ĐDÐ]|Q[ĐDÐ]|NQ|CT|KL)[\s./–_-]{0,3}"
    r"(?P<issuer>[A-ZĐÐ&]{2,9}g?))(?![\w-])"
)
TYPE = regex(r"TT|N[ĐDÐ]|Q[ĐDÐ]|NQ|CT|KL")  # what BEHIND holds, quick to miss
PARTY = frozenset(("TW", "TU", "HU"))


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken sign with its span, the right one, and its parts."""

    start: int
    end: int
    right: str
    form: Form
    kind: str
    kind_span: tuple[int, int]
    number: str
    year: int | None
    type: str
    issuer: str


def broken_signs(text: str) -> Iterator[Broken]:
    """Broken signs in order; the caller drops those that the grammar has read."""
    if TYPE.search(text) is None:
        return
    for kind in GATE.finditer(text):
        match = BEHIND.match(text, kind.end())
        broken = _read(kind, match) if match else None
        if broken is not None and broken.right != text[broken.start : broken.end]:
            yield broken


def _read(kind: re.Match[str], match: re.Match[str]) -> Broken | None:
    word = re.sub(r"\s+", " ", kind[0]).lower() + (" liên tịch" if match["liên"] else "")
    wanted = [each for each in kinds().get(word, ()) if fold(each) == fold(match["type"])]
    issuer = issuer_by_fold().get(fold(match["issuer"]))
    if len(wanted) != 1 or issuer is None:
        return None
    issuer = issuers()[issuer].instead if issuers()[issuer].rank == "so" else issuer
    number = match["num"].lstrip("0").zfill(2)
    year = _year(match["year"])
    if issuer is None:
        return None
    if issuer in PARTY:
        right, form = f"{number}-{wanted[0]}/{issuer}", Form.PARTY
    elif year is not None:
        right, form = f"{number}/{year}/{wanted[0]}-{issuer}", Form.LAW_MAKING
    elif wanted[0] in ("QĐ", "CT", "NQ"):
        right, form = f"{number}/{wanted[0]}-{issuer}", Form.SINGLE
    else:
        return None
    span = (kind.start(), match.end("liên") if match["liên"] else kind.end())
    return Broken(*match.span("sign"), right, form, word, span, number, year, wanted[0], issuer)


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    digits = written.lower().replace("o", "0")
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    return year if 1945 <= year <= 2040 else None
