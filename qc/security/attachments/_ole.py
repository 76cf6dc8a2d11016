"""Old Office files (OLE) and RTF: macros, macro sheets, embedded objects, encryption."""

from __future__ import annotations

import io
import re
from typing import Any

from qc.core.lazy import regex
from qc.security.attachments._note import Notes

_RTF: tuple[tuple[str, str, re.Pattern[bytes]], ...] = (
    ("office-active", "OLE object", regex(rb"\\objdata|\\objupdate|\\objautlink|\\objocx")),
    (
        "office-remote",
        "template",
        regex(rb"\\\*\\template\s?(?:https?|\\\\|file)", re.IGNORECASE),
    ),
    ("office-active", "DDE", regex(rb"\\fldinst[^}]{0,80}\bDDE(?:AUTO)?\b", re.IGNORECASE)),
)
_PASSWORD = 0x2F
_SHEET = 0x85
MAX_RECORDS = 200_000


def inspect_rtf(data: bytes, notes: Notes) -> None:
    """Note the active parts of an RTF file, and take its text."""
    for code, what, pattern in _RTF:
        if pattern.search(data):
            notes.add(code, what=what)
    notes.text("văn bản", _rtf_text(data[: 4 * 1024 * 1024]))


def _rtf_text(data: bytes) -> str:
    text = data.decode("cp1252", "replace")
    text = re.sub(r"\\u(-?\d+) ?(?:\\'[0-9a-f]{2}|\?)?", lambda m: chr(int(m[1]) % 65536), text)
    text = re.sub(r"\\(?:par|line|row)\b ?", "\n", text)
    text = re.sub(r"\\(?:cell|tab)\b ?", "\t", text)
    text = re.sub(r"\\\*?[a-z]+-?\d* ?|\\'[0-9a-f]{2}|[{}\r]", "", text)
    return text.encode("utf-8", "ignore").decode("utf-8")


def inspect_ole(data: bytes, notes: Notes) -> str:
    """Note the active parts; the answer is doc, xls, ppt, msg, office (encrypted) or ole."""
    import olefile

    try:
        ole: Any = olefile.OleFileIO(io.BytesIO(data))
    except (OSError, ValueError, IndexError, TypeError) as error:
        notes.add("damaged", what=type(error).__name__)
        return "ole"
    with ole:
        names = ["/".join(path) for path in ole.listdir(streams=True, storages=True)]
        low = {name.lower() for name in names}
        if "encryptedpackage" in low or "encryptedsummary" in low:
            notes.add("encrypted", what="office")
        if any(re.search(r"(?:^|/)(?:_vba_project(?:_cur)?|vba)(?:/|$)", name) for name in low):
            notes.add("macro", what="VBA")
        if any(
            re.search(r"objectpool/|\x01ole10native|(?:^|/)mbd[0-9a-f]{8}", name) for name in low
        ):
            notes.add("office-object", what="OLE")
        _metadata(ole, notes)
        kind = _kind(low)
        for name in names:
            if name.lower() in ("workbook", "book"):
                _workbook(ole.openstream(name).read(), notes)
            elif name.lower() == "worddocument":
                head = ole.openstream(name).read(32)
                if len(head) >= 12 and head[11] & 1:
                    notes.add("encrypted", what="doc")
        return kind


def _kind(low: set[str]) -> str:
    for name, kind in (
        ("worddocument", "doc"),
        ("workbook", "xls"),
        ("book", "xls"),
        ("powerpoint document", "ppt"),
        ("encryptedpackage", "office"),
        ("__properties_version1.0", "msg"),
    ):
        if name in low:
            return kind
    return "ole"


def _metadata(ole: Any, notes: Notes) -> None:
    try:
        meta = ole.get_metadata()
    except (OSError, ValueError, IndexError, TypeError, UnicodeError):
        return
    for name, attribute in (
        ("author", "author"),
        ("last_modified_by", "last_saved_by"),
        ("company", "company"),
        ("manager", "manager"),
    ):
        value = getattr(meta, attribute, None)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if value and str(value).strip("\0 "):
            notes.add("property", name=name, value=str(value).strip("\0 ")[:200])


def _workbook(data: bytes, notes: Notes) -> None:
    """Walk the records of an old workbook: macro sheets, hidden sheets, password."""
    position = 0
    for _ in range(MAX_RECORDS):
        if position + 4 > len(data):
            return
        kind = int.from_bytes(data[position : position + 2], "little")
        length = int.from_bytes(data[position + 2 : position + 4], "little")
        body = data[position + 4 : position + 4 + length]
        if kind == _PASSWORD:
            notes.add("encrypted", what="xls")
            return
        if kind == _SHEET and len(body) > 6:
            if body[5] == 1:
                notes.add("macro", what="XLM")
            if body[4] & 3:
                notes.add("hidden-content", what="sheet")
        position += 4 + length
