"""What a spelling mistake is: its place, what was meant, what sort it is, how sure."""

from __future__ import annotations

from enum import StrEnum

from qc.core.record import dataclass


class Kind(StrEnum):
    """What sort of mistake was found; each becomes a rule."""

    LEGACY = "legacy"
    LEFTOVER = "leftover"
    MISPLACED = "misplaced"
    BROKEN = "broken"
    JOINED = "joined"
    CONFUSION = "confusion"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Mistake:
    """Span in the NFC text, what is written there, what was probably meant, how sure (0-1)."""

    start: int
    end: int
    written: str
    suggestions: tuple[str, ...]
    kind: Kind
    probability: float
