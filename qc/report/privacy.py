"""Masking in reports: personal data that one finding names is hidden in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from qc.core.article import Article
from qc.core.discover import rules
from qc.core.finding import Finding
from qc.core.location import CONTEXT, Location, TextLocation
from qc.core.mask import mask
from qc.core.record import dataclass, field, replace
from qc.core.report import Report

SHORTEST_VALUE = 6


@dataclass(slots=True)
class Masks:
    """Spans of personal data by field, and the values themselves for texts without offsets."""

    spans: dict[str, list[tuple[int, int, bool]]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None
    _hidden: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, located: Iterable[tuple[Finding, Location]]) -> Masks:
        """The masks that the findings of masking rules ask for."""
        masks = cls()
        for finding, place in located:
            secret = finding.rule.secret
            if not (finding.rule.masks or secret) or not isinstance(place, TextLocation):
                continue
            if place.start is not None and place.end is not None:
                masks.spans.setdefault(place.field, []).append((place.start, place.end, secret))
            if len(place.excerpt) >= SHORTEST_VALUE:
                masks.values[place.excerpt] = mask(place.excerpt, whole=secret)
        if masks.values:
            longest = sorted(masks.values, key=len, reverse=True)
            masks._pattern = re.compile("|".join(map(re.escape, longest)))
        return masks

    def location(self, place: Location, article: Article) -> Location:
        """The location with personal data hidden in its excerpt and context."""
        if not isinstance(place, TextLocation) or not (self.spans or self.values):
            return place
        start, end = place.start, place.end
        if start is None or end is None or place.field not in self.spans:
            return replace(
                place,
                excerpt=self.text(place.excerpt),
                before=self.text(place.before),
                after=self.text(place.after),
            )
        text = self._field(place.field, article)
        before = max(start - len(place.before), 0)
        after = min(end + len(place.after), end + CONTEXT)
        return replace(
            place, excerpt=text[start:end], before=text[before:start], after=text[end:after]
        )

    def fact(self, value: Any) -> Any:
        """A fact with the known values hidden."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.fact(each) for each in value]
        if isinstance(value, dict):
            return {key: self.fact(each) for key, each in value.items()}
        return value

    def text(self, text: str) -> str:
        """A text with the known values hidden."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self.values[match[0]], text)

    def _field(self, name: str, article: Article) -> str:
        """The text of a field with its spans hidden; it is as long as the text."""
        if name not in self._hidden:
            text = article.text(name)
            pieces = list(text)
            for start, end, secret in self.spans[name]:
                pieces[start:end] = mask(text[start:end], whole=secret)
            self._hidden[name] = "".join(pieces)
        return self._hidden[name]


def masked_field(field: str, text: str, report: Report) -> str:
    """The text of a field as a report may show it: what masking rules found is hidden."""
    known = rules()
    pieces = list(text)
    for finding in report.findings:
        place = finding.location
        rule = known.get(finding.rule)
        if rule is None or not (rule.masks or rule.secret):
            continue
        if not isinstance(place, TextLocation):
            continue
        if place.field == field and place.start is not None and place.end is not None:
            hidden = mask(text[place.start : place.end], whole=rule.secret)
            pieces[place.start : place.end] = hidden
    return "".join(pieces)
