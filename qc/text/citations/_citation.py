"""A citation as read from a text, and what is wrong with the way it is written."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from qc.core.record import dataclass, field


class Form(StrEnum):
    """The grammar that a sign follows."""

    LAW = "qh"
    ORDINANCE = "ubtvqh"
    JOINT_RESOLUTION = "nqlt"
    LAW_MAKING = "qppl"
    SINGLE = "cabiet"
    LETTER = "congvan"
    PARTY = "dang"
    CONSOLIDATED = "vbhn"
    STANDARD = "std"
    LEGACY = "legacy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CitedDate:
    """The date of a citation as written; `value` is None where there is no such day.

    `style` is numeric (05/10/2020), long (ngày 05 tháng 10 năm 2020) or iso.
    """

    start: int
    end: int
    text: str
    style: str
    day: str
    month: str
    year: str
    value: date | None


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong with a citation: `kind` names it, the span is the part to mend."""

    kind: str
    start: int
    end: int
    right: str | None = None
    facts: dict[str, object] = field(default_factory=dict)
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation. All offsets are offsets into the (NFC) text it was read from.

    `sign` is the number and sign as written, `normal` as it should be written (None where
    nothing certain can be said); `kind` is the kind of act in lower case, `name` the name that
    stands between a law and its number, `place` the article, clause and point in front.
    """

    start: int
    end: int
    sign_start: int
    sign_end: int
    sign: str
    normal: str | None
    form: Form
    kind: str | None
    kind_span: tuple[int, int] | None
    name: str | None
    number: str
    year: int | None
    type: str | None
    issuers: tuple[str, ...]
    term: int | None
    date: CitedDate | None
    article: str | None
    clause: str | None
    point: str | None
    defects: tuple[Defect, ...]

    @property
    def key(self) -> str:
        """The number and sign by which the act is looked up."""
        return self.normal or self.sign
