"""Patterns of the owner on a text: one pass over all of them where hyperscan is installed.

hyperscan only says which patterns may match at all, from an expression that matches wherever the
pattern does (assertions dropped, classes made wider); what matches, and where, is `re`'s to say. So
the answers are those without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from threading import Lock
from typing import Any

from qc.core.lazy import regex
from qc.core.requirement import is_met

HYPERSCAN = "module:hyperscan"
ANY = "."
WIDE = {
    op.CATEGORY_DIGIT: "[0-9]",
    op.CATEGORY_WORD: "[0-9A-Za-z_]",
    op.CATEGORY_SPACE: "[\\x09-\\x0d\\x1c-\\x20]",
}
"""In ASCII; every other character counts as one of the class."""
BEYOND = "[^\\x00-\\x7f]"
FOLDS = {"i": "iIİı", "k": "kK\u212a", "s": "sSſ"}
VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")


class Scanner:
    """Finds the matches of patterns, given as source and flags; `fast` False does without."""

    def __init__(self, patterns: Sequence[tuple[str, int]], *, fast: bool = True) -> None:
        self._patterns = [regex(source, flags) for source, flags in patterns]
        self._database = _database(patterns) if fast and is_met(HYPERSCAN) else None
        self._lock = Lock()

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Number of the pattern, start and end of each match, by pattern, then by place."""
        for number in self._likely(text):
            for match in self._patterns[number].finditer(text):
                yield number, match.start(), match.end()

    def _likely(self, text: str) -> Iterable[int]:
        if self._database is None:
            return range(len(self._patterns))
        found: set[int] = set()

        def seen(number: int, *_: object) -> None:
            found.add(number)

        with self._lock:  # the working memory of a database serves one scan at a time
            self._database.scan(text.encode("utf-8", "replace"), match_event_handler=seen)
        return sorted(found)


def _database(patterns: Sequence[tuple[str, int]]) -> Any:
    """The patterns compiled together; None where hyperscan cannot take one of them."""
    import hyperscan

    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_DOTALL | hyperscan.HS_FLAG_SINGLEMATCH
    wide = [wide_expression(source, own) for source, own in patterns]
    database: Any = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    try:
        database.compile(
            expressions=[each.encode() for each in wide],
            ids=list(range(len(wide))),
            flags=[flags] * len(wide),
        )
    except hyperscan.error:
        return None
    return database


def wide_expression(source: str, flags: int) -> str:
    """An expression that matches in every text in which the pattern does."""
    tree = _parser.parse(source, flags)
    return _sequence(tree, bool((flags | tree.state.flags) & re.IGNORECASE))


def _sequence(nodes: Any, folded: bool) -> str:
    return "".join(_node(code, value, folded) for code, value in nodes)


def _node(code: Any, value: Any, folded: bool) -> str:
    if code is op.LITERAL:
        return _letter(value, folded)
    if code is op.IN:
        return _set(value, folded)
    if code is op.BRANCH:
        return "(?:" + "|".join(_sequence(each, folded) for each in value[1]) + ")"
    if code is op.SUBPATTERN:
        _, added, removed, inner = value
        own = (folded or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE
        return f"(?:{_sequence(inner, own)})"
    if code is op.ATOMIC_GROUP:
        return f"(?:{_sequence(value, folded)})"
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = value
        return f"(?:{_sequence(inner, folded)}){{{least},{int(most)}}}"
    if code in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return ""
    return ANY


def _letter(code: int, folded: bool) -> str:
    letter = chr(code)
    if not folded or not letter.isalpha():
        return f"\\x{{{code:x}}}"
    low = letter.lower()
    if not (low.isascii() or low in VIETNAMESE):
        return BEYOND if code > 127 else ANY
    cases = FOLDS.get(low, low + low.upper())
    return "[" + "".join(f"\\x{{{ord(each):x}}}" for each in cases) + "]"


def _set(items: Any, folded: bool) -> str:
    pieces: list[str] = []
    for code, value in items:
        if code is op.CATEGORY and value in WIDE:
            pieces += [WIDE[value], BEYOND]
        elif code is op.LITERAL:
            pieces.append(_letter(value, folded))
        elif code is op.RANGE and not folded:
            pieces.append(f"[\\x{{{value[0]:x}}}-\\x{{{value[1]:x}}}]")
        else:
            return ANY  # negated, or a range whose other cases are not known
    return "(?:" + "|".join(pieces) + ")"
