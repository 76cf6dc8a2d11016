"""What a number must satisfy to be what it is said to be: prefixes, provinces, check digits.

Sources: the numbering plan after the change of 2018; citizen numbers: decree 137/2015 Art. 13
and circular 07/2016 of the Ministry of Public Security; tax check digit: weights
31, 29, 23, 19, 17, 13, 7, 5, 3.
"""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


_MOBILE = frozenset(
    _words(
        "032 033 034 035 036 037 038 039 052 055 056 058 059 070 076 077 078 079 081 082 083  "
        "084 085 086 087 088 089 090 091 092 093 094 096 097 098 099"
    )
)
_OLD_MOBILE = frozenset(
    _words(
        "0120 0121 0122 0123 0124 0125 0126 0127 0128 0129 0162 0163 0164 0165 0166 0167  "
        "0168 0169 0186 0188 0199"
    )
)
_PROVINCES = frozenset(
    _words(
        "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033  "
        "034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066  "
        "067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
    )
)
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_HEALTH_GROUPS = frozenset(
    _words(
        "dn hx ch nn tk hc xk ht tb no ct xb tn cs qn ca cy xn ms cc ck cb kc hd te bt hn dt  "
        "dk xd ts tc tq ta ty hg ls pv cn hs sv gb gd nd tg tv td tu th xv kt dq lt pt"
    )
)
CHILD_GROUPS = frozenset({"te", "hs"})
NEWEST_BIRTH = 2030


def is_mobile(digits: str) -> bool:
    """A mobile number in national form: 0 and nine digits with a prefix in use."""
    return len(digits) == 10 and digits[:3] in _MOBILE


def is_old_mobile(digits: str) -> bool:
    """An eleven-digit mobile number of before September 2018."""
    return len(digits) == 11 and digits[:4] in _OLD_MOBILE


def is_landline(digits: str) -> bool:
    """A landline in national form: 02, area, subscriber; eleven digits (ten before 2017)."""
    return len(digits) in {10, 11} and digits.startswith("02")


def birth_year(citizen: str) -> int | None:
    """Year of birth told by a citizen number, or None where the digits cannot be right."""
    if len(citizen) != 12 or citizen[3] not in "0123":
        return None
    year = 1900 + 100 * (int(citizen[3]) // 2) + int(citizen[4:6])
    return year if year <= NEWEST_BIRTH else None


def is_citizen_number(digits: str) -> bool:
    """Twelve digits whose place of registration, century and year are possible."""
    return digits[:3] in _PROVINCES and birth_year(digits) is not None


def is_tax_code(digits: str) -> bool:
    """Ten digits (or thirteen, with a branch) whose check digit is right."""
    if len(digits) not in {10, 13} or len(set(digits)) == 1:
        return False
    total = sum(w * int(d) for w, d in zip(_TAX_WEIGHTS, digits[:9], strict=True))
    return 10 - total % 11 == int(digits[9])


def is_health_card(text: str) -> bool:
    """Fifteen characters of a health insurance card: group, benefit level, place, number."""
    return len(text) == 15 and text[:2] in _HEALTH_GROUPS and text[2] in "12345"


def is_bank_card(digits: str) -> bool:
    """A payment card: 13-19 digits with a right Luhn check digit, or a domestic 9704 card."""
    if digits.startswith("9704") and len(digits) in {16, 19}:
        return True
    if not 13 <= len(digits) <= 19 or digits[0] not in "3456":
        return False
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
