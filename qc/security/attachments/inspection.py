"""The inspection of a file in isolation, and the text in it for every other check."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from qc.core.article import Attachment
from qc.core.blob import Blob
from qc.core.record import dataclass
from qc.core.sandbox import Limits, WorkerStopped, run_isolated


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the worker found: `kind`, notes (code and facts) and texts (place, text).

    `stopped` is time, memory or crash where the worker did not come back.
    """

    kind: str
    notes: tuple[Mapping[str, Any], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    stopped: str | None = None


def inspect_blob(
    blob: Blob,
    name: str = "",
    limits: Limits | None = None,
    budget: Mapping[str, int] | None = None,
) -> Inspection:
    """Inspect a file once; a worker that is killed or dies is a result, not an error."""
    return blob.memo("inspection", lambda: _inspect(blob, name, limits, budget))


def extract_text(blob: Blob) -> list[tuple[str, str]]:
    """The text of a docx, xlsx, pptx, odt, ods, pdf, rtf, txt file or of those in an archive.

    Pieces are (place, text): a paragraph, a table or sheet row with tabs between its cells, a
    page. At most two million characters; empty for a file without text or one that cannot be
    read. Raises LoadError where the file cannot be opened.
    """
    return list(inspect_blob(blob).texts)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an attachment as one running text, and where in the file a place of it is."""

    text: str
    starts: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    def place(self, position: int) -> str:
        """The page, sheet row or paragraph that a position of the text stands in."""
        index = bisect_right(self.starts, position) - 1
        return self.places[index] if 0 <= index < len(self.places) else ""


def reading_of(attachment: Attachment) -> Reading:
    """All text of an attachment, one piece a line; empty where it cannot be read."""
    if attachment.blob is None or attachment.remote:
        return Reading("")
    blob = attachment.blob
    return attachment.memo("reading", lambda: _reading(extract_text(blob)))


def _reading(pieces: list[tuple[str, str]]) -> Reading:
    starts: list[int] = []
    position = 0
    for _, text in pieces:
        starts.append(position)
        position += len(text) + 1
    joined = "\n".join(text for _, text in pieces)
    return Reading(joined, tuple(starts), tuple(place for place, _ in pieces))


def _inspect(
    blob: Blob, name: str, limits: Limits | None, budget: Mapping[str, int] | None
) -> Inspection:
    arguments = {"name": name, **(budget or {})}
    try:
        answer = run_isolated(
            "qc.security.attachments._inspect:inspect", blob.bytes, arguments, limits
        )
    except WorkerStopped as stopped:
        return Inspection("unknown", stopped=stopped.reason)
    return Inspection(
        answer["kind"],
        tuple(answer["notes"]),
        tuple((place, text) for place, text in answer["texts"]),
    )
