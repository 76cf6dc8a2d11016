"""The language engine: spaCy documents over Vietnamese syllables.

Words and parts of speech come from underthesea (which works offline) and become attributes of
spaCy tokens: `token._.word` and `token.tag_`. Loading both costs about a second, so this is done
once, and only when a sentence with an ambiguous hit asks for it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from qc.core.errors import Unavailable
from qc.core.lazy import regex

_TOKEN = regex(r"\w+|[^\w\s]")
_SENTENCE_END = regex(r"(?<=[.!?…])\s|[\n\u2029]")


@cache
def blank() -> Any:
    """A blank Vietnamese pipeline whose tokens are syllables."""
    try:
        import spacy
        from spacy.tokens import Token
    except ImportError as error:
        raise Unavailable("spaCy is not installed") from error
    if not Token.has_extension("word"):
        Token.set_extension("word", default="")
    config = {"nlp": {"tokenizer": {"use_pyvi": False}}}
    return spacy.blank("vi", config=config)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around a span; at most 400 characters on either side."""
    low, high = max(start - 400, 0), min(end + 400, len(text))
    begin = low
    for match in _SENTENCE_END.finditer(text, low, start):
        begin = match.end()
    after = _SENTENCE_END.search(text, end, high)
    return begin, after.start() if after else high


@lru_cache(maxsize=512)
def document(sentence: str, *, tagged: bool = True) -> Any:
    """A spaCy `Doc` of one sentence: syllables as tokens, words and parts of speech on them."""
    from spacy.tokens import Doc

    pieces = [(match.start(), match.end()) for match in _TOKEN.finditer(sentence)]
    words = [sentence[a:b] for a, b in pieces]
    spaces = [b < len(sentence) and sentence[b : b + 1].isspace() for _, b in pieces]
    doc = Doc(blank().vocab, words=words, spaces=spaces)
    if tagged and words:
        _tag(doc, sentence)
    return doc


def _tag(doc: Any, sentence: str) -> None:
    """Word segments and parts of speech of underthesea, put on the syllables of each word."""
    try:
        from underthesea import pos_tag
    except ImportError as error:
        raise Unavailable("underthesea is not installed") from error
    index = 0
    for word, tag in pos_tag(sentence):
        for position, _ in enumerate(_TOKEN.findall(word)):
            if index >= len(doc):
                return
            doc[index].tag_ = f"{'B' if position == 0 else 'I'}-{tag}"
            doc[index]._.word = word.lower()
            index += 1
