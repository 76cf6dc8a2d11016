"""The audit of term lists: what is doubled, shadowed or useless, and what hits clean text."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from qc.core.record import dataclass
from qc.text._view import fold
from qc.text.terms._forms import folded
from qc.text.terms._matcher import Hit, Matcher
from qc.text.terms._term import Term
from qc.text.terms._verify import Evidence

BARE = frozenset({Evidence.NO_MARKS, Evidence.PARTIAL})


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. `kind` is duplicate, shadowed, safe-phrase, fold-risky or frequent."""

    kind: str
    term_id: str
    detail: str


def structure(terms: Sequence[Term]) -> Iterator[Remark]:
    """What can be seen without a corpus."""
    written: dict[str, str] = {}
    bare: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        if term.term in written:
            yield Remark("duplicate", term.id, f"same term as {written[term.term]}")
        written.setdefault(term.term, term.id)
        bare[folded(term.term)].append(term)
        for phrase in term.safe_phrases:
            if folded(term.term) not in folded(phrase):
                yield Remark("safe-phrase", term.id, f"“{phrase}” never covers “{term.term}”")
    for alike in bare.values():
        severities = {term.severity for term in alike}
        if len(alike) > 1 and len(severities) > 1:
            names = ", ".join(term.id for term in alike[1:])
            yield Remark("shadowed", alike[0].id, f"looks the same without marks as {names}")


@dataclass(frozen=True, slots=True)
class Rates:
    """Hits in a clean corpus: syllables read, hits by term, bare hits by term, an example each."""

    syllables: int
    hits: Counter[str]
    bare: Counter[str]
    examples: dict[str, str]

    def per_million(self, count: int) -> float:
        """A count per million syllables."""
        return count * 1e6 / max(self.syllables, 1)


def rates(matcher: Matcher, chunks: Iterable[str]) -> Rates:
    """The hits of a matcher in chunks of text."""
    found = Rates(0, Counter(), Counter(), {})
    syllables = 0
    for chunk in chunks:
        text = unicodedata.normalize("NFC", chunk)
        syllables += len(text.split())
        for hit in matcher.find(fold(text)):
            found.hits[hit.term.id] += 1
            if hit.evidence & BARE:
                found.bare[hit.term.id] += 1
                found.examples[hit.term.id] = _around(text, hit)
            found.examples.setdefault(hit.term.id, _around(text, hit))
    return Rates(syllables, found.hits, found.bare, found.examples)


def remarks(found: Rates, limit_per_million: float) -> Iterator[Remark]:
    """Terms that hit without their marks, and terms that hit more often than the limit."""
    for term_id, count in found.bare.most_common():
        yield Remark("fold-risky", term_id, f"{count} × … {found.examples[term_id]}")
    for term_id, count in found.hits.most_common():
        rate = found.per_million(count)
        if rate <= limit_per_million:
            break
        yield Remark("frequent", term_id, f"{rate:.1f}/M … {found.examples[term_id]}")


def _around(text: str, hit: Hit) -> str:
    return " ".join(text[max(hit.start - 30, 0) : hit.end + 30].split())
