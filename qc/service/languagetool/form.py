"""The form of a request: encoded as the standard says, or raw as LibreOffice 7.4 sends it.

LibreOffice says `application/x-www-form-urlencoded` and encodes nothing:
`text=Toán & Lý + 100 %&language=vi-VN`. A standard parser would cut the text at `&`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from qc.service.languagetool.errors import RequestError

NAMES = frozenset(
    "text data language username apiKey token tokenV2 dicts motherTongue preferredVariants "
    "preferredLanguages enabledRules disabledRules enabledCategories disabledCategories "
    "enabledOnly level mode allowIncompleteResults useragent textSessionId sourceText "
    "sourceLanguage abtest c ruleValues noopLanguages altLanguages word words offset limit".split()
)
MOST_FIELDS = 200
# What no encoder leaves as it is: bytes above ASCII, spaces, controls, quotes, brackets.
RAW = re.compile(rb'[\x00-\x20"<>\[\\\]^`{|}\x7f-\xff]')


def parse_form(body: bytes) -> dict[str, str]:
    """The parameters of a request body; the last value of a name counts."""
    if RAW.search(body):
        return _raw(_decoded(body.rstrip(b"\r\n")))
    return parse_query(_decoded(body))


def parse_query(query: str) -> dict[str, str]:
    """The parameters of an encoded query. Raises RequestError for what is no text."""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    except ValueError as error:
        raise RequestError(
            f"more than {MOST_FIELDS} parameters", vi=f"Có hơn {MOST_FIELDS} tham số"
        ) from error
    return dict(pairs)


def _raw(body: str) -> dict[str, str]:
    """Known parameters from the end inwards, then from the start: the text is what remains."""
    found: dict[str, str] = {}
    rest = body
    while True:
        before, mark, last = rest.rpartition("&")
        name, equals, value = last.partition("=")
        if not mark or not equals or name not in NAMES or name in found or _has_space(value):
            break
        if name in ("text", "data"):
            break
        found[name] = value
        rest = before
    while True:
        name, equals, value = rest.partition("=")
        if not equals or name not in NAMES:
            return found
        if name in ("text", "data"):
            found[name] = value
            return found
        value, mark, rest = value.partition("&")
        found.setdefault(name, value)
        if not mark:
            return found


def _has_space(value: str) -> bool:
    return any(letter.isspace() for letter in value)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def _not_utf8() -> RequestError:
    return RequestError("the request is not UTF-8", vi="Yêu cầu không phải là UTF-8")
