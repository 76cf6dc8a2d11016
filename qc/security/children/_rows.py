"""One line of a list of pupils: the name in it, and what else it tells about that person."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security.personal._fold import folded
from qc.security.personal._surnames import is_person_name, is_surname


class Trait(StrEnum):
    """What a row tells about a pupil."""

    BIRTH = "birth"
    PHONE = "phone"
    IDENTITY = "identity"
    ADDRESS = "address"
    HEALTH = "health"
    HARDSHIP = "hardship"
    CLASS = "class"
    RESULT = "result"


PRIVATE = frozenset(
    {
        Trait.BIRTH,
        Trait.PHONE,
        Trait.IDENTITY,
        Trait.ADDRESS,
        Trait.HEALTH,
        Trait.HARDSHIP,
    }
)
LONGEST_ROW = 400  # characters
_DATE = regex(r"(?<![\d/.\-])\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?((?:19|20)\d\d)(?![\d/])")
_PHONE = regex(r"(?<!\d)(?:\+84|0)[ .\-]?[35789](?:[ .\-]?\d){8}(?!\d)")
_IDENTITY = regex(r"(?<!\d)(?:0\d{11}|\d{9})(?!\d)|\b[a-z]{2}\d{13}\b")
_HARDSHIP = regex(
    r"ho ngheo|can ngheo|\bngheo\b|mo coi|hoan canh kho khan|kho khan|bao tro|khong noi nuong tua"
    r"|cha mat|me mat|bo mat|bo me ly hon|con liet si|con thuong binh"
)
_HEALTH = regex(
    r"khuyet tat|tu ky|\bbenh\b|ung thu|suy dinh duong|beo phi|thua can|can thi|hen suyen|tim bam"
    r"|di ung|cham phat trien|tang dong|bai nao|khiem thi|khiem thinh|\bhiv\b|tam than"
)
_HOME = regex(
    r"\b(?:thon|xom|ap|khom|buon|to dan pho|khu pho|so nha|ngo|ngach) [\w ]{1,24}, ?"
    r"(?:xa|phuong|thi tran|tt|pho|duong|p\.)|\bdia chi\b"
)
_CLASS = regex(
    r"\b(?:lop|khoi) ?(?:1[0-2]|[1-9])(?: ?[a-z]\d{0,2})?\b|(?<![\w/.,])(?:1[0-2]"
    r"|[1-9]) ?[a-eghik]\d{0,2}(?![\w])"
    r"|\b(?:1[0-2]|[6-9])/\d{1,2}\b(?!/)|\b(?:mam|choi|la|nha tre) \d\b|\b[1-5]\.\d{1,2}(?= *$)"
)
_RESULT = regex(
    r"\bgiai (?:nhat|nhi|ba|khuyen khich|kk|dac biet|a|b|c)\b|\bhuy chuong\b|\bhcv\b|\bhcb\b"
    r"|\bhcd\b"
    r"|\b(?:gioi|kha|xuat sac|trung binh|yeu|dat|khong dat|tot)\b|\b(?:10|[0-9])[.,]\d{1,2}\b"
    r"|\bdiem\b|\btrung tuyen\b|\bdo\b|\btruot\b|\bnhat\b|\bnhi\b|\bkhuyen khich\b"
)
_UNSEEN = regex("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LEAD = regex(r"[ \t]*(?:(?:\d{1,4}|[-•*+–])[.):\s|,;]{1,3})?\s*(?:(?:Em|Cháu|Bé|Học sinh|HS)\s+)?")
_NUMBER_AND_TITLE = regex(r"^(?:\d{1,4}[.)]?\s+)?(?:Em|Cháu|Bé)?\s*")
_NAME = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)?(?: [^\W\d_]+(?:['’-][^\W\d_]+)?){1,5}")
_HEADS: tuple[tuple[Trait, re.Pattern[str]], ...] = (
    (Trait.BIRTH, regex(r"\bsinh\b(?! hoat| vien)|\bdob\b|nam sinh|ngay sinh")),
    (Trait.PHONE, regex(r"dien thoai|\bsdt\b|\bdt\b|lien lac|lien he|zalo|\btel\b")),
    (Trait.IDENTITY, regex(r"cccd|dinh danh|cmnd|can cuoc|bhyt|\bso the\b")),
    (
        Trait.ADDRESS,
        regex(r"dia chi|cho o|noi o|thuong tru|tam tru|ho khau|\bthon\b|que quan"),
    ),
    (Trait.HEALTH, regex(r"suc khoe|khuyet tat|benh|the trang|chieu cao|can nang|the luc")),
    (Trait.HARDSHIP, regex(r"hoan canh|ho ngheo|dien chinh sach|doi tuong|che do|mien giam")),
    (Trait.CLASS, regex(r"^(?:lop|khoi|lop hoc|khoi lop)$|\blop\b")),
    (
        Trait.RESULT,
        regex(r"diem|ket qua|xep loai|giai|hoc luc|danh hieu|hanh kiem|thanh tich"),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line with a personal name. `birth_year` is None where no date is given."""

    start: int
    end: int
    traits: frozenset[Trait]
    birth_year: int | None = None


