"""A linear HTML tokenizer that keeps the place of every piece.

It serves the reading of text (blocks, links, media), not the judging of markup: the security
checks parse the same source by the HTML5 rules. Time is linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from qc.core.lazy import regex

NO_ATTRIBUTES: Mapping[str, Attr] = MappingProxyType({})
BARE_TAG = regex(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)>")
TAG = regex(r"<(/?)([a-zA-Z][^\s/>]*)")
ATTRIBUTE = regex(
    r"[\s/]*(?P<name>[^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<b>[^\s>]*)))?"
)
ENTITY = regex(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
RAW_TEXT = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))
TEXT_ONLY = frozenset(("textarea", "title"))


class Attr(NamedTuple):
    """An attribute: its decoded value and the span of its raw value in the source."""

    value: str
    start: int
    end: int


class Token(NamedTuple):
    """A piece of HTML: kind is text, open, close, comment or raw (script, style)."""

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, Attr] = NO_ATTRIBUTES
    self_closing: bool = False


def tokens(html: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of html[start:end]; offsets count from the beginning of `html`."""
    limit = len(html) if end is None else end
    position = start
    text_start = start
    while (at := html.find("<", position, limit)) >= 0:
        token = _markup(html, at, limit)
        if token is None:
            position = at + 1
            continue
        if text_start < at:
            yield Token("text", text_start, at)
        yield token
        position = text_start = token.end
        if token.kind == "open" and (token.name in RAW_TEXT or token.name in TEXT_ONLY):
            close = _closing(html, token.name, position, limit)
            if position < close:
                yield Token("raw" if token.name in RAW_TEXT else "text", position, close)
            position = text_start = close
    if text_start < limit:
        yield Token("text", text_start, limit)


def _markup(html: str, at: int, limit: int) -> Token | None:
    bare = BARE_TAG.match(html, at, limit)
    if bare is not None:
        slash, name = bare.groups()
        return Token("close" if slash else "open", at, bare.end(), name.lower())
    following = html[at + 1 : at + 2]
    if following in ("!", "?"):
        return _declaration(html, at, limit)
    match = TAG.match(html, at, limit)
    if match is None:
        return None
    name = match[2].lower()
    attributes: dict[str, Attr] = {}
    position = match.end()
    while position < limit:
        found = ATTRIBUTE.match(html, position, limit)
        if found is None or found.end() == position:
            break
        position = found.end()
        group = "d" if found["d"] is not None else "s" if found["s"] is not None else "b"
        raw = found[group] or ""
        first = found.start(group) if found[group] is not None else position
        value = _unescaped(raw) if "&" in raw else raw
        attributes.setdefault(found["name"].lower(), Attr(value, first, first + len(raw)))
    close = html.find(">", position, limit)
    closing = html[position:close].strip() == "/" if close >= 0 else False
    last = limit if close < 0 else close + 1
    if match[1]:
        return Token("close", at, last, name)
    return Token("open", at, last, name, attributes, closing)


def _declaration(html: str, at: int, limit: int) -> Token:
    if html.startswith("<!--", at):
        close = html.find("-->", at + 4, limit)
        return Token("comment", at, limit if close < 0 else close + 3)
    close = html.find(">", at, limit)
    return Token("comment", at, limit if close < 0 else close + 1, "declaration")


def _closing(html: str, name: str, position: int, limit: int) -> int:
    match = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.I).search(html, position, limit)
    return match.start() if match else limit


def decode(text: str, offset: int) -> tuple[str, list[tuple[int, int, int, int]]]:
    """Text with its entities decoded, and the segments that map it to the source.

    `offset` is where `text` begins in the source.
    """
    if "&" not in text:
        return text, [(0, len(text), offset, offset + len(text))]
    pieces: list[str] = []
    segments: list[tuple[int, int, int, int]] = []
    length = position = 0
    for match in ENTITY.finditer(text):
        decoded = _unescaped(match[0])
        if decoded == match[0]:
            continue
        plain = text[position : match.start()]
        if plain:
            segments.append(
                (length, length + len(plain), offset + position, offset + match.start())
            )
            length += len(plain)
            pieces.append(plain)
        segments.append(
            (length, length + len(decoded), offset + match.start(), offset + match.end())
        )
        length += len(decoded)
        pieces.append(decoded)
        position = match.end()
    plain = text[position:]
    if plain:
        segments.append((length, length + len(plain), offset + position, offset + len(text)))
        pieces.append(plain)
    return "".join(pieces), segments


def _unescaped(text: str) -> str:
    """Without entities; the table of their names is loaded only for a text that has any."""
    from html import unescape

    return unescape(text)
