"""Which act of the table a citation means, and which one it probably should mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qc.core.law import Act, act_by_number, acts
from qc.core.lazy import regex
from qc.text.citations._citation import Citation, Form

AMENDS = regex(r"sửa\s+đổi|bổ\s+sung|hướng\s+dẫn|thi\s+hành|chi\s+tiết", re.IGNORECASE)


def known_act(citation: Citation) -> Act | None:
    """The act with the number of this citation, written right or mended beyond doubt."""
    return act_by_number(citation.key)


def acts_named(text: str) -> Iterator[tuple[int, int, Act]]:
    """Laws named by title and year: Luật Giáo dục năm 2005, Bộ luật Lao động 2012."""
    if "uật " not in text:
        return
    for match in _named_pattern().finditer(text):
        title, year = _plain(match["title"]), match["year"]
        for act in _laws():
            if _plain(act.title) == title and act.number.split("/")[1] == year:
                yield match.start(), match.end(), act


@cache
def _laws() -> tuple[Act, ...]:
    return tuple(act for act in acts().values() if act.kind in ("Luật", "Bộ luật"))


@cache
def _named_pattern() -> re.Pattern[str]:
    titles = sorted(sorted({act.title for act in _laws()}), key=len, reverse=True)
    escaped = "|".join(re.escape(title).replace(r"\ ", r"\s+") for title in titles)
    return regex(
        rf"(?<!\w)(?:Luật|Bộ luật)\s+(?P<title>(?i:{escaped}))\s*,?\s*\(?"
        r"(?:năm\s+)?(?P<year>\d{4})(?!\w)"
    )


def likely_acts(citation: Citation, before: str) -> Iterator[Act]:
    """Acts of the table whose title is cited with another number of nearly the same form.

    The same title in another year is an older or younger act and no mistake; so is the number
    of an act that amends this one.
    """
    if citation.form is not Form.LAW or AMENDS.search(before[-80:]):
        return
    title = _plain(citation.name or "")
    for act in acts().values():
        number, _, rest = act.number.partition("/")
        year, _, sign = rest.partition("/")
        if act.kind not in ("Luật", "Bộ luật") or not sign:
            continue
        same = (number == citation.number, year == str(citation.year), sign == _sign(citation))
        if title and _plain(act.title) == title:
            if sum(same) == 2 and _near(number, citation.number):
                yield act
        elif not title and same == (True, True, False):
            yield act


def _near(a: str, b: str) -> bool:
    """Same digits in another order, or one digit more, less or other."""
    if sorted(a) == sorted(b):
        return True
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _sign(citation: Citation) -> str:
    return f"{citation.type}{citation.term or ''}"


@cache
def _plain(title: str) -> str:
    return re.sub(r"[\s,]+", " ", title).strip().lower()
