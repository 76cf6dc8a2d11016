"""Signs: which form of the grammar a number and sign follows, or the form it should follow."""

from __future__ import annotations

import re

from qc.core.record import dataclass, field, replace
from qc.text.citations._citation import Form
from qc.text.citations._scan import CONGRESS, LIKE_CONGRESS, Candidate
from qc.text.citations._vocabulary import (
    LAW_MAKING,
    LEGACY_ISSUERS,
    LEGACY_TYPES,
    PARTY_TYPES,
    fold,
    issuer_by_fold,
    issuers,
    kinds,
    sign_by_fold,
    signs,
)

PARTY_ISSUERS = frozenset({"TW", "TU", "ĐU", "HU"})
NEEDS_YEAR_FROM = 1999


@dataclass(frozen=True, slots=True)
class Sign:
    """The parts of a sign. `separators` stand in front of each issuer.

    `faults` says how the written sign differs from the form: form, case, party, type-missing,
    year-missing, issuer.
    """

    number: str
    form: Form
    year: int | None = None
    type: str | None = None
    issuers: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    term: int | None = None
    prefix: str = ""
    faults: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        tail = "".join(a + b for a, b in zip(self.separators, self.issuers, strict=True))
        year = f"/{self.year}" if self.year else ""
        if self.form in (Form.LAW, Form.ORDINANCE):
            return f"{self.number}{year}/{self.prefix}{self.type}{self.term or ''}"
        if self.form is Form.PARTY:
            return f"{self.number}-{self.type}/{'-'.join(self.issuers)}"
        if self.form in (Form.LETTER, Form.LEGACY):
            return f"{self.number}{tail}"
        return f"{self.number}{year}/{self.type}{tail}"


def read_sign(candidate: Candidate, kind: str | None) -> Sign | None:
    """The sign of a candidate; None where it is no citation. `kind` is in lower case."""
    words = [(_letters(t.text), _joint(t.joint)) for t in candidate.tokens]
    if any(LIKE_CONGRESS.fullmatch(word) for word, _ in words):
        return _congress(candidate.number, words)
    years = [int(w) for w, _ in words if w.isdigit() and 1900 < int(w) < 2100]
    others = [w for w, _ in words if w.isdigit() and not 1900 < int(w) < 2100]
    letters = [(w, joint) for w, joint in words if not w.isdigit()]
    if others or len(set(years)) > 1 or not letters:
        return None
    year = years[0] if years else None
    sign = (
        _legacy(candidate.number, year, letters)
        or _party(candidate.number, year, letters)
        or _typed(candidate.number, year, letters, kind)
        or _letter(candidate.number, year, letters, kind)
    )
    if sign is None:
        return None
    if len(years) > 1 and "form" not in sign.faults:
        sign = replace(sign, faults=(*sign.faults, "form"))
    return _with_faults(sign, candidate)


def _letters(text: str) -> str:
    return text.replace("Ð", "Đ")


def _joint(joint: str) -> str:
    return joint if joint in "/_" else "-"


def _with_faults(sign: Sign, candidate: Candidate) -> Sign:
    """Add `form` or `case` where the rebuilt sign differs from the written one."""
    written = candidate.number + "".join(
        _joint(t.joint) + _letters(t.text) for t in candidate.tokens
    )
    normal = str(sign)
    if sign.faults or written == normal:
        return sign
    fault = "case" if written.lower() == normal.lower() else "form"
    return replace(sign, faults=(fault,))


def _congress(number: str, words: list[tuple[str, str]]) -> Sign | None:
    years = [int(w) for w, _ in words if w.isdigit() and len(w) == 4]
    named = [w for w, _ in words if not w.isdigit()]
    loose = [w for w, _ in words if w.isdigit() and len(w) == 2]
    at = next(i for i, w in enumerate(named) if LIKE_CONGRESS.fullmatch(w))
    if "NQLT" in named:
        joined = tuple(n for n in named if n != "NQLT")
        year = years[0] if years else None
        joints = ("-",) * len(joined)
        return Sign(number, Form.JOINT_RESOLUTION, year, "NQLT", joined, joints)
    if at + 1 != len(named):
        return None
    word = named[at].upper()
    digits = re.sub(r"\D", "", word)
    type_ = "UBTVQH" if word.startswith("UBTV") else "QH"
    prefix = "".join(f"{each}-" for each in named[:at])
    form = Form.LAW if type_ == "QH" else Form.ORDINANCE
    sign = Sign(
        number,
        form,
        years[0] if years else None,
        type_,
        term=int(digits or loose[0]) if digits or loose else None,
        prefix=prefix,
    )
    order = [("year" if w.isdigit() else "sign") for w, _ in words]
    wrong = order != sorted(order, reverse=True) or len(years) > 1 or bool(loose)
    wrong = wrong or not CONGRESS.fullmatch(named[at]) or any(j == "_" for _, j in words)
    wrong = wrong or words[0][1] != "/" or any(each not in ("PL", "NQ") for each in named[:at])
    return replace(sign, faults=("form",)) if wrong else sign


