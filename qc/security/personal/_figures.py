"""Figures: where the digits of a text stand, so that patterns for numbers run only where they can.

Every test here is necessary for the pattern it stands before; it never decides by itself.
"""

from __future__ import annotations

from functools import cached_property

from qc.core.lazy import regex

_STRETCH = regex(r"\d(?:[ .\-]?\d)*")
_LOOSE = regex(r"\d(?:[ .\-)]{0,3}\d){7}")
_DATE = regex(r"\d ?(?:[/.\-] ?\d{1,2} ?[/.\-] ?\d|thang ?\d)|\d\d-\d\d-\d")
_PLATE = regex(r"\d\d[ \-.]?[a-z]{1,2}\d?[ \-.]{0,3}\d{3}")
BEFORE, BEHIND = 12, 16  # characters around a stretch that a date or plate may take


class Figures:
    """The stretches of digits of a folded text; single blanks, points and dashes join them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _STRETCH.finditer(text)]

    @cached_property
    def longest(self) -> int:
        """Digits of the longest stretch."""
        return max((sum(map(str.isdigit, self._text[a:b])) for a, b in self._spans), default=0)

    @cached_property
    def may_phone(self) -> bool:
        """Whether a telephone number can stand here."""
        return self.longest >= 8 or _LOOSE.search(self._text) is not None

    @cached_property
    def may_lettered(self) -> bool:
        """Whether a letter takes the place of a digit somewhere: 09l2345678."""
        text = self._text
        return any(
            _joined(text[max(a - 2, 0) : a][::-1]) or _joined(text[b : b + 2])
            for a, b in self._spans
        )

    @cached_property
    def may_date(self) -> bool:
        """Whether a date can stand here."""
        return _DATE.search(self._around) is not None

    @cached_property
    def may_plate(self) -> bool:
        """Whether a number plate can stand here."""
        return self.longest >= 3 and _PLATE.search(self._around) is not None

    @cached_property
    def _around(self) -> str:
        text = self._text
        return "\n".join(text[max(a - BEFORE, 0) : b + BEHIND] for a, b in self._spans)


def _joined(beside: str) -> bool:
    """Whether the next character, or the one behind a separator, is a letter read as a digit."""
    if not beside:
        return False
    return beside[0] in "oil" or (beside[0] in " .-" and beside[1:] in ("o", "i", "l"))
