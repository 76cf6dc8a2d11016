"""Masked words: a star in place of a letter (l*n, nhà c*i)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text.terms._term import Term

_MASKED = regex(r"[^\W\d_]+[*]{1,3}[^\W\d_]*", re.UNICODE)
_STAR = regex(r"[*]+")
_WORD = regex(r"[^\W\d_*]+")


@dataclass(frozen=True, slots=True)
class MaskIndex:
    """Terms by the first letter of each of their syllables."""

    syllables: dict[str, list[tuple[Term, int]]]

    @classmethod
    def of(cls, terms: tuple[Term, ...]) -> MaskIndex:
        """The index of the terms that block when written out, and of those of several words."""
        found: dict[str, list[tuple[Term, int]]] = {}
        for term in terms:
            words = term.term.split(" ")
            if len(words) == 1 and (term.severity < 3 or len(term.term) < 3):
                continue
            for position, word in enumerate(words):
                found.setdefault(word[0], []).append((term, position))
        return cls(found)

    def find(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """Terms that a masked word completes, with the span of the whole term."""
        known: dict[str, list[tuple[Term, list[str], int]]] = {}
        for match in _MASKED.finditer(text):
            written = match[0].lower()
            if written not in known:
                known[written] = self._candidates(written)
            for term, words, position in known[written]:
                span = _neighbours(text, match.span(), words, position)
                if span is not None:
                    yield term, *span

    def _candidates(self, written: str) -> list[tuple[Term, list[str], int]]:
        """Terms with a syllable that a masked word may stand for."""
        rows = ((t, t.term.split(" "), at) for t, at in self.syllables.get(written[0], ()))
        return [
            (term, words, at)
            for term, words, at in rows
            if _fits(written, words[at], alone=len(words) == 1)
        ]


def _fits(written: str, word: str, *, alone: bool) -> bool:
    """Whether a masked word stands for `word`: same letters where letters are shown."""
    if written == word or len(written) > len(word) + 2:
        return False
    shown = _STAR.sub("", written)
    if alone and (len(shown) < 2 or written[-1:] in "*"):
        return False
    if len(written) == len(word):
        return all(w in "*" or w == c for w, c in zip(written, word, strict=True))
    pattern = "".join(f".{{1,{2 * len(p)}}}" if p[0] in "*" else re.escape(p)
                      for p in re.findall(r"[*]+|[^*]+", written))  # fmt: skip
    return re.fullmatch(pattern, word) is not None


def _neighbours(
    text: str, span: tuple[int, int], words: list[str], position: int
) -> tuple[int, int] | None:
    start, end = span
    before, after = words[:position], words[position + 1 :]
    if before:
        head = " ".join(before)
        offset = start - len(head) - 1
        if offset < 0 or text[offset:start].lower() != f"{head} ":
            return None
        start = offset
        if start and text[start - 1].isalpha():
            return None
    if after:
        tail = " ".join(after)
        if text[end : end + len(tail) + 1].lower() != f" {tail}":
            return None
        end += len(tail) + 1
        if text[end : end + 1].isalpha():
            return None
    return start, end
