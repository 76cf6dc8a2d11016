"""Token patterns: context rules in spaCy Matcher syntax, tried only where a literal was found.

An entry of a term list may carry a `pattern`. Its term is the gate: text without it never pays.
Token attributes are those of spaCy (LOWER, TEXT, IS_DIGIT, TAG …); TAG is the part of speech of
underthesea with B- or I- for the first and the other syllables of a word, and `_: {"word": …}` is
the whole word a syllable belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from qc.text.nlp._engine import blank, document, sentence_of

Pattern = Sequence[dict[str, Any]]


def sentence_matches(text: str, start: int, end: int, pattern: Pattern) -> bool:
    """Whether a pattern matches in the sentence of a span, over the span or a part of it."""
    rows = json.dumps(list(pattern), sort_keys=True)
    begin, stop = sentence_of(text, start, end)
    matcher = _matcher(rows)
    doc = document(text[begin:stop], tagged='"TAG"' in rows or '"_"' in rows)
    return any(
        span.start_char + begin < end and start < span.end_char + begin
        for span in matcher(doc, as_spans=True)
    )


@lru_cache(maxsize=256)
def _matcher(rows: str) -> Any:
    from spacy.matcher import Matcher

    matcher = Matcher(blank().vocab)
    matcher.add("pattern", [json.loads(rows)])
    return matcher


def words_straddled(text: str, start: int, end: int) -> bool:
    """Whether the word segmenter reads words across the edges of a span.

    Measured: it is right in about half of the cases only, so no rule relies on it; see bench.
    """
    begin, stop = sentence_of(text, start, end)
    doc = document(text[begin:stop])
    for token in doc:
        at = token.idx + begin
        inside = start <= at < end
        first = at <= start < at + len(token)
        if first and token.tag_.startswith("I-"):
            return True
        if not inside and at >= end:
            return bool(token.tag_.startswith("I-"))
    return False
