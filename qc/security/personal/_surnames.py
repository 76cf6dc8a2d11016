"""Vietnamese surnames, folded, and the shape of a personal name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from qc.core.lazy import regex
from qc.security.personal._fold import folded


def _words(text: str) -> list[str]:
    return text.split()


SURNAMES = frozenset(
    _words(
        "a an au bach ban bang bien bo bui ca cai cam cao chang chau che chu chung co cu  "
        "daidam dang dao dau deo diem diep dieu dinh do doan doi du duong duyen eban giang  "
        "giaph'mok h'wing ha han hang hau ho hoa hoang hua huynh kha khang khieu khong  "
        "khuatkhuc kieu kim kpa ksor la lai lam lang lau le lieu lo lu luan luc luong luu ly  "
        "mamac mai mang mau mong ngan nghi nghiem ngo ngu nguyen nham nhu nie ninh nong  "
        "ongpang phac pham phan phi pho phu phung phuong puih quach quan quang que ralan  "
        "rcomrmah ro sam siu son sung ta tan tang tat thach thai than thao thi thieu tho  "
        "thungtien tieu to ton tong tran tri trieu trinh truong tu ung uong van vang vi viem  "
        "vienvo vu vuong xa xuan y yen"
    )
)
_COMMON_WORDS = frozenset(
    {"a", "an", "ban", "o", "u", "y", "co", "tu", "phu", "bien", "doi", "que"}
)
# Words that fold to a surname but are none: Trường (Trương), Đường (Dương), Tổ (Tô) …
_LOOKALIKES = frozenset(
    _words("trường đường bản quận quán tổ tờ đội ban vụ lễ mẫu tổng phân công kế thông")
)
_SYLLABLE = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)?\Z")


def is_person_name(text: str, *, any_case: bool = False) -> bool:
    """Whether a text is a Vietnamese personal name: 2-6 capitalised syllables, surname first."""
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 60:
        return False
    if not any_case and not all(word[0].isupper() for word in words):
        return False
    if not is_surname(words[0]) or (len(words) == 2 and folded(words[0]) in _COMMON_WORDS):
        return False
    return all(_SYLLABLE.match(word) and len(word) <= 9 for word in words)


@lru_cache(maxsize=16_384)
def is_surname(word: str) -> bool:
    """Whether a word is a surname, or folds to one and is no common word."""
    if unicodedata.normalize("NFC", word).lower() in _LOOKALIKES:
        return False
    return folded(word) in SURNAMES
