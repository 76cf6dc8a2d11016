"""UTF-16 offsets against Python's own encoder."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from qc.service.languagetool.sentences import Sentences
from qc.service.languagetool.utf16 import Utf16


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(alphabet="aạ😀𝒳\u0301\r\n .", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_offsets_are_those_of_utf16(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    offset, span = Utf16(text).span(start, end)
    assert offset == units(text[:start])
    assert span == units(text[start:end])


def test_empty() -> None:
    assert Utf16("").span(0, 0) == (0, 0)


@given(st.text(alphabet="ab .!?…\n\r”", max_size=60))
def test_sentences_cover_all_that_is_not_space(text: str) -> None:
    sentences = Sentences(text)
    ranges = sentences.ranges()
    covered = "".join(text[start:end] for start, end in ranges)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ranges))
    for offset in range(len(text)):
        start, end = sentences.around(offset)
        assert start <= offset
        assert offset < end or text[offset].isspace()


def test_a_sentence_is_found() -> None:
    text = "Câu một. Câu hai? “Câu ba.” Câu bốn"
    assert [text[a:b] for a, b in Sentences(text).ranges()] == [
        "Câu một.",
        "Câu hai?",
        "“Câu ba.”",
        "Câu bốn",
    ]
