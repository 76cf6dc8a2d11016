"""What stands around a number: the cue before it, the head of its column, the person it is of."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.security.personal._cues import WINDOW, header_cue, may_be_birth, nearest_cue
from qc.security.personal._figures import Figures
from qc.security.personal._fold import Folded, fold
from qc.security.personal._surnames import SURNAMES

_LETTER = regex(r"[a-z]{2}")
_TAG = regex(r"</?[a-z!][^<>]{0,2000}>")
_URL = regex(r"(?:https?://|\bwww\.)(?!zalo\.me)[^\s<>\"']+")
_FILE_END = regex(r"\.(?:png|jpe?g|gif|webp|bmp|pdf|docx?|xlsx?|pptx?|mp[34]|zip|rar)\b")
_NAME_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789_-"
_CELL_TAG = regex(r"</t[dh]")
_ROW_TAG = regex(r"</?(?:tr|p|br|li|div|h\d|table)\b")
_LONG_NUMBER = regex(r"\d(?:[ .\-]?\d){5}")
_STOPS = (".", "!", "?", ":")
_SEPARATORS = ("\t", "|", ";", ",")
_PUPIL = regex(r"\b(?:em|chau|be|hoc sinh|hs|thi sinh|nu sinh|nam sinh) (?=[a-z])")
_PERSON = regex(
    r"\b(?:ong|ba|co|thay|anh|chi|em|chau|be|bac|chu|di|gia dinh|phu huynh|ca nhan|rieng|me|bo|cha"
    r"|hoc sinh|chu tk|chu tai khoan|tncn)\b"
)
_ACCENTED = {
    "ong": "ông", "ba": "bà", "co": "cô", "thay": "thầy", "chi": "chị", "chau": "cháu",
    "be": "bé", "bac": "bác", "chu": "chú", "di": "dì", "me": "mẹ", "bo": "bố",
}  # fmt: skip
_OFFICE = regex(
    r"\b(?:truong|phong(?! tro)|van phong|vp|so (?:gd|giao duc|y te|noi vu|tai chinh|tu phap)|ubnd"
    r"|uy ban|cong ty|cty|doanh nghiep|co quan|don vi|trung tam|kbnn|kho bac|quy|hoi|mttq|mat tran"
    r"|tong dai|benh vien|tram y te|cong an|nha xuat ban|nxb|ban dai dien|ban giam hieu|bgh|bo phan"
    r"|to chuc|chi cuc|cuc|vien|hop tac xa|htx|ngan sach)\b"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `cues` are the column cues that a table head above gives it."""

    start: int
    end: int
    separator: str = ""
    cues: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The folded text with tags and addresses blanked (same length), and its lines."""

    view: Folded
    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    figures: Figures
    known: dict[int, str | None] = field(default_factory=dict, repr=False)

    def line(self, position: int) -> Line:
        """The line that a position stands in."""
        return self.lines[bisect_right(self.starts, position) - 1]

    def before(self, start: int, width: int = WINDOW) -> str:
        """What stands before `start` on its line; the line above where nothing does."""
        begin = self.line(start).start
        lead = self.text[max(begin, start - width) : start]
        if lead.strip(" :-*.\t") or not begin:
            return lead
        above = self.line(begin - 1)
        if above.separator:
            return lead
        return self.text[max(above.start, start - width) : start]

    def after(self, end: int, width: int = WINDOW) -> str:
        """What stands behind `end` on its line."""
        return self.text[end : min(self.line(end).end, end + width)]

    def cue(self, start: int) -> str | None:
        """The cue that says what the number at `start` is: its column's head, or nearby words."""
        if start not in self.known:
            self.known[start] = self._cue(start)
        return self.known[start]

    def _cue(self, start: int) -> str | None:
        line = self.line(start)
        if line.cues:
            column = self.text.count(line.separator, line.start, start)
            if column < len(line.cues) and line.cues[column] is not None:
                return line.cues[column]
        window = self.before(start)
        return nearest_cue(window) if _LETTER.search(window) else None

    def is_birth(self, start: int) -> bool:
        """Whether `cue` says date of birth; most dates stand behind no word that could."""
        if not self.line(start).cues and not may_be_birth(self.before(start)):
            return False
        return self.cue(start) == "DATE_OF_BIRTH"

    def of_pupil(self, start: int, end: int) -> bool:
        """Whether the person named nearest to the span is a pupil: "em Lê Văn Bình"."""
        begin = start - len(self.before(start, 110))
        if self._persons(begin, start):
            return self._names_pupil(begin, start)
        return self._names_pupil(end, end + len(self.after(end, 40)))

    def of_office(self, start: int, end: int) -> bool:
        """Whether the nearest owner named beside the span is an office, not a person."""
        begin = self._sentence(start, 90)
        offices = [match.end() for match in _OFFICE.finditer(self.text, begin, start)]
        persons = [match.end() for match in self._persons(begin, start)]
        if offices or persons:
            return max(offices, default=-1) > max(persons, default=-1)
        stop = end + len(self.after(end, 50))
        office = _OFFICE.search(self.text, end, stop)
        first = next(iter(self._persons(end, stop)), None)
        return bool(office and (first is None or office.start() < first.start()))

    def of_person(self, start: int, end: int) -> bool:
        """Whether a person is named beside the span, nearer than any office."""
        begin = self._sentence(start, 90)
        stop = end + len(self.after(end, 40))
        return bool(self._persons(begin, stop)) and not self.of_office(start, end)

    def _sentence(self, start: int, width: int) -> int:
        """Where the sentence that leads up to `start` begins, at most `width` before."""
        before = self.before(start, width)
        last = max(before.rfind(mark) for mark in (". ", "! ", "? "))
        return start - len(before) + (last + 2 if last >= 0 else 0)

    def _names_pupil(self, start: int, end: int) -> bool:
        persons = self._persons(start, end)
        for match in _PUPIL.finditer(self.text, start, end):
            later = any(person.start() >= match.end() for person in persons)
            if not later and self._is_name(match.end(), start, end):
                return True
        return False

    def _is_name(self, position: int, start: int, end: int) -> bool:
        """Whether a name begins here: a capital; in a text without any, a surname."""
        if self.view.slice(position, position + 1).isupper():
            return True
        word = re.match(r"[a-z]+", self.text[position : position + 12])
        return word is not None and word[0] in SURNAMES and self.view.slice(start, end).islower()

    def _persons(self, start: int, end: int) -> list[re.Match[str]]:
        """Words for a person; the folded view does not tell "cô" from "có", so look back."""
        found: list[re.Match[str]] = []
        for match in _PERSON.finditer(self.text, start, end):
            accented = _ACCENTED.get(match[0])
            if accented is not None:
                source = self.view.slice(*match.span())
                if unicodedata.normalize("NFC", source).lower() != accented and not (
                    source.isascii() and self.view.slice(start, end).isascii()
                ):
                    continue
            found.append(match)
        return found


