"""The head of an office document: its title, and the fields written as "Tên: giá trị" lines.

A draft may begin with such lines, or with a table of two columns, names on the left; both end at
the first line that names no field. The title is the paragraph of style Title, else the first
heading of level 1, else the first bold or centred line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.core.record import dataclass, field
from qc.documents._legacy.convert import clipped
from qc.documents._names import article_field
from qc.documents._values import Raw, Value

if TYPE_CHECKING:
    from qc.documents._office import Line

NAMED = regex(r"\s*(?P<name>[^\W\d_][\w /.]{0,30}?)\s*[:：]\s*(?P<value>\S.*?)\s*\Z", re.S)
SAPO_STYLES = frozenset(("sapo", "tóm tắt", "subtitle", "lead", "chapeau"))
MOTTO = regex(r"(?i)cộng\s+h[oòõóỏọ]a?[àoa]?\s+xã hội chủ nghĩa|độc lập\s*[-–—]\s*tự do")
MAX_TITLE = 300
MAX_LINES = 60


@dataclass(slots=True)
class Head:
    """What the head gave: raw fields, found values, and the indexes of the lines it used up."""

    raw: dict[str, Raw] = field(default_factory=dict)
    found: dict[str, Value] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)

    @property
    def raw_fields(self) -> set[str]:
        """The canonical names of the raw fields."""
        return {article_field(name) or name for name in self.raw}


def read_head(lines: Sequence[Line]) -> Head:
    """Find the fields and the title at the head of a document."""
    head = Head()
    title = _styled_title(lines)
    _read_fields(lines, head, title)
    if "title" not in head.raw_fields:
        if title is None:
            title = _plain_title(lines, head)
        if title is not None:
            head.found["title"] = lines[title].value
            head.consumed.add(title)
    for index, line in enumerate(lines[:MAX_LINES]):
        free = line.in_body and index not in head.consumed and line.text.strip()
        if free and line.style in SAPO_STYLES:
            head.found["sapo"] = line.value
            head.consumed.add(index)
            break
    return head


def _styled_title(lines: Sequence[Line]) -> int | None:
    body = [i for i, line in enumerate(lines) if line.in_body and line.text.strip()]
    for wanted in ("title", "heading 1"):
        for index in body:
            line = lines[index]
            if line.style == wanted or (wanted == "heading 1" and line.level == 1):
                return index
    return None


def _read_fields(lines: Sequence[Line], head: Head, title: int | None) -> None:
    index = 0
    while index < min(len(lines), MAX_LINES):
        line = lines[index]
        if not line.text.strip() or index == title or line.place.part != "body":
            index += 1
            continue
        if line.place.table is not None:
            end = _read_table(lines, index, head)
            if end == index:
                return
            index = end
            continue
        match = NAMED.match(line.text)
        if match is None or article_field(match["name"]) is None or line.shown:
            return
        head.raw.setdefault(match["name"].strip(), _slice(line, *match.span("value")))
        head.consumed.add(index)
        index += 1


def _read_table(lines: Sequence[Line], start: int, head: Head) -> int:
    """Read a table of names and values; gives the index behind it, `start` if it is none."""
    table = lines[start].place.table
    end = start
    while end < len(lines) and lines[end].place.table == table:
        end += 1
    rows = list(_pairs(lines, start, end))
    if not rows or any(name is None for name, _ in rows):
        return start
    for name, value in rows:
        if name is not None and value is not None:
            head.raw.setdefault(lines[name].text.strip().rstrip(":："), lines[value].value)
    head.consumed.update(range(start, end))
    return end


def _pairs(lines: Sequence[Line], start: int, end: int) -> Iterator[tuple[int | None, int | None]]:
    """Rows as (line of a field's name, line of its value); (None, None) where it is no such row."""
    cells: dict[int, dict[int, list[int]]] = {}
    for index in range(start, end):
        place = lines[index].place
        if lines[index].text.strip():
            cells.setdefault(place.row or 0, {}).setdefault(place.column or 0, []).append(index)
    for row in cells.values():
        names = row.get(1, [])
        named = len(names) == 1 and article_field(lines[names[0]].text.rstrip(" :：")) is not None
        if not named or set(row) - {1, 2} or len(row.get(2, [])) > 1:
            yield None, None
            return
        yield names[0], row[2][0] if 2 in row else None


def _plain_title(lines: Sequence[Line], head: Head) -> int | None:
    """The first line that stands out; behind the motto of an official letter, if there is one."""
    for index, line in enumerate(lines[:MAX_LINES]):
        text = line.text.strip()
        if not text or index in head.consumed or not line.in_body:
            continue
        if MOTTO.search(unicodedata.normalize("NFC", text)):
            continue
        stands_out = line.level is None and (line.bold or line.centered)
        return index if stands_out and len(text) <= MAX_TITLE and not line.listed else None
    return None


def _slice(line: Line, start: int, end: int) -> Value:
    legacy = line.legacy and clipped(line.legacy, start, end)
    offsets: OffsetMap | None = None
    return Value(line.text[start:end], offsets, line.place, legacy)
