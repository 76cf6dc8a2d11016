"""A hit: one span of personal data, what it is, and how sure we are."""

from __future__ import annotations

from enum import StrEnum

from qc.core.record import dataclass


class Kind(StrEnum):
    """The kinds of personal data that are recognised."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    CCCD = "CCCD"
    CMND = "CMND"
    PASSPORT = "PASSPORT"
    BHYT = "BHYT"
    BHXH = "BHXH"
    TAX_CODE = "TAX_CODE"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    BANK_CARD = "BANK_CARD"
    PLATE = "PLATE"
    ADDRESS = "ADDRESS"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    STUDENT_CODE = "STUDENT_CODE"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A span of the text; `value` is its normal form (digits, lower case), never shown whole.

    `cued` tells that a word of the text says what it is.
    """

    start: int
    end: int
    kind: Kind
    value: str
    cued: bool = True
