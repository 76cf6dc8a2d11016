"""A change of the text of a draft: where, what stood there, and what shall stand there."""

from __future__ import annotations

from qc.core.article import Block
from qc.core.record import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Replace block.text[start:end] by `text`; `rule` is the rule that asks for it."""

    block: Block
    start: int
    end: int
    text: str
    rule: str

    @property
    def before(self) -> str:
        """What stands there now."""
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Edited:
    """The bytes of the changed copy, the changes that were made, and those that could not be."""

    data: bytes
    made: tuple[Change, ...]
    left: tuple[Change, ...]
