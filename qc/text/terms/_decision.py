"""The decision: category x severity x evidence x context -> how bad, how sure, and why.

Only four things block: profanity and slurs, any term that is clearly disguised, the owner's own
list, and (in `injected-*`) a density of spam terms. Everything else asks or informs.
"""

from __future__ import annotations

from qc.core.record import dataclass
from qc.core.rule import Confidence, Severity
from qc.text.terms._context import Context
from qc.text.terms._matcher import Hit
from qc.text.terms._verify import Evidence

DIRECT = frozenset({"profanity", "hate", "insult"})  # bad in themselves, not only as promotion
PROMOTED = frozenset({"gambling", "sexual", "drugs", "tobacco-alcohol", "fraud", "advertising"})
DISGUISE = frozenset({
    Evidence.HIDDEN, Evidence.SEPARATED, Evidence.LOOKALIKE, Evidence.LEET, Evidence.MASKED,
    Evidence.KEYSTROKES, Evidence.TEENCODE, Evidence.REPEATED, Evidence.MARKUP,
})  # fmt: skip
CLEAR_DISGUISE = frozenset(
    {Evidence.HIDDEN, Evidence.SEPARATED, Evidence.LOOKALIKE, Evidence.LEET, Evidence.MARKUP}
)
LEVELS = (Severity.INFO, Severity.INFO, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a hit is reported."""

    severity: Severity
    confidence: Confidence


def decide(hit: Hit, seen: Context, *, profile: str = "article", hidden: bool = False) -> Decision:
    """The severity and confidence of a hit in its context."""
    term = hit.term
    confidence = _confidence(hit)
    if term.owner:
        return Decision(Severity.ERROR, confidence)
    disguised = bool(hit.evidence & DISGUISE)
    level = term.severity
    if hidden:
        level += 1
    if disguised and term.severity >= 2:
        level += 1
    elif term.category in DIRECT:
        level -= (seen.quoted or seen.safe) and profile == "article"
        level -= hit.evidence == {Evidence.PARTIAL} or Evidence.NO_MARKS in hit.evidence
    else:
        level = min(level, 2 + hidden)
        level -= bool(seen.prevention) or seen.safe
    blocks = term.category in DIRECT or bool(hit.evidence & CLEAR_DISGUISE) or hidden
    level = min(level, 3 if blocks else 2)
    if confidence is Confidence.LOW:
        level = min(level, 2)
    return Decision(LEVELS[max(level, 0)], confidence)


def _confidence(hit: Hit) -> Confidence:
    evidence = hit.evidence
    if evidence <= {Evidence.EXACT, Evidence.HIDDEN, Evidence.PUNCTUATED}:
        return Confidence.HIGH
    if Evidence.NO_MARKS in evidence and " " not in hit.term.term:
        return Confidence.LOW
    if evidence & {Evidence.SWAPPED}:
        return Confidence.LOW
    return Confidence.MEDIUM
