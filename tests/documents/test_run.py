"""Runs of text: white space collapses, and every character maps to what is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.documents._run import Run

PIECES = [
    ("one piece", ["a b"], "a b"),
    ("leading space", [" a"], "a"),
    ("leading spaces", ["  a"], "a"),
    ("leading break", ["\n\t a"], "a"),
    ("inner run", ["a \n\t b"], "a b"),
    ("line break", ["a\nb"], "a b"),
    ("trailing", ["a  \n"], "a"),
    ("space in two pieces", ["a ", " b"], "a b"),
    ("break before spaces", ["a\n", "  b"], "a b"),
    ("only space", ["  ", "\n", "a"], "a"),
    ("hard spaces stay", ["\u00a0a\u00a0\u00a0b"], "\u00a0a\u00a0\u00a0b"),
    ("nothing", ["", " "], ""),
]


def run_of(pieces: list[str]) -> tuple[str, Run]:
    run = Run()
    at = 0
    for piece in pieces:
        run.add(piece, [(0, len(piece), at, at + len(piece))])
        at += len(piece)
    return "".join(pieces), run


@pytest.mark.parametrize(
    ("pieces", "expected"), [c[1:] for c in PIECES], ids=[c[0] for c in PIECES]
)
def test_white_space(pieces: list[str], expected: str) -> None:
    assert run_of(pieces)[1].finish()[0] == expected


@given(st.lists(st.text("ab \n\t\u00a0", max_size=6), max_size=6))
def test_any_pieces(pieces: list[str]) -> None:
    source, run = run_of(pieces)
    text, offsets = run.finish()
    assert text == re.sub(r"[ \t\n\r\f]+", " ", source).strip(" ")
    for at, character in enumerate(text):
        span = offsets.source(at, at + 1)
        assert span is not None
        written = source[slice(*span)]
        assert written == character or (character == " " and not written.strip(" \t\n"))
