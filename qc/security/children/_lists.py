"""Lists of pupils in a running text: rows of names with birth dates, telephones, results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qc.core.article import Article
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security._prose import prose_of
from qc.security.children._rows import (
    PRIVATE,
    Row,
    Trait,
    hardship_of,
    has_name,
    head_traits,
    read_row,
    split_cells,
)
from qc.security.personal._fold import folded

LEAST_ROWS = 5
OLDEST_PUPIL = 19
_PUPILS = regex(
    r"\bhoc sinh\b|\bhs\b|\blop (?:1[0-2]|[1-9])|\bthi sinh\b|\btre\b|\bchau\b|\bbe\b|mam non"
    r"|mau giao"
    r"|trung tuyen|tuyen sinh|du tuyen|\bem\b|hoc ba|\blop\b|tieu hoc|\bthcs\b|\bthpt\b|nhi dong"
    r"|thieu nhi|doi vien|ban tru|phu huynh|\bphhs\b"
)
_ADULTS = regex(
    r"giao vien|\bgv\b|can bo|vien chuc|nhan vien|hieu truong|to truong|dang vien|cong chuc"
    r"|phu trach"
    r"|chuc vu|chuc danh|trinh do|thay co|giam khao|giam thi|ban to chuc|uy vien"
    r"|thanh vien ban|hoi dong"
    r"|truc ban|lich truc|lich truc|chu tich|bi thu|ban chi dao|chuyen mon|don vi cong tac|nha van"
    r"|tac gia|liet si|anh hung|cong tac|dai bieu|ung vien|bao cao vien|tap huan|tuyen dung|vien$"
)


@dataclass(frozen=True, slots=True)
class PupilList:
    """A list of pupils: its span in the running text, its rows, and what most rows tell."""

    start: int
    end: int
    rows: int
    traits: frozenset[Trait]

    @property
    def private(self) -> frozenset[Trait]:
        """The traits that make the list private data that must not be shown."""
        return self.traits & PRIVATE


def lists_of(article: Article) -> tuple[PupilList, ...]:
    """The lists of pupils in an article, found once."""
    text = prose_of(article).text
    return article.memo("pupil-lists", lambda: tuple(find_lists(text, article.date.year)))


def find_lists(text: str, year: int) -> Iterator[PupilList]:
    """Lists of at least five pupils; `year` is the year in which ages are counted."""
    if not _may_hold_list(text):
        return
    lead: list[str] = []
    head: tuple[Trait | None, ...] = ()
    head_line = ""
    rows: list[Row] = []
    gaps = 0
    for start, line in _lines(text):
        row = read_row(line, start, head)
        if row is not None:
            rows.append(row)
            gaps = 0
            continue
        cells = split_cells(line)
        traits = head_traits(cells) if len(cells) > 1 else ()
        if rows:
            gaps += 1
            if gaps <= 1 and not any(traits):
                continue
            yield from _judge(rows, [*lead, head_line], year)
            rows, lead, head, head_line, gaps = [], [], (), "", 0
        if any(traits):
            head, head_line = traits, line
        lead = [*lead[-2:], line[:300]]
    yield from _judge(rows, [*lead, head_line], year)


def _may_hold_list(text: str) -> bool:
    """Whether enough lines can be rows: a name stands in them."""
    lines = [line for _, line in _lines(text)]
    named = 0
    for left, line in zip(range(len(lines), 0, -1), lines, strict=True):
        if named + left < LEAST_ROWS:
            return False
        named += has_name(line)
        if named == LEAST_ROWS:
            return True
    return False


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _judge(rows: list[Row], lead: list[str], year: int) -> Iterator[PupilList]:
    if len(rows) < LEAST_ROWS:
        return
    counts = Counter(trait for row in rows for trait in row.traits)
    births = sorted(row.birth_year for row in rows if row.birth_year is not None)
    heading = " \n".join(lead)
    if not _are_pupils(heading, counts, births, year, len(rows)):
        return
    traits = {trait for trait, count in counts.items() if count >= LEAST_ROWS}
    if _are_births(births, heading, year):
        traits.add(Trait.BIRTH)
    else:
        traits.discard(Trait.BIRTH)
    told = hardship_of(heading)
    if told is not None:
        traits.add(told)
    if traits:
        yield PupilList(rows[0].start, rows[-1].end, len(rows), frozenset(traits))


def _are_births(births: list[int], heading: str, year: int) -> bool:
    if len(births) < LEAST_ROWS:
        return False
    if re.search(r"\bsinh\b|\bdob\b", folded(heading)):
        return True
    return births[len(births) // 2] <= year - 2


def _are_pupils(
    heading: str, counts: Counter[Trait], births: list[int], year: int, rows: int
) -> bool:
    text = folded(heading)
    adults = [match.start() for match in _ADULTS.finditer(text)]
    pupils = [match.start() for match in _PUPILS.finditer(text)]
    if len(births) >= LEAST_ROWS and _are_births(births, heading, year):
        age = year - births[len(births) // 2]
        if age <= OLDEST_PUPIL:
            return True
        return bool(pupils) and not adults and age < 40
    if counts[Trait.CLASS] * 2 >= rows and not adults:
        return True
    return bool(pupils) and not adults
