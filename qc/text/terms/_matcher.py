"""The matcher: all terms in one Aho-Corasick pass over the folded text, then verification.

Time is linear in the text; verification runs on hits only and remembers what it has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from qc.core.record import dataclass, field
from qc.text._view import FoldedText
from qc.text.terms._finder import Finder
from qc.text.terms._guards import chance, credible, glued_span
from qc.text.terms._masks import MaskIndex
from qc.text.terms._regions import regions
from qc.text.terms._shelf import Form, Forms, Shelf, split_forms
from qc.text.terms._term import Term
from qc.text.terms._verify import Evidence, Reading, Spelling, spelling, verify

spelled = lru_cache(maxsize=20000)(spelling)
_MAX_REMEMBERED = 50000
_UNSEEN = object()
KEYSTROKES = frozenset({Evidence.KEYSTROKES})

Met = tuple[bool, bool, Term, str, str]  # a form: between blanks, within words too, term, as listed


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a text: its span in the original, and how it is written there."""

    term: Term
    start: int
    end: int
    evidence: frozenset[Evidence]

    @property
    def exact(self) -> bool:
        """Written as in the list."""
        return self.evidence == {Evidence.EXACT}


class Candidate(NamedTuple):
    """A place where the folded text looks like a term, before it is verified."""

    term: Term
    start: int
    end: int
    whole: bool
    literal: str
    kind: str

    @property
    def spelling(self) -> Spelling:
        """What the slice is verified against."""
        return spelled(self.literal)


