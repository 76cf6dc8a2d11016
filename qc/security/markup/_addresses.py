"""Addresses as a browser reads them: which scheme an attribute's value really has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from qc.core.lazy import regex

URL_ATTRIBUTES = frozenset(
    "href src action formaction data poster background cite longdesc srcset imagesrcset xlink:href"
    " from to values by ping manifest codebase classid archive profile lowsrc dynsrc usemap code"
    " icon content object srcdoc folder datasrc style-src".split()
) - {"content", "srcdoc"}
_SCHEME = regex(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_IGNORED = regex("[\\x00-\\x20\\x7f-\\xa0\\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]")
_ACTIVE = frozenset(["javascript", "vbscript", "livescript", "mocha"])
_WRAPPERS = frozenset(["view-source", "feed", "jar"])
_INERT = regex(
    r"javascript:(?:void\(?0?\)?|;|#|//|false|undefined|null|return(?:false)?)?;*", re.IGNORECASE
)
_HEAD = 400


def scheme(value: str) -> str:
    """The scheme of an address, lower-case; white space and control characters do not count."""
    head = _IGNORED.sub("", value[:_HEAD]) if value else ""
    match = _SCHEME.match(head)
    while match and match[1].lower() in _WRAPPERS:
        head = head[match.end() :]
        match = _SCHEME.match(head)
    return match[1].lower() if match else ""


def active_scheme(value: str) -> tuple[str, bool]:
    """The scheme that would run code and whether it took a second decoding to see it."""
    found = scheme(value)
    if found in _ACTIVE:
        return found, False
    if found in ("", "url") and ("&" in value[:_HEAD] or "%" in value[:_HEAD]):
        import html

        head = value[:_HEAD]
        for again in (html.unescape(head), unquote(head), unquote(html.unescape(head))):
            found = scheme(again)
            if found in _ACTIVE:
                return found, True
    return "", False


def is_inert(value: str) -> bool:
    """`javascript:void(0)` and its like: runs nothing, a leftover of copied pages."""
    return bool(_INERT.fullmatch(_IGNORED.sub("", value[:_HEAD]))) and len(value) < _HEAD


def addresses(name: str, value: str) -> Iterator[str]:
    """The single addresses an attribute holds: a srcset and SVG `values` hold several."""
    if name in ("srcset", "imagesrcset") and not value.lstrip().lower().startswith("data:"):
        yield from (part.strip() for part in value.split(","))
    elif name == "values":
        yield from value.split(";")
    elif name in ("archive", "ping"):
        yield from value.replace(",", " ").split()
    else:
        yield value
