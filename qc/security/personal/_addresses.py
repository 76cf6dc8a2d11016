"""Home addresses: a cue that speaks of a home, then units down to the house, lane or hamlet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.security.personal._context import Context
from qc.security.personal._hits import Hit, Kind

_CUE_WORDS = (
    r"nha rieng|\btru tai|\btru o|thuong tru|tam tru|\bcho o\b|\bnoi o\b|ho khau|\bngu tai"
    r"|\bngu o\b|\bngu (?=so|ap|thon"
    r"|to|xom)|hien o|hien dang o|sinh song tai|\bo tai\b|\bo so\b(?= nha)|dia chi(?: lien he)?"
)
_CUE_AT = r"\bo (?=(?:so nha|sn|xom|thon|ap|to|ngo|khu pho|so) \w|\d+/\d)"
_CUE_HOUSE = r"\bnha (?:em|chau|co|thay|ong|ba|anh|chi|ban)\b[^.\n]{0,40}?\bo\b|dc:"
_CUE = regex(f"{_CUE_WORDS}|{_CUE_AT}|{_CUE_HOUSE}")
_SEEN = (regex(_CUE_WORDS), regex(r"o " + _CUE_AT[4:]), regex(_CUE_HOUSE))  # quick to miss
_UNIT = (
    r"(?:so nha|sn|so(?= \d)|ngo|ngach|hem|kiet|duong|pho|to dan pho|tdp|to|khu pho|khu|xom|thon|ap"
    r"|ban|lang|doi|xa|phuong|p\.|thi tran|tt\.?|quan|q\.|huyen|h\.|thi xa|tx\.?|thanh pho"
    r"|tp\.?|tinh|khom|buon|cum|can ho"
    r"|chung cu|toa nha|toa|lo|nha so|k\d+|\d+[a-z]?(?:/\d+[a-z]?)*)"
)
_SEGMENT = regex(
    rf"\s?{_UNIT}(?![a-z])(?:(?! roi | cung | den | vao | khi | luc "
    rf"| chuyen )[^,;.\n()\-]){{0,48}}|\s?(?:tp|tx|tt|p|q|h)\.[^,;.\n()]{{1,30}}"
)
_PLACE = regex(r"\s?[a-z]+(?: [a-z]+){1,3}(?=[.,;\n)]|$)")
_DETAIL = regex(
    r"\b(?:so nha|sn|so \d|nha so|ngo|ngach|hem|kiet|thon|xom|ap|to|khom|buon|ban|can ho"
    r"|khu pho|tdp)\b"
    r"|^\s?\d+[a-z]?(?:/\d+)*"
)
_LEAD = regex(r"(?:[^,;.\n:]{0,50}:)?\s{0,2}(?:o |tai |la )?\s?")
_FORM = regex(
    r"\bphu huynh em|\bhoc sinh\b ?:|\bho (?:va )?ten\b|nguoi nhan|kinh gui|\bcon (?:ong|ba)\b"
)
_SPOKEN = regex(r"\b(?:lien he|nop|gui|ve|to chuc|dien ra|phong|truong|cong ty|co quan|tru so)\b")


_ACCENTED = {
    "to": "tổ", "pho": "phố", "ap": "ấp", "lang": "làng", "ban": "bản", "doi": "đội", "xa": "xã",
    "ngo": "ngõ", "duong": "đường", "phuong": "phường", "quan": "quận", "thon": "thôn",
    "xom": "xóm", "toa": "tòa toà", "cum": "cụm", "lo": "lô", "hem": "hẻm", "kiet": "kiệt",
    "khom": "khóm", "buon": "buôn", "tinh": "tỉnh", "huyen": "huyện", "so": "số", "nha": "nhà",
    "can": "căn", "chung": "chung", "khu": "khu",
}  # fmt: skip


def find_addresses(context: Context) -> Iterator[Hit]:
    """Home addresses that go below the commune."""
    end_of_last = 0
    for cue in _cues(context):
        if cue.start() < end_of_last:
            continue
        span = _read(context, cue)
        if span is None:
            continue
        value = context.text[span[0] : span[1]]
        end_of_last = span[1]
        yield Hit(*span, Kind.ADDRESS, value)


def _cues(context: Context) -> Iterator[re.Match[str]]:
    """Cues of all lines; none reaches over the end of a line."""
    text = context.text
    if not any(pattern.search(text) for pattern in _SEEN):
        return
    for line in context.lines:
        piece = text[line.start : line.end]
        if any(pattern.search(piece) for pattern in _SEEN):
            yield from _CUE.finditer(text, line.start, line.end)


def _read(context: Context, cue: re.Match[str]) -> tuple[int, int] | None:
    line_end = context.line(cue.start()).end
    lead = _LEAD.match(context.text, cue.end(), line_end)
    assert lead is not None  # the pattern matches the empty text
    start = lead.end()
    first = _SEGMENT.match(context.text, start, line_end)
    if first is None or not _private(context, cue, start):
        return None
    if not (_says_at(context, cue) and _is_unit(context, first)):
        return None
    end = first.end()
    segments = 1
    while end < line_end and context.text[end] in ",-" and segments < 8:
        more = _SEGMENT.match(context.text, end + 1, line_end)
        if more is None and segments > 1:
            place = _PLACE.match(context.text, end + 1, line_end)
            more = place if place and _is_name(context, *place.span()) else None
        if more is None:
            break
        end, segments = more.end(), segments + 1
    text = context.text[start:end]
    if cue[0] == "o " and segments < 2:
        return None
    if not _DETAIL.search(text):
        return None
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _private(context: Context, cue: re.Match[str], start: int) -> bool:
    between = context.text[cue.start() : start]
    if cue[0].startswith(("dia chi", "dc")):
        before = context.before(cue.start(), 80) + between
        if _SPOKEN.search(between):
            return False
        in_form = _FORM.search(context.before(cue.start(), 90)) is not None
        return (in_form and context.text[cue.start() - 1 : cue.start()] in "\n") or (
            not _SPOKEN.search(before) and context.of_person(start, start)
        )
    if cue[0] == "o ":
        return context.of_person(cue.start(), start)
    return _SPOKEN.search(between) is None


def _says_at(context: Context, cue: re.Match[str]) -> bool:
    """ "ở", not "ô" (ô tô) or "ổ": the folded view does not tell them apart."""
    if not cue[0].rstrip().endswith(" o") and cue[0] != "o ":
        return True
    end = cue.start() + len(cue[0].rstrip())
    word = unicodedata.normalize("NFC", context.view.slice(end - 1, end)).lower()
    return word in {"ở", "o"}


def _is_unit(context: Context, segment: re.Match[str]) -> bool:
    """Whether the first word is the unit in its accented form: "tổ", not "tô" or "tờ"."""
    begin = segment.start() + len(segment[0]) - len(segment[0].lstrip())
    word = re.match(r"[a-z]+", context.text[begin : segment.end()])
    if word is None or word[0] not in _ACCENTED:
        return True
    source = context.view.slice(begin, begin + len(word[0]))
    source = unicodedata.normalize("NFC", source).lower()
    return source.isascii() or source in _ACCENTED[word[0]].split()


def _is_name(context: Context, start: int, end: int) -> bool:
    """A place name: every word begins with a capital."""
    words = context.view.slice(start, end).split()
    return bool(words) and all(word[:1].isupper() for word in words)
