"""From the findings of a report to the matches that clients of LanguageTool show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from qc.core.discover import rules
from qc.core.location import TextLocation
from qc.core.mask import mask
from qc.core.record import dataclass
from qc.core.report import ReportedFinding
from qc.core.rule import Severity
from qc.service.languagetool.annotation import Written
from qc.service.languagetool.assignment import assignment, categories, protocol_id
from qc.service.languagetool.sentences import Sentences
from qc.service.languagetool.utf16 import Utf16

CONTEXT = 40
CUT = "…"
BEYOND = "□"
SHORT = 160
TYPES = {"misspelling": "UnknownWord"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its span of the original text, and what may stand there instead."""

    finding: ReportedFinding
    start: int
    end: int
    replacements: tuple[str, ...]

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much it counts where two overlap."""
        confidence = ("low", "medium", "high").index(self.finding.confidence)
        return self.finding.severity.rank, confidence, self.end - self.start


def matches_of(
    findings: Iterable[ReportedFinding], written: Written, lang: str
) -> list[dict[str, Any]]:
    """The matches of a text, in its order. Offsets are UTF-16 code units of the original."""
    placed = sorted(
        (_placed(each, written) for each in findings), key=lambda each: (each.start, each.end)
    )
    view = _View(written.original, _masked(placed, written.original))
    return [_match(each, view, lang) for each in _without_clashes(placed)]


class _View:
    """A text with its form that may be shown, of equal length, and what matches need of both."""

    def __init__(self, original: str, shown: str) -> None:
        self.text = shown
        self.utf16 = Utf16(original)
        self.sentences = Sentences(original)

    def context(self, start: int, end: int) -> dict[str, Any]:
        """The words around a span, cut at both sides.

        Clients in Python count its offset in code points, those in JavaScript in UTF-16 units:
        both agree where a letter beyond 16 bits, as an emoji, is shown as one that is not.
        """
        first, last = max(start - CONTEXT, 0), min(end + CONTEXT, len(self.text))
        head = (CUT if first else "") + self.text[first:start]
        tail = self.text[end:last] + (CUT if last < len(self.text) else "")
        text = head + self.text[start:end] + tail
        plain = "".join(
            " " if letter in "\r\n\t" else BEYOND if letter > "\uffff" else letter
            for letter in text
        )
        return {"text": plain, "offset": len(head), "length": end - start}


def _placed(finding: ReportedFinding, written: Written) -> Placed:
    """A finding with its span of the original; one about the whole text marks its first line."""
    place = finding.location
    suggestions = tuple(dict.fromkeys(each.text for each in finding.suggestions))
    if not isinstance(place, TextLocation) or place.source_start is None:
        start, end = _first_line(written.checked)
        suggestions = ()
    else:
        start, end = place.source_start, place.source_end or place.source_start
        start, end, suggestions = _widened(written.checked, start, end, suggestions)
    first, last = written.span(start, end)
    if written.original[first:last] != written.checked[start:end]:
        suggestions = ()  # markup lies inside, and would be lost
    return Placed(finding, first, last, suggestions)


def _first_line(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    line = text[start:].splitlines()[0] if text[start:] else ""
    return start, start + len(line)


def _widened(
    text: str, start: int, end: int, suggestions: tuple[str, ...]
) -> tuple[int, int, tuple[str, ...]]:
    """The span with a neighbouring letter where it, or what replaces it, would be empty.

    Clients can neither underline nothing nor offer nothing as a replacement.
    """
    if start < end and all(suggestions):
        return start, end, suggestions
    if start > 0 and text[start - 1] not in "\r\n":
        letter = text[start - 1]
        return start - 1, end, tuple(letter + each for each in suggestions)
    if end < len(text) and text[end] not in "\r\n":
        letter = text[end]
        return start, end + 1, tuple(each + letter for each in suggestions)
    return start, end, tuple(filter(None, suggestions))


def _masked(placed: Iterable[Placed], text: str) -> str:
    """The text as it may be shown: personal data and secrets hidden, of the same length."""
    known = rules()
    pieces: list[str] | None = None
    for each in placed:
        rule = known.get(each.finding.rule)
        if rule is None or not (rule.masks or rule.secret):
            continue
        pieces = pieces or list(text)
        pieces[each.start : each.end] = mask(text[each.start : each.end], whole=rule.secret)
    return text if pieces is None else "".join(pieces)


def _without_clashes(placed: list[Placed]) -> Iterator[Placed]:
    """All findings; of those that overlap, only the heaviest offers replacements.

    A client that applies them all at once would otherwise write one over the other.
    """
    starts: list[int] = []
    ends: list[int] = []
    kept: set[int] = set()
    offering = [each for each in placed if each.replacements]
    for each in sorted(offering, key=lambda one: one.weight, reverse=True):
        at = bisect_right(starts, each.start)
        before = at == 0 or ends[at - 1] <= each.start
        if before and (at == len(starts) or each.end <= starts[at]):
            starts.insert(at, each.start)
            ends.insert(at, each.end)
            kept.add(id(each))
    for each in placed:
        clash = each.replacements and id(each) not in kept
        yield Placed(each.finding, each.start, each.end, ()) if clash else each


def _match(placed: Placed, view: _View, lang: str) -> dict[str, Any]:
    finding = placed.finding
    given = assignment(finding.rule)
    rule = rules()[finding.rule]
    offset, span = view.utf16.span(placed.start, placed.end)
    first, last = view.sentences.around(placed.start)
    return {
        "message": _message(finding, lang),
        "shortMessage": _short(finding, bool(placed.replacements)),
        "replacements": [{"value": each} for each in placed.replacements],
        "offset": offset,
        "length": span,
        "context": view.context(placed.start, placed.end),
        "sentence": view.text[first:last],
        "type": {"typeName": _type_name(finding, given.issue_type)},
        "rule": {
            "id": protocol_id(finding.rule),
            "description": rule.title[lang],
            "issueType": given.issue_type,
            "category": {"id": given.category, "name": categories()[given.category][lang]},
            "isPremium": False,
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _type_name(finding: ReportedFinding, issue_type: str) -> str:
    return "Hint" if finding.severity is Severity.INFO else TYPES.get(issue_type, "Other")


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _short(finding: ReportedFinding, has_replacement: bool) -> str:
    """One whole sentence, for it is all that Writer shows; with the fix where it is short."""
    text = _sentence(finding.message)
    advised = f"{text} {_sentence(finding.fix)}"
    return advised if finding.fix and not has_replacement and len(advised) <= SHORT else text


def _message(finding: ReportedFinding, lang: str) -> str:
    """What is wrong, how to mend it, and on which act that rests."""
    parts = [_sentence(finding.message)]
    if finding.fix:
        parts.append(_sentence(finding.fix))
    if finding.basis:
        label = "Basis" if lang == "en" else "Căn cứ"
        parts.append(_sentence(f"{label}: {'; '.join(each.title for each in finding.basis)}"))
    return " ".join(parts)
