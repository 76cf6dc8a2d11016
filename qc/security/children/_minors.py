"""Named minors: "em Nguyễn Văn A", "cháu Lan"; abbreviated names (N.V.A.) name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from qc.core.errors import Unavailable
from qc.core.lazy import regex
from qc.security.personal._surnames import is_person_name, is_surname

_LOWER = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
)
UPPER = _LOWER.upper()
_CAPITAL = f"[{UPPER}][{_LOWER}]+"
_MINOR = r"(?:[Ee]m|[Cc]háu|[Bb]é(?: trai| gái)?|[Hh]ọc sinh|HS|[Nn]ữ sinh|[Nn]am sinh|[Tt]hí sinh)"
# "chị em Lan", "đàn em Hai", "trẻ em Hà Nội", "(Bé Tư)" speak of no child.
_NOT_AFTER = "".join(
    rf"(?<!{word} )"
    for word in ("chị", "anh", "đàn", "trẻ", "vợ", "cậu", "dì", "chú", "bác", "ông", "bà", "tự")
)
_NAMED = regex(
    rf"\b(?<!\(){_NOT_AFTER}{_MINOR} (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,4}})(?![\w.]?\w)"
)
_AGED = regex(
    rf"(?P<name>(?<!Em )(?<!Cháu )(?<!Bé ){_CAPITAL}(?: {_CAPITAL}){{1,4}}),? "
    r"\(?(?:(?:[3-9]|1[0-7]) tuổi|(?:HS|học sinh),? lớp|lớp (?:1[0-2]|[1-9]))"
)
# A text all in capitals, or with none, tells names by their surname only.
_ONE_CASE = regex(
    rf"\b(?:em|cháu|bé(?: trai| gái)?|học sinh|nữ sinh|nam sinh) (?P<name>"
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh)"
    rf" [{_LOWER}]+(?: [{_LOWER}]+)?)"
)
_CHILD = regex(
    r"\b(?:em|chau|be|hoc sinh|nu sinh|nam sinh|tre)\b|\blop (?:1[0-2]|[1-9])\b"
    r"|\b(?:[3-9]|1[0-7]) tuoi\b"
)
_TITLES = frozenset({"Em", "Cháu", "Bé", "Học", "Nữ", "Thí", "Ông", "Bà", "Cô", "Thầy"})
_PLACES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Sài Gòn", "Huế", "Hưng Yên"})
_NOT_NAMES = frozenset(
    {"Trường", "Lớp", "Việt", "Tiểu", "Trung", "Mầm", "Hồ", "Thành", "Bộ", "Sở", "Phòng"}
    | {"Thiếu", "Đội", "Ngoan", "Giỏi", "Khá", "Xuất", "Các", "Những", "Sinh", "Quốc", "Nhà"}
)
SENTENCE_END = regex(r"(?<=[.!?…])\s+|\n")


def mentions_child(plain: str) -> bool:
    """Whether a folded text speaks of a child at all."""
    return _CHILD.search(plain) is not None


def named_minors(sentence: str) -> Iterator[tuple[int, int]]:
    """Spans of names that the words beside them show to be a child's."""
    if sentence.isupper() or sentence.islower():
        for match in _ONE_CASE.finditer(sentence.lower()):
            yield match.span("name")
        return
    for pattern in (_NAMED, _AGED):
        for match in pattern.finditer(sentence):
            first = match["name"].split()[0]
            if first not in _NOT_NAMES | _TITLES and match["name"] not in _PLACES:
                yield match.span("name")


def people_in(sentence: str) -> Iterator[tuple[int, int]]:
    """Spans of full personal names by the NER model; asked only of sentences under suspicion.

    The model tags some full names as places; a proper noun that reads as a name counts unless a
    word for a place stands before it.
    """
    if not may_name(sentence):
        return
    position = 0
    before = ""
    for word, kind, _, tag in _tagger()(sentence):
        place = sentence.find(word, position)
        if place < 0:
            continue
        position = place + len(word)
        person = tag.endswith("PER") or (tag == "B-LOC" and before.lower() not in _PLACE_WORDS)
        if kind == "Np" and person and is_person_name(word):
            yield place, position
        before = word


_PAIR = regex(r"[^\W\d_]+(?= [^\W\d_])")
_JOINTS = "'’-"


def may_name(sentence: str) -> bool:
    """Whether a full name can stand here at all: a surname with a capital word behind it.

    The model takes a hundred times as long as everything else that reads the sentence.
    """
    if any(joint in sentence for joint in _JOINTS):
        return True
    return any(
        match[0][0].isupper() and sentence[match.end() + 1].isupper() and is_surname(match[0])
        for match in _PAIR.finditer(sentence)
    )


_PLACE_WORDS = frozenset(
    {"đường", "phố", "trường", "xã", "phường", "quận", "huyện", "tỉnh", "ở", "tại", "thôn", "ngõ"}
)


@cache
def _tagger() -> Any:
    try:
        from underthesea import ner
    except ImportError as error:
        raise Unavailable(
            "the name recogniser underthesea is not installed", remedy="pip install underthesea"
        ) from error
    return ner
