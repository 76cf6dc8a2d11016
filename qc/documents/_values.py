"""Raw values of a draft's fields: what was written, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qc.core.article import Legacy, Place
from qc.core.offsets import OffsetMap
from qc.core.record import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """One written value: its text, the map to the decoded file, its place, its old encoding."""

    text: str
    offsets: OffsetMap | None = None
    place: Place = Place()
    legacy: Legacy | None = None


Raw = Value | Sequence["Raw"] | Mapping[str, "Raw"]


def plain(raw: Raw | None) -> str | None:
    """The text of a single value, stripped; None for nothing, an empty text or a collection."""
    if isinstance(raw, Value):
        return raw.text.strip() or None
    return None


def items(raw: Raw | None) -> list[Raw]:
    """A value as a list: a single one becomes a list of one, comma-separated text is split."""
    if raw is None:
        return []
    if isinstance(raw, Value):
        return [Value(p.strip(), None, raw.place) for p in raw.text.split(",") if p.strip()]
    if isinstance(raw, Mapping):
        return [raw]
    return list(raw)
