"""Legacy encodings told by their letters, where no font tells them.

A text counts as legacy where nearly all of its words with odd letters are Vietnamese syllables
after conversion and hardly any is one before it. German, French and Spanish fail that test: their
words are no syllables in either reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.core.syllable import is_vietnamese
from qc.documents._legacy.convert import convert

# Letters of TCVN3, VNI and VISCII that Unicode Vietnamese does not use.
ODD = regex(
    "[\u0080-\u009f\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc"
    "\u00de\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]"
)
WORD = regex(r"[^\s!-/:-@\[-`{-~\u2010-\u2015\u2018-\u201f\u2026]+")
UNICODE_LETTER = regex("[\u1ea0-\u1ef9ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323]")
VIQR_HINT = regex(r"[aeoAEO]\^|[ouOU]\+|[aA]\(|\b[dD][dD]")
VIQR_WORD = regex(r"[A-Za-z\\][A-Za-z^(+'`?~.\\]*[A-Za-z^(+'`?~.]")
VIQR_MARK = regex(r"[\^(+'`?~.]|[dD][dD]")
LEAST_WORDS = 4
LEAST_DISTINCT = 3
LEAST_SHARE = 0.8
MOST_BEFORE = 0.6
MAX_WORDS = 4000


@dataclass(slots=True)
class Evidence:
    """Words with odd letters: how many are syllables as written, and after each conversion."""

    words: int = 0
    before: int = 0
    after: dict[str, int] = field(default_factory=dict)
    distinct: set[str] = field(default_factory=set)  # no syllables as written

    def add(self, other: Evidence) -> None:
        """Count what another text told."""
        self.words += other.words
        self.before += other.before
        self.distinct |= other.distinct
        for encoding, count in other.after.items():
            self.after[encoding] = self.after.get(encoding, 0) + count

    def best(self) -> str | None:
        """The encoding that explains the words, if one does; a tie tells nothing."""
        ranked = sorted(self.after.items(), key=lambda item: -item[1])
        if not ranked or self.before > MOST_BEFORE * self.words:
            return None
        encoding, count = ranked[0]
        if len(ranked) > 1 and ranked[1][1] == count:
            return None
        return encoding if count >= LEAST_SHARE * self.words else None

    def verdict(self) -> str | None:
        """The encoding of a whole article, if there is enough to say so."""
        encoding = self.best()
        gained = self.after[encoding] - self.before if encoding else 0
        return encoding if gained >= LEAST_WORDS and len(self.distinct) >= LEAST_DISTINCT else None


def weigh(text: str) -> Evidence:
    """What the words of one text tell."""
    evidence = Evidence()
    if ODD.search(text):
        for word in WORD.findall(text)[:MAX_WORDS]:
            if not word.isascii():
                _weigh_word(word, ("tcvn3", "vni", "viscii"), evidence)
    elif text.isascii() and len(VIQR_HINT.findall(text)) >= 2:
        _weigh_viqr(text, evidence)
    return evidence


def encoding_of(texts: Iterable[str]) -> str | None:
    """The legacy encoding that texts share; None for Unicode, or where it is not clear."""
    total = Evidence()
    for text in texts:
        evidence = weigh(text)
        if evidence.words and evidence.best():
            total.add(evidence)
    return total.verdict()


def _weigh_word(word: str, encodings: Iterable[str], evidence: Evidence) -> None:
    evidence.words += 1
    if UNICODE_LETTER.search(word) or is_vietnamese(word):
        evidence.before += 1
    else:
        evidence.distinct.add(word)
    for encoding in encodings:
        if is_vietnamese(convert(word, encoding)[0]):
            evidence.after[encoding] = evidence.after.get(encoding, 0) + 1


def _weigh_viqr(text: str, evidence: Evidence) -> None:
    plain = 0
    for word in VIQR_WORD.findall(text)[:MAX_WORDS]:
        bare = word.rstrip(".?'")
        if VIQR_MARK.search(bare) is None:
            plain += 1
            continue
        _weigh_word(bare, ("viqr",), evidence)
    if evidence.words * 4 < plain:
        evidence.words = 0
        evidence.after.clear()
