"""Finding candidates: numbers that run on into a sign, by slashes and hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text.citations._vocabulary import fold, issuer_by_fold, issuers, sign_by_fold, signs

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
DATE = rf"\d{{1,2}}/\d{{1,2}}/\d{{4}}(?![&\w]|[ \t\u00a0\n]{{0,2}}[/\-_{DASHES}])"
START = regex(
    rf"(?<![\w/.,&-])(?!{DATE})\d{{1,5}}(?:[a-zđ](?![\w]))?(?=[ \t\u00a0]{{0,2}}[/\-_{DASHES}])"
)
JOINT = regex(rf"([ \t\u00a0\n]{{0,2}})([/\-_{DASHES}])([ \t\u00a0\n]{{0,2}})")
TOKEN = regex(r"[^\W_](?:[^\W_]|&(?=[^\W_]))*")
STANDARD = regex(
    r"(?<!\w)(TCVN|QCVN)(?:\s*(?P<label>ISO|IEC|/?ISO/IEC))?(\s*)(\d{1,5}(?:-\d{1,3})?)"
    rf"(\s*)([:\-{DASHES}])(\s*)(\d{{4}})(?!\d)(?:/([^\W\d_]+))?"
)
CONGRESS = regex(r"(?:QH|UBTVQH)\d{0,2}")
LIKE_CONGRESS = regex(r"(?i:(?:q+h+|ubtvqh)\d{0,2})")
TERM_BEHIND = regex(r"[ \u00a0](1\d)(?!\w)")
MAX_TOKENS = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sign with the joint in front of it."""

    text: str
    start: int
    end: int
    joint: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with the tokens that run on from it."""

    number: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    spaced: bool
    written: str


def candidates(text: str) -> Iterator[Candidate]:
    """All places where a number runs on into letters, in order; most are no citation."""
    at = 0
    while (match := START.search(text, at)) is not None:
        candidate = _run(text, match)
        at = candidate.end if candidate else match.end()
        if candidate:
            yield candidate


def _run(text: str, match: re.Match[str]) -> Candidate | None:
    tokens: list[Token] = []
    at = match.end()
    while len(tokens) < MAX_TOKENS:
        joint = JOINT.match(text, at)
        token = TOKEN.match(text, joint.end()) if joint else None
        if joint is None or token is None:
            break
        gap = joint[1] + joint[3]
        if gap and not _belongs(token[0], tokens):
            break
        if not token[0].isdigit() and not token[0][0].isalpha():
            break
        spaced = bool(gap.strip("\n"))
        word, at = token[0], token.end()
        term = TERM_BEHIND.match(text, at) if word in ("QH", "UBTVQH") else None
        if term:
            word, at, spaced = word + term[1], term.end(), True
        tokens.append(Token(word, token.start(), at, joint[2], spaced))
    if not any(token.text[0].isalpha() for token in tokens):
        return None
    spaced = any(token.spaced for token in tokens)
    return Candidate(match[0], match.start(), at, tuple(tokens), spaced, text[match.start() : at])


def _belongs(token: str, before: list[Token]) -> bool:
    """Whether a token behind a space may go on with a sign."""
    if not before and token.isdigit():
        return len(token) == 4
    known = fold(token)
    if not token[0].isupper():
        return False
    if known in issuer_by_fold() or known in sign_by_fold() or LIKE_CONGRESS.fullmatch(token):
        return True
    last = before[-1].text if before else ""
    return len(token) > 1 and token.isupper() and (last in signs() or last in issuers())
