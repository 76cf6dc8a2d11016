"""Reading CSS: declarations of a style attribute and rules of a style sheet, in one pass.

A tokenizer of its own instead of tinycss2: only names, values and selectors are wanted, in
linear time on hostile sheets. Comments, strings, escapes and url() are read as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass

_TOKEN = regex(
    r"""/\*[\s\S]*?(?:\*/|\Z)
    |"(?:[^"\\\n]|\\[\s\S])*(?:"|(?=\n)|\Z|\\\Z)
    |'(?:[^'\\\n]|\\[\s\S])*(?:'|(?=\n)|\Z|\\\Z)
    |url\(\s*(?!["'\s])[^)]*(?:\)|\Z)
    |\\[0-9a-fA-F]{1,6}\s?|\\[\s\S]|\\\Z
    |[{}();:\[\]]
    |[^/"'\\{}();:\[\]uU]+
    |[\s\S]""",
    re.VERBOSE | re.IGNORECASE,
)
_MAX_NESTING = 16
_OPEN = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name: value`; the name is lower-case, the value as written but decoded."""

    name: str
    value: str
    important: bool


@dataclass(frozen=True, slots=True)
class StyleRule:
    """One rule of a sheet: its selector list and declarations, with the at-rules around it."""

    selector: str
    declarations: tuple[Declaration, ...]
    conditions: tuple[str, ...]


def declarations(text: str) -> tuple[Declaration, ...]:
    """The declarations of a style attribute, in order."""
    return tuple(_declarations(_tokens(text)))


def rules(text: str) -> Iterator[StyleRule]:
    """The style rules of a sheet, in order, those inside @media and its like too."""
    tokens = _tokens(text)
    closing = _match_braces(tokens)
    stack: list[tuple[int, int, tuple[str, ...]]] = [(0, len(tokens), ())]
    while stack:
        at, end, conditions = stack.pop()
        prelude: list[str] = []
        while at < end:
            token = tokens[at]
            if token == "{":
                close = closing.get(at, end)
                head = "".join(prelude).strip()
                if head.startswith("@"):
                    if _groups(head) and len(conditions) < _MAX_NESTING:
                        stack.append((close + 1, end, conditions))
                        stack.append((at + 1, min(close, end), (*conditions, head)))
                        break
                elif head:
                    body = tuple(_declarations(tokens[at + 1 : close]))
                    yield StyleRule(head, body, conditions)
                prelude = []
                at = close + 1
                continue
            if token == ";" and "".join(prelude[:3]).lstrip().startswith("@"):
                prelude = []
            elif token != "}":
                prelude.append(token)
            at += 1


def at_imports(text: str) -> list[str]:
    """The @import rules of a sheet, shortened."""
    if "import" not in text.lower() and "\\" not in text:
        return []
    joined = "".join(_tokens(text[:200_000]))
    return [match[0].strip()[:100] for match in re.finditer(r"@import\b[^;{}]*", joined, re.I)]


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token.startswith("\\"):
            found.append(_unescape(token))
        elif not token.startswith("/*"):
            found.append(token)
    return found


def _unescape(token: str) -> str:
    digits = token[1:].strip()
    if re.fullmatch(r"[0-9a-fA-F]{1,6}", digits):
        number = int(digits, 16)
        return chr(number) if 0 < number < 0x110000 else "\ufffd"
    return token[1:]


def _match_braces(tokens: list[str]) -> dict[int, int]:
    """Index of `{` -> index of its `}`; an unclosed one is closed by the end of the sheet."""
    closing: dict[int, int] = {}
    open_now: list[int] = []
    for index, token in enumerate(tokens):
        if token == "{":
            open_now.append(index)
        elif token == "}" and open_now:
            closing[open_now.pop()] = index
    for index in open_now:
        closing[index] = len(tokens)
    return closing


def _groups(head: str) -> bool:
    """At-rules that hold style rules, as opposed to @font-face, @keyframes and @page."""
    name = head[1:].split(None, 1)[0].split("(", maxsplit=1)[0].lower() if len(head) > 1 else ""
    return name in ("media", "supports", "layer", "container", "scope", "document", "-moz-document")


def _declarations(tokens: list[str]) -> Iterator[Declaration]:
    name: str | None = None
    piece: list[str] = []
    nesting: list[str] = []
    for token in [*tokens, ";"]:
        last = token == ";" and not nesting
        if token in _OPEN:
            nesting.append(_OPEN[token])
        elif nesting and token == nesting[-1]:
            nesting.pop()
        if last:
            if name is not None:
                yield _declaration(name, "".join(piece))
            name, piece = None, []
        elif token == ":" and name is None and not nesting:
            name, piece = "".join(piece), []
        else:
            piece.append(token)
    if name is not None:
        yield _declaration(name, "".join(piece))


def _declaration(name: str, value: str) -> Declaration:
    value = " ".join(value.split()).rstrip("; ")
    important = False
    tail = value[-24:].lower().replace(" ", "")
    if tail.endswith("!important"):
        important = True
        value = value[: value.rfind("!")].rstrip()
    return Declaration(name.strip().lower(), value, important)
