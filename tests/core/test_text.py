"""Texts of rules with their facts filled in."""

from __future__ import annotations

import pytest

from qc.core.rule import Text

TEXT = Text(vi="dài {length_s} giây", en="{length_s} s long")


@pytest.mark.parametrize(
    ("fact", "vi", "en"),
    [
        (2.5, "dài 2,5 giây", "2.5 s long"),
        (6.0, "dài 6 giây", "6.0 s long"),
        (30, "dài 30 giây", "30 s long"),
        ("37.1", "dài 37.1 giây", "37.1 s long"),
    ],
)
def test_vietnamese_writes_a_decimal_comma(fact: object, vi: str, en: str) -> None:
    assert TEXT.render("vi", {"length_s": fact}) == vi
    assert TEXT.render("en", {"length_s": fact}) == en
