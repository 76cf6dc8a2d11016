"""Credits: who made a picture, as captions of Vietnamese portals say it."""

from __future__ import annotations

import unicodedata

from qc.core.lazy import regex

CREDIT = regex(
    r"(?i)(?:^|[\s(.\-–|])"
    r"(?:ảnh(?: chụp| tư liệu| minh họa| minh hoạ)?|nguồn(?: ảnh)?|tác giả|photo|source)"
    r"\s*[:：]\s*(?P<who>[^\n)]{2,80})"
)


def credit_of(caption: str | None) -> str | None:
    """The credit in a caption ("… Ảnh: Trần Thị Bình"); None where it names nobody."""
    if not caption:
        return None
    match = CREDIT.search(unicodedata.normalize("NFC", caption))
    return match["who"].strip(" .") or None if match else None
