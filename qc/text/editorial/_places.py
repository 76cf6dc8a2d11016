"""Places and offices by date, from the tables of policies/law."""

from __future__ import annotations

import re
from functools import cache

from qc.core.law import Day, read_day
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.tables import read_table

KIND_WORDS = r"[Hh]uyện|[Qq]uận|[Tt]hị\s+xã|[Tt]hành\s+phố|TP\.?|T\.P"


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the days between which it is the right one, and what came after."""

    id: str
    name: str
    kind: str
    first: Day | None
    last: Day | None
    instead: str


@dataclass(frozen=True, slots=True)
class District:
    """A district that ended on 2025-06-30, and the communes formed from it."""

    kind: str
    name: str
    province: str
    communes: tuple[str, ...]


@cache
def organisations() -> dict[str, Named]:
    """Offices by each of their written forms."""
    columns = ("id", "names", "from", "to", "instead", "basis")
    rows: dict[str, Named] = {}
    for id, names, first, last, instead, basis in read_table("law/organisations.tsv", columns):
        for name in names.split("|"):
            rows[name] = Named(id, name, basis, read_day(first), read_day(last), instead)
    return rows


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Any form of any office; the first letter may be small where it is a word."""
    forms = sorted(organisations(), key=len, reverse=True)
    return regex("(?<!\\w)(?:" + "|".join(_flexible(each) for each in forms) + ")(?![\\w&])")


@cache
def provinces() -> dict[tuple[str, str], Named]:
    """Provinces and cities by kind and name."""
    columns = ("kind", "name", "from", "to", "instead")
    return {
        (kind, name): Named(name, name, kind, read_day(first), read_day(last), instead)
        for kind, name, first, last, instead in read_table("law/provinces.tsv", columns)
    }


@cache
def province_pattern() -> re.Pattern[str]:
    """A province whose name or kind changed, with its kind in front."""
    changed = sorted({n.name for n in provinces().values() if n.last or n.first})
    names = "|".join(_flexible(each) for each in sorted(changed, key=len, reverse=True))
    return regex(rf"(?<!\w)(?P<kind>[Tt]ỉnh|[Tt]hành\s+phố|TP\.?)\s+(?P<name>{names})(?!\w)")


@cache
def districts() -> dict[str, tuple[District, ...]]:
    """Districts by name; several provinces may have one of the same name."""
    rows: dict[str, tuple[District, ...]] = {}
    columns = ("kind", "name", "province", "communes")
    for kind, name, province, communes in read_table("law/districts.tsv", columns):
        heirs = tuple(communes.split(";")) if communes else ()
        rows[name] = (*rows.get(name, ()), District(kind, name, province, heirs))
    return rows


@cache
def communes() -> dict[str, frozenset[str]]:
    """The kinds (p phường, x xã, đ đặc khu) of the communes of each name, all provinces."""
    kinds: dict[str, set[str]] = {}
    for _province, row in read_table("law/communes.tsv", ("province", "communes")):
        for each in row.split(";"):
            kinds.setdefault(each[2:], set()).add(each[0])
    return {name: frozenset(each) for name, each in kinds.items()}


def plain_kind(word: str) -> str:
    """The kind of a unit as the tables write it: TP. -> thành phố."""
    plain = re.sub(r"\s+", " ", word).lower()
    return "thành phố" if plain.startswith(("tp", "t.p")) else plain


def _flexible(name: str) -> str:
    head, *rest = (re.escape(word) for word in name.split(" "))
    if len(rest) and name[1].islower():
        head = f"[{name[0]}{name[0].lower()}]{head[1:]}"
    return r"\s+".join((head, *rest))