def head_traits(cells: list[str]) -> tuple[Trait | None, ...]:
    """What each column of a table head stands for."""
    return tuple(_head_trait(folded(cell).strip()) for cell in cells)


def split_cells(line: str) -> list[str]:
    """The cells of a line, by the first separator that splits it; one cell where none does."""
    for separator in ("\t", "|", ";", ","):
        if separator in line:
            return [cell.strip() for cell in line.split(separator)]
    return [line.strip()]


def has_name(line: str) -> bool:
    """Whether a line can be a row: it is short, and a personal name stands at a place for one."""
    if len(line) > LONGEST_ROW:
        return False
    line = _plain(line)
    return _without_name(line, split_cells(line)) is not None


def _plain(line: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", line))


def read_row(line: str, start: int, head: tuple[Trait | None, ...]) -> Row | None:
    """The line as a row of a list of persons, or None where it holds no personal name."""
    if len(line) > LONGEST_ROW:
        return None
    length = len(line)
    line = _plain(line)
    cells = split_cells(line)
    rest = _without_name(line, cells)
    if rest is None:
        return None
    text = folded(rest)
    years = [int(year) for year in _DATE.findall(text)]
    traits = set(_traits(text))
    birth = years[0] if years else None
    if len(head) in (len(cells), len(cells) + 1, len(cells) - 1):
        for trait, cell in zip(head, cells, strict=False):
            if trait is None or not cell or cell in "-–.0":
                continue
            if trait is Trait.BIRTH and (match := re.fullmatch(r"\D*((?:19|20)\d\d)", cell)):
                birth = int(match[1])
            if trait in {Trait.BIRTH, Trait.PHONE, Trait.IDENTITY} and not any(
                map(str.isdigit, cell)
            ):
                continue
            if trait is not Trait.BIRTH or birth is not None:
                traits.add(trait)
    return Row(start, start + length, frozenset(traits), birth)


def _head_trait(cell: str) -> Trait | None:
    if len(cell) > 45:
        return None
    return next((trait for trait, pattern in _HEADS if pattern.search(cell)), None)


def _without_name(line: str, cells: list[str]) -> str | None:
    """The line without the personal name in it; None where there is none."""
    if len(cells) > 1:
        any_case = line.islower()
        for index, cell in enumerate(cells[:5]):
            pair = f"{cell} {cells[index + 1]}" if index + 1 < len(cells) else cell
            for name, width in ((cell, 1), (pair, 2)):
                if not (any_case or _ends_in_capital(name)):
                    continue
                bare = _NUMBER_AND_TITLE.sub("", name)
                if is_person_name(bare, any_case=any_case):
                    return " | ".join([*cells[:index], *cells[index + width :]])
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    words = _NAME.match(line, start)
    if words is None:
        return None
    parts = words[0].split(" ")
    if not is_surname(parts[0]):
        return None
    for count in range(len(parts), 1, -1):
        name = " ".join(parts[:count])
        if is_person_name(name, any_case=line.islower()):
            rest = line[start + len(name) :]
            if name.isupper() and not start and not rest.strip():
                return None  # a heading in capitals
            return rest if not rest or not rest[0].isalnum() else None
    return None


def _ends_in_capital(text: str) -> bool:
    """Whether the last word begins with a capital, as that of a name does."""
    words = text.rsplit(None, 1)
    return bool(words) and words[-1][0].isupper()


def _traits(text: str) -> list[Trait]:
    found: list[Trait] = []
    for trait, pattern in (
        (Trait.PHONE, _PHONE),
        (Trait.IDENTITY, _IDENTITY),
        (Trait.ADDRESS, _HOME),
        (Trait.HARDSHIP, _HARDSHIP),
        (Trait.HEALTH, _HEALTH),
        (Trait.CLASS, _CLASS),
        (Trait.RESULT, _RESULT),
    ):
        if pattern.search(text):
            found.append(trait)
    return found


def hardship_of(heading: str) -> Trait | None:
    """Whether a heading says that the persons below are poor, orphaned or ill."""
    text = folded(heading)
    if _HARDSHIP.search(text):
        return Trait.HARDSHIP
    return Trait.HEALTH if _HEALTH.search(text) else None
