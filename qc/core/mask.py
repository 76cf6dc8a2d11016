"""Masking: personal data that a rule finds never stands whole in a report or a log."""

from __future__ import annotations


def mask(text: str, *, whole: bool = False) -> str:
    """`text` with its middle hidden, same length: 0333444123 -> 033****123.

    Only letters and digits are hidden, so the shape stays readable. Values shorter than
    eight letters and digits keep their first one only, and so does a secret (`whole`).
    """
    solid = [index for index, character in enumerate(text) if character.isalnum()]
    keep = 0 if whole else 3 if len(solid) >= 10 else 2 if len(solid) >= 8 else 0
    pieces = list(text)
    for index in solid[keep : len(solid) - keep] if keep else solid[1:]:
        pieces[index] = "*"
    return "".join(pieces)
