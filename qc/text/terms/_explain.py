"""Explanations: for every spelling that resembles a term, why it hits or why it does not."""

from __future__ import annotations

from collections.abc import Iterator

from qc.text._view import FoldedText, fold
from qc.text.terms._context import context, near
from qc.text.terms._decision import decide
from qc.text.terms._lists import matcher_for
from qc.text.terms._matcher import Candidate, Hit, Matcher
from qc.text.terms._verify import verify


def explain(text: str, profile: str, lists: tuple[str, ...]) -> Iterator[str]:
    """One line for each hit, then one for each resemblance that was turned down."""
    matcher = matcher_for(profile, "1970-01-01", lists)
    view = fold(text)
    hits = matcher.find(view)
    for hit in hits:
        yield _line(text, hit, profile)
    seen: set[tuple[str, int]] = set()
    for candidate in matcher.candidates(view):
        key = (candidate.term.id, candidate.start)
        inside = any(h.start <= candidate.start and candidate.end <= h.end for h in hits)
        if not inside and key not in seen:
            seen.add(key)
            slice_ = text[candidate.start : candidate.end]
            why = _reason(matcher, view, candidate)
            yield f"không báo\t“{slice_}” ~ “{candidate.term.term}” ({candidate.term.id}): {why}"


def _line(text: str, hit: Hit, profile: str) -> str:
    slice_ = text[hit.start : hit.end]
    needed = tuple(hit.term.needs_near)
    if needed and not near(text, hit, needed, hit.term.window):
        return f"không báo\t“{slice_}” ({hit.term.id}): không có dấu hiệu bán hàng ở gần"
    seen = context(text, hit, "")
    decision = decide(hit, seen, profile=profile)
    notes = ", ".join(sorted(map(str, hit.evidence)))
    around = [f"gần “{seen.prevention}”"] if seen.prevention else []
    around += ["trong ngoặc kép"] if seen.quoted else []
    return (
        f"{decision.severity}\t“{slice_}” = “{hit.term.term}” ({hit.term.id}, mức "
        f"{hit.term.severity}): {notes}{'; ' if around else ''}{'; '.join(around)}"
    )


def _reason(matcher: Matcher, view: FoldedText, candidate: Candidate) -> str:
    slice_ = view.original[candidate.start : candidate.end]
    if not candidate.whole:
        return "nằm trong một từ khác"
    reading = verify(slice_, candidate.spelling)
    if reading is None:
        return "dấu hoặc chữ không phải của từ này"
    hit = Hit(candidate.term, candidate.start, candidate.end, reading.evidence)
    if matcher.covered(hit, view.original):
        return "thuộc một cụm từ an toàn"
    if reading.missing:
        return "thiếu dấu, dễ nhầm với từ thường"
    return "chưa đủ chứng cứ"
