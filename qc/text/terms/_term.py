"""A term as the matcher needs it: the compiled form of a list entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Term(NamedTuple):
    """One entry of a term list; `forms` are the ways it may be typed. Severity 3 is worst."""

    id: str
    term: str
    category: str
    severity: int
    profiles: Sequence[str]
    diacritics: str
    evasion: str
    boundary: str
    case: str
    safe_phrases: Sequence[str]
    safe_near: Sequence[str]
    needs_near: Sequence[str]
    window: int
    min_density: int
    suggest: str
    list_name: str
    source: str
    added: str
    expires: str
    owner: bool
    pattern: Sequence[dict[str, Any]]
    note: str
    forms: Sequence[tuple[str, str, str]]