def context(text: str, view: Folded | None = None) -> Context:
    """Prepare a text; linear in its length. `view` is its folded view where that is there."""
    view = view or fold(text)
    plain = _blank(view.text)
    lines = tuple(_lines(plain))
    return Context(view, plain, lines, tuple(line.start for line in lines), Figures(plain))


def _blank(text: str) -> str:
    if "<" in text:
        text = _TAG.sub(_blank_tag, text)
    if "http" in text or "www." in text:
        text = _URL.sub(lambda match: " " * len(match[0]), text)
    pieces: list[str] = []
    done = 0
    for match in _FILE_END.finditer(text):
        stem = text[max(done, match.start() - 120) : match.start()]
        begin = match.start() - (len(stem) - len(stem.rstrip(_NAME_CHARS)))
        pieces += [text[done:begin], " " * (match.end() - begin)]
        done = match.end()
    return "".join(pieces) + text[done:] if done else text


def _blank_tag(match: re.Match[str]) -> str:
    tag = match[0]
    mark = "\t" if _CELL_TAG.match(tag) else "\n" if _ROW_TAG.match(tag) else " "
    return mark + " " * (len(tag) - 1)


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    head: Line | None = None
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        content = text[start:end]
        if content.strip() or not lines:
            head = _head(content, start, end) or (head if _fits(content, head) else None)
            is_head = head is not None and head.start == start
            kept = head.cues if head and not is_head else ()
            lines.append(Line(start, end, head.separator if head else "", kept))
        else:
            lines.append(Line(start, end))
        start = end + 1
    return lines


def _head(content: str, start: int, end: int) -> Line | None:
    """The line as a table head, where it is one: short cells, cue words, no long number.

    A sentence with commas is none, whatever its words: it would hide what the next line says.
    """
    if len(content) > 400 or content.rstrip().endswith(_STOPS) or _LONG_NUMBER.search(content):
        return None
    for separator in _SEPARATORS:
        cells = content.split(separator)
        if len(cells) < 2:
            continue
        if max(map(len, cells)) > 45:
            return None
        cues = tuple(header_cue(cell) for cell in cells)
        return Line(start, end, separator, cues) if any(cues) else None
    return None


def _fits(content: str, head: Line | None) -> bool:
    if head is None or head.separator not in content:
        return False
    return abs(content.count(head.separator) + 1 - len(head.cues)) <= 1
