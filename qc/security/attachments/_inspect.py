"""The inspection of one file, run inside the isolated worker: its type decides what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qc.security.attachments._archive import members_of
from qc.security.attachments._names import PROGRAMS
from qc.security.attachments._note import Budget, Notes
from qc.security.attachments._ole import inspect_ole, inspect_rtf
from qc.security.attachments._ooxml import inspect_office, office_kind
from qc.security.attachments._pdf import inspect_pdf
from qc.security.attachments._types import ALLOWED, EXECUTABLES, detect, extension, is_archive

OPAQUE = frozenset({"doc", "xls", "ppt", "msg"})
MAX_TEXT_BYTES = 5 * 1024 * 1024


def inspect(source: str, name: str = "", **budget: int) -> dict[str, Any]:
    """Everything found in the file at `source`: {"kind", "notes", "texts"}."""
    notes = Notes()
    kind = _inspect(Path(source).read_bytes(), name, notes, Budget(**budget))
    return {"kind": kind, "notes": notes.found, "texts": notes.texts}


def _inspect(data: bytes, name: str, notes: Notes, budget: Budget) -> str:
    kind = detect(data)
    if kind == "pdf":
        inspect_pdf(data, notes, budget)
    elif kind == "ole":
        kind = inspect_ole(data, notes)
        if kind in OPAQUE:
            notes.add("no-text", pages=0, of=0, what=kind)
    elif kind == "rtf":
        inspect_rtf(data, notes)
    elif kind == "zip" and (office := office_kind(data)) is not None:
        kind = office
        inspect_office(kind, data, notes, budget)
    elif is_archive(kind):
        _archive(kind, data, notes, budget)
    elif kind == "text":
        notes.text("văn bản", _decoded(data[:MAX_TEXT_BYTES]))
    return kind


def _archive(kind: str, data: bytes, notes: Notes, budget: Budget) -> None:
    if budget.depth <= 0:
        notes.add("archive-bomb", why="nesting", count=0)
        return
    budget.depth -= 1
    for name, content in members_of(kind, data, notes, budget):
        inner = detect(content)
        ending = extension(name)
        if inner in EXECUTABLES or inner == "php" or (ending in PROGRAMS and inner != "unknown"):
            notes.add("archive-program", name=name[-120:])
        elif ending in ALLOWED and inner not in ALLOWED[ending] and inner != "unknown":
            notes.add("archive-mismatch", name=name[-120:], kind=inner)
        before = len(notes.texts)
        _inspect(content, name, notes, budget)
        notes.texts[before:] = [(f"{name}: {place}", text) for place, text in notes.texts[before:]]
    budget.depth += 1


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")