def _party(number: str, year: int | None, letters: list[tuple[str, str]]) -> Sign | None:
    """29-NQ/TW; with TW, TU, ĐU or HU also where slash and hyphen changed places."""
    if len(letters) < 2:
        return None
    (type_, first), (issuer, second) = letters[0], letters[1]
    rest = tuple(word for word, _ in letters[1:])
    if first == "-" and second == "/" and type_ in PARTY_TYPES and year is None:
        return Sign(number, Form.PARTY, type=type_, issuers=rest, separators=("/",) * len(rest))
    if len(letters) == 2 and issuer in PARTY_ISSUERS and type_ in PARTY_TYPES:
        return Sign(
            number, Form.PARTY, type=type_, issuers=rest, separators=("/",), faults=("party",)
        )
    return None


def _legacy(number: str, year: int | None, letters: list[tuple[str, str]]) -> Sign | None:
    """64-CP, 119/HĐBT, 18-L/CTN, 194/CT: signs of acts before 1998."""
    first, joint = letters[0]
    if year is not None or joint == "_":
        return None
    lone = first in LEGACY_TYPES and len(letters) == 1
    order = first in ("L", "SL") or (
        first == "NĐ" and len(letters) > 1 and joint == "-" and letters[1][1] == "/"
    )
    if first not in LEGACY_ISSUERS and not lone and not order:
        return None
    names = tuple(word for word, _ in letters)
    return Sign(number, Form.LEGACY, issuers=names, separators=tuple(j for _, j in letters))


def _typed(
    number: str, year: int | None, letters: list[tuple[str, str]], kind: str | None
) -> Sign | None:
    """A sign that names the kind of act: 37/2020/TT-BGDĐT, 126/QĐ-HH1."""
    if len(letters) == 2 and letters[0][0] in issuers() and letters[1][0] in LAW_MAKING:
        turned = _typed(number, year, [(letters[1][0], "/"), (letters[0][0], "-")], kind)
        return replace(turned, faults=("form",)) if turned and year else None
    first = letters[0][0]
    type_ = first if first in signs() else _only(sign_by_fold().get(fold(first), ()), kind)
    faults: tuple[str, ...] = ()
    rest = letters[1:]
    if type_ is None or type_ in ("QH", "UBTVQH"):
        wanted = kinds().get(kind or "", frozenset()) & LAW_MAKING
        if year is None or not wanted or first not in issuers():
            return None
        type_, rest, faults = next(iter(wanted)), letters, ("type-missing",)
    elif first != type_ and not rest:
        return None
    names: list[str] = []
    for name, _ in rest:
        right = _issuer(name)
        if fold(right) == fold(name) and right.lower() != name.lower():
            faults = (*faults, "issuer")
        names.append(right)
    joints = tuple("/" if joint == "/" and i else "-" for i, (_, joint) in enumerate(rest))
    form = Form.CONSOLIDATED if type_ == "VBHN" else Form.LAW_MAKING if year else Form.SINGLE
    if not names and (kind is None or form is not Form.SINGLE):
        return None
    if type_ in LAW_MAKING and year is None and names[:1] and _central(names[0]):
        faults = (*faults, "year-missing")
    if type_ == "TTLT" and rest and rest[0][1] == "/":
        joints = ("/", *joints[1:])
    return Sign(number, form, year, type_, tuple(names), joints, faults=faults)


def _letter(
    number: str, year: int | None, letters: list[tuple[str, str]], kind: str | None
) -> Sign | None:
    """An official letter: 4555/BGDĐT-GDPT, with no sign of a kind."""
    if year is not None or letters[0][1] != "/":
        return None
    names = tuple(word for word, _ in letters)
    if kind is None and names[0] not in issuers():
        return None
    joints = tuple("/" if not i else joint for i, (_, joint) in enumerate(letters))
    return Sign(number, Form.LETTER, issuers=names, separators=joints)


def _only(found: tuple[str, ...], kind: str | None) -> str | None:
    """The one sign that is meant, by the kind of act in front where several fit."""
    wanted = kinds().get(kind or "", frozenset())
    fit = [each for each in found if each in wanted] or list(found)
    return fit[0] if len(fit) == 1 else None


def _issuer(name: str) -> str:
    """The right abbreviation for one that differs by case or lost marks only."""
    if name in issuers():
        return name
    known = issuer_by_fold().get(fold(name))
    if known is None or issuers()[known].rank not in ("nn", "bo", "dp"):
        return name
    return known if "&" not in name else name


def near_issuer(name: str) -> str | None:
    """The ministry that a long unknown abbreviation probably means: BGĐT, BGDTĐ -> BGDĐT."""
    if name in issuers() or len(name) < 4:
        return None
    found = [
        row.abbr
        for row in issuers().values()
        if row.rank == "bo" and row.instead is None and len(row.abbr) >= 5 and _near(name, row.abbr)
    ]
    return found[0] if len(found) == 1 else None


def _near(a: str, b: str) -> bool:
    """Two letters changed places, or one letter is missing, added or another."""
    if len(a) == len(b):
        changed = [i for i in range(len(a)) if a[i] != b[i]]
        swapped = len(changed) == 2 and a[changed[0]] == b[changed[1]]
        return len(changed) == 1 or (swapped and a[changed[1]] == b[changed[0]])
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )


def _central(name: str) -> bool:
    row = issuers().get(name)
    return row is not None and row.rank in ("nn", "bo")
