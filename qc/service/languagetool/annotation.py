"""Annotated text: what is text, what is markup, and how the markup is to be read."""

from __future__ import annotations

import json
from typing import Any

from qc.core.offsets import OffsetMap
from qc.core.record import dataclass
from qc.service.languagetool.errors import RequestError

EXPECTED = 'data is {"text": "…"} or {"annotation": [{"text": "…"}, {"markup": "…"}]}'
EXPECTED_VI = 'data có dạng {"text": "…"} hoặc {"annotation": [{"text": "…"}, {"markup": "…"}]}'


@dataclass(frozen=True, slots=True)
class Written:
    """A text as its client has it, the text to be checked, and the way back from that."""

    original: str
    checked: str
    offsets: OffsetMap | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the checked text stands for."""
        if self.offsets is None:
            return start, end
        return self.offsets.source(start, end) or (0, 0)


def parse_annotation(data: str) -> Written:
    """The text of a `data` parameter. Raises RequestError with what is expected."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"'data' is not JSON; {EXPECTED}", vi=EXPECTED_VI) from error
    if not isinstance(parsed, dict):
        raise _wrong()
    if "text" in parsed and "annotation" not in parsed:
        text = _text(parsed, "text")
        return Written(text, text)
    pieces = parsed.get("annotation")
    if not isinstance(pieces, list) or "text" in parsed:
        raise _wrong()
    original: list[str] = []
    checked: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    at = source = 0
    for piece in pieces:
        written, read = _piece(piece)
        rows.append((at, at + len(read), source, source + len(written)))
        original.append(written)
        checked.append(read)
        at += len(read)
        source += len(written)
    return Written("".join(original), "".join(checked), OffsetMap.of(rows))


def _piece(piece: Any) -> tuple[str, str]:
    """One annotation as it is written, and as it is read."""
    if not isinstance(piece, dict) or ("text" in piece) == ("markup" in piece):
        raise _wrong()
    if "text" in piece:
        text = _text(piece, "text")
        return text, text
    return _text(piece, "markup"), _text(piece, "interpretAs")


def _text(piece: dict[str, Any], name: str) -> str:
    value = piece.get(name)
    if value is None and name == "interpretAs":
        return ""
    if not isinstance(value, str):
        raise _wrong()
    # half a surrogate pair, which JSON can hold, is one code unit: so is what stands for it
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in value)


def _wrong() -> RequestError:
    return RequestError(EXPECTED, vi=EXPECTED_VI)
