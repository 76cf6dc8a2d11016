"""Cut text into words, numbers and breaks; the trainer and the checker share these symbols."""

from __future__ import annotations

import unicodedata

from qc.core.lazy import regex

BREAK, COMMA, NUMBER, FOREIGN, NAME, HYPHEN = range(6)
"""End of a phrase, comma, number, unknown word, unknown capitalised word, hyphen."""
SYMBOLS = ("<break>", "<comma>", "<number>", "<foreign>", "<name>", "<hyphen>")
FIRST_WORD = len(SYMBOLS)

PIECE = regex(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|\n")

PUNCTUATION = {",": COMMA, "-": HYPHEN, "–": HYPHEN, "\u2011": HYPHEN}

_FOREIGN_D = "ÐðƉɖ"
_LOOK_ALIKES = str.maketrans(_FOREIGN_D, "ĐđĐđ")


def normalise(text: str) -> str:
    """NFC, with the Icelandic and African letters that old fonts put for Đ and đ replaced."""
    text = unicodedata.normalize("NFC", text)
    if any(letter in text for letter in _FOREIGN_D):
        text = text.translate(_LOOK_ALIKES)
    return text


def symbol_of(piece: str) -> int:
    """Symbol of a piece that is no word."""
    if piece[0].isdigit():
        return NUMBER
    return PUNCTUATION.get(piece, BREAK)