@dataclass(frozen=True, eq=False)
class Matcher:
    """Searches a set of terms."""

    terms: Sequence[Term] = field(repr=False)
    _seen: dict[tuple[str, str], Reading | None] = field(default_factory=dict, repr=False)
    _met: dict[int, Met] = field(default_factory=dict, repr=False)

    @cached_property
    def _forms(self) -> Sequence[Form]:
        if isinstance(self.terms, Shelf):
            return self.terms.forms()
        return [(text, term, lit, kind) for term in self.terms for text, lit, kind in term.forms]

    @cached_property
    def _finder(self) -> Finder:
        forms = self._forms
        return Finder(forms.texts if isinstance(forms, Forms) else [form[0] for form in forms])

    @cached_property
    def _squeezed(self) -> tuple[Sequence[int], Finder]:
        """The forms looked for in text that is split apart: their numbers, and their letters."""
        forms = self._forms
        if isinstance(forms, Forms):
            numbers: Sequence[int] = forms.split
            texts: Sequence[str] = forms.texts
        else:
            split = (each for term in self.terms for each in split_forms(term))
            numbers = [number for number, each in enumerate(split) if each]
            texts = [form[0] for form in forms]
        return numbers, Finder([texts[number].replace(" ", "") for number in numbers])

    @cached_property
    def _masks(self) -> MaskIndex:
        return MaskIndex.of(tuple(self.terms))

    def find(self, folded: FoldedText) -> list[Hit]:
        """All hits in document order; a hit inside a longer one is left out, an owner's never."""
        if not self.terms:
            return []
        hits = [*self._plain(folded), *self._split(folded), *self._masked(folded)]
        hits = [hit for hit in hits if not self.covered(hit, folded.original)]
        own = longest(hit for hit in hits if hit.term.owner)
        shipped = longest(hit for hit in hits if not hit.term.owner)
        return sorted([*own, *shipped], key=lambda hit: (hit.start, hit.end)) if own else shipped

    def candidates(self, folded: FoldedText) -> Iterator[Candidate]:
        """Everything that looks like a term once case, marks and look-alikes are set aside."""
        text, met = folded.text, self._met
        for index, start, end in self._finder.find(text):
            padded, free, term, literal, kind = met.get(index) or self._meet(index)
            whole = True
            if padded:
                start, end = start + 1, end - 1  # noqa: PLW2901
            else:
                whole = text[start - 1] == " " and text[end] == " "
                if not whole and not free:
                    continue
            first, last = folded.span(start, end)
            yield Candidate(term, first, last, whole, literal, kind)

    def _meet(self, index: int) -> Met:
        form, term, literal, kind = self._forms[index]
        self._met[index] = found = (form[0] == " ", term.boundary == "free", term, literal, kind)
        return found

    def _plain(self, folded: FoldedText) -> Iterator[Hit]:
        original = folded.original
        seen = self._remember()
        for found in self.candidates(folded):
            term, first, kind, literal = found.term, found.start, found.kind, found.literal
            if kind == Evidence.KEYSTROKES:
                last = first + len(literal)
                if original[first:last].lower() == literal:
                    yield Hit(term, first, last, KEYSTROKES)
                continue
            slice_ = original[first : found.end]
            reading = seen.get((literal, slice_), _UNSEEN)
            if reading is _UNSEEN:
                reading = seen[literal, slice_] = verify(slice_, spelled(literal))
            if reading is None or not credible(term, reading, kind, slice_):
                continue
            evidence = _labels(reading, kind)
            if chance(term, evidence, original, first, found.end):
                continue
            if not found.whole:
                if not glued_span(original, first, found.end, reading):
                    continue
                evidence = (evidence - {Evidence.EXACT}) | {Evidence.GLUED}
            yield Hit(term, first, found.end, evidence)

    def _remember(self) -> dict[tuple[str, str], Any]:
        if len(self._seen) > _MAX_REMEMBERED:
            self._seen.clear()
        return self._seen

    def _split(self, folded: FoldedText) -> Iterator[Hit]:
        """Terms whose letters are split apart: l.ồ.n, n h à c á i, emoji inside words."""
        found = regions(folded.shape)
        if not found:
            return
        numbers, finder = self._squeezed
        for region in found:
            for index, start, end in finder.find(region.letters):
                span = region.span(start, end, folded.shape)
                if span is None:
                    continue
                _, term, literal, _ = self._forms[numbers[index]]
                hit = self._split_hit(folded, span, term, literal)
                if hit is not None:
                    yield hit

    def _split_hit(
        self, folded: FoldedText, span: tuple[int, int], term: Term, literal: str
    ) -> Hit | None:
        slice_ = folded.original[span[0] : span[1]]
        reading = verify(slice_, spelled(literal))
        if reading is None or Evidence.SEPARATED not in reading.evidence:
            return None
        if not credible(term, reading, "", slice_):
            return None
        return Hit(term, *span, reading.evidence)

    def _masked(self, folded: FoldedText) -> Iterator[Hit]:
        original = folded.original
        if "*" not in original:
            return
        for term, start, end in self._masks.find(original):
            yield Hit(term, start, end, frozenset({Evidence.MASKED}))

    @staticmethod
    def covered(hit: Hit, text: str) -> bool:
        """Whether a safe phrase of the term stands over the hit."""
        for phrase in hit.term.safe_phrases:
            reach = len(phrase)
            offset = max(hit.start - reach, 0)
            around = text[offset : hit.end + reach].lower()
            at = around.find(phrase)
            while at >= 0:
                begin, end = offset + at, offset + at + len(phrase)
                edges = text[max(begin - 1, 0) : begin] + text[end : end + 1]
                alone = not any(map(str.isalpha, edges))
                if alone and begin <= hit.start and hit.end <= end:
                    return True
                at = around.find(phrase, at + 1)
        return False


def _labels(reading: Reading, kind: str) -> frozenset[Evidence]:
    if kind == "":
        return reading.evidence
    return (reading.evidence - {Evidence.EXACT}) | {Evidence(kind)}


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Hits in document order; of two that overlap the first, longer or worse one stays."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, -h.term.severity, not h.exact)):
        last = kept[-1] if kept else None
        if last is None or hit.start >= last.end:
            kept.append(hit)
        elif hit.end > last.end and hit.term.severity > last.term.severity:
            kept[-1] = hit
    return kept
