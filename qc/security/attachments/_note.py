"""What the inspection of a file gathers: notes (a code and its facts), texts, properties."""

from __future__ import annotations

from typing import Any

from qc.core.record import dataclass, field

MAX_TEXT_CHARS = 2_000_000
MAX_PIECES = 20_000
MAX_NOTES = 200


@dataclass(slots=True)
class Budget:
    """What the inspection of one file may still use."""

    inflated_bytes: int = 200 * 1024 * 1024
    entries: int = 5_000
    depth: int = 2
    ratio: int = 200
    pages: int = 300


@dataclass(slots=True)
class Notes:
    """The results, in the order found. Texts beyond the limit are cut, and that is noted."""

    found: list[dict[str, Any]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    chars: int = 0

    def add(self, code: str, **facts: Any) -> None:
        """Note `code` once for the same facts."""
        note = {"code": code, **facts}
        if note not in self.found and len(self.found) < MAX_NOTES:
            self.found.append(note)

    def text(self, place: str, text: str) -> None:
        """Keep a piece of text that other checks will read."""
        text = text.strip("\n\r ")
        if not text:
            return
        if self.chars + len(text) > MAX_TEXT_CHARS or len(self.texts) >= MAX_PIECES:
            self.add("text-cut")
            return
        self.chars += len(text)
        self.texts.append((place, text))

    @property
    def full(self) -> bool:
        """Whether no more text is taken."""
        return self.chars >= MAX_TEXT_CHARS or len(self.texts) >= MAX_PIECES
