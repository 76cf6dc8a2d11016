"""Text made safe for XML: only the characters that XML 1.0 allows."""

from __future__ import annotations

from qc.core.lazy import regex

FORBIDDEN = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """`text` with what XML cannot hold replaced by U+FFFD."""
    return FORBIDDEN.sub("\ufffd", text)
