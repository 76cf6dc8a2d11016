"""Conversion of legacy text to Unicode, with the way back to what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from qc.core.article import Legacy
from qc.core.offsets import OffsetMap
from qc.core.record import dataclass, replace
from qc.documents._legacy.tables import tcvn3_table, viqr_table, viscii_table, vni_table

Segments = list[tuple[int, int, int, int]]
ENCODINGS = ("tcvn3", "vni", "viscii", "viqr")


@dataclass(frozen=True, slots=True)
class Written:
    """A stretch of text as written; `encoding` is None where it is Unicode.

    `capitals`: the font shows every letter as a capital (.VnTimeH). `font` told the encoding.
    """

    text: str
    encoding: str | None = None
    capitals: bool = False
    font: str | None = None


def convert(text: str, encoding: str) -> tuple[str, Segments]:
    """The Unicode text, and rows (start, end, source_start, source_end) that map it to `text`."""
    if encoding in ("tcvn3", "viscii"):
        table = tcvn3_table() if encoding == "tcvn3" else viscii_table()
        return text.translate(table), [(0, len(text), 0, len(text))] if text else []
    table_by_text = vni_table() if encoding == "vni" else viqr_table()
    pieces: list[str] = []
    rows: Segments = []
    length = position = 0
    for match in _pattern(encoding).finditer(text):
        start, end = match.span()
        if position < start:
            pieces.append(text[position:start])
            rows.append((length, length + start - position, position, start))
            length += start - position
        written = match[0]
        char = written[1:] if written.startswith("\\") else table_by_text[written]
        pieces.append(char)
        rows.append((length, length + len(char), start, end))
        length += len(char)
        position = end
    if position < len(text):
        pieces.append(text[position:])
        rows.append((length, length + len(text) - position, position, len(text)))
    return "".join(pieces), rows


def convert_stretches(stretches: Iterable[Written]) -> tuple[str, Legacy | None]:
    """The text of a block whose stretches may be legacy; None where none of them changed."""
    merged = _merge(stretches)
    texts: list[str] = []
    rows: Segments = []
    spans: list[tuple[int, int]] = []
    length = source = 0
    first: Written | None = None
    for each in merged:
        text, own = each.text, [(0, len(each.text), 0, len(each.text))]
        if each.encoding is not None:
            text, own = convert(each.text, each.encoding)
            text = text.upper() if each.capitals and len(text.upper()) == len(text) else text
        if text != each.text:
            first = first or each
            spans.append((length, length + len(text)))
        rows.extend((length + a, length + b, source + s, source + t) for a, b, s, t in own)
        texts.append(text)
        length += len(text)
        source += len(each.text)
    converted = "".join(texts)
    if first is None:
        return converted, None
    original = "".join(each.text for each in merged)
    offsets = OffsetMap.of(rows)
    return converted, Legacy(first.encoding or "", original, offsets, tuple(spans), first.font)


def clipped(legacy: Legacy, start: int, end: int) -> Legacy | None:
    """What was written for [start, end) of a converted text; None where nothing was converted."""
    spans = tuple(
        (max(a, start) - start, min(b, end) - start)
        for a, b in legacy.spans
        if a < end and start < b
    )
    if not spans:
        return None
    source = legacy.offsets.source(start, end) or (0, 0)
    inner = OffsetMap.shift(end - start, start).then(legacy.offsets)
    rows = [(a, b, s - source[0], t - source[0]) for a, b, s, t in inner.segments]
    return replace(
        legacy, text=legacy.text[slice(*source)], offsets=OffsetMap.of(rows), spans=spans
    )


def converted(legacy: Legacy, at: int) -> int:
    """The offset in the converted text that an offset in the written text has become."""
    for a, b, s, t in legacy.offsets.segments:
        if at < t:
            return a + at - s if b - a == t - s else a
    return legacy.offsets.segments[-1][1] if legacy.offsets.segments else 0


def _merge(stretches: Iterable[Written]) -> list[Written]:
    """Neighbours of one encoding become one: a letter and its mark may stand in two runs."""
    merged: list[Written] = []
    for each in stretches:
        last = merged[-1] if merged else None
        if last and (last.encoding, last.capitals) == (each.encoding, each.capitals):
            merged[-1] = Written(last.text + each.text, each.encoding, each.capitals, last.font)
        else:
            merged.append(each)
    return merged


@cache
def _pattern(encoding: str) -> re.Pattern[str]:
    if encoding == "vni":
        keys = sorted(vni_table(), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, keys)))
    keys = sorted(viqr_table(), key=len, reverse=True)
    keys = [key for key in keys if key.lower() != "dd"]
    written = "|".join(f"{re.escape(key)}{_behind(key)}" for key in keys)
    return re.compile(rf"\\[^\sa-zA-Z0-9]|(?<![a-zA-Z])dd|(?<![a-z])D[Dd]|{written}")


def _behind(key: str) -> str:
    """What must not follow a VIQR sequence: a full stop or question mark may end a sentence."""
    if key[-1] == ".":
        return r"(?!\s*\Z|\s+[A-Z\"“(\-–]|[\"”).])"
    if key[-1] == "?":
        return r"(?!\s*\Z|[\"”)])"
    return r"(?!\d)" if key[-1] == "(" else ""
