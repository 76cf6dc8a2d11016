"""Fonts that tell a legacy encoding: .VnTime is TCVN3, VNI-Times is VNI."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from qc.core.lazy import regex
from qc.documents._legacy.convert import Written

UNICODE_LETTER = regex("[\u1ea0-\u1ef9ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323]")
LEGACY_LETTER = regex("[\u00a1-\u00ff\uf0a1-\uf0ff]")


@lru_cache(maxsize=1024)
def encoding_of_font(font: str | None) -> str | None:
    """The encoding that a font is made for; None for a Unicode font."""
    if not font:
        return None
    name = font.lower()
    if name.startswith(".vn"):
        return "tcvn3"
    if name.startswith(("vni-", "vni ")) or name == "vni":
        return "vni"
    return None


def shows_capitals(font: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals: .VnTimeH, .VnArialH."""
    return font.lower().startswith(".vn") and font.endswith("H")


class FontEncodings:
    """Which of a document's legacy fonts really hold legacy text.

    Unicode text often stays labelled with an old font (Word shows another one in its place),
    so a font counts only where its letters are those of the old encoding.
    """

    def __init__(self, texts: Iterable[tuple[str | None, str]]) -> None:
        legacy: dict[str, int] = {}
        modern: dict[str, int] = {}
        for font, text in texts:
            if font and encoding_of_font(font) and not text.isascii():
                legacy[font] = legacy.get(font, 0) + len(LEGACY_LETTER.findall(text))
                modern[font] = modern.get(font, 0) + 4 * len(UNICODE_LETTER.findall(text))
        self._fonts = {font for font, count in legacy.items() if count > modern[font]}

    def __bool__(self) -> bool:
        return bool(self._fonts)

    def written(self, text: str, font: str | None) -> Written:
        """A stretch of text in a font, with the encoding that the font really stands for."""
        if font not in self._fonts or font is None or UNICODE_LETTER.search(text):
            return Written(text)
        return Written(text, encoding_of_font(font), shows_capitals(font), font)
