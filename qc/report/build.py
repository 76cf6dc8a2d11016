"""From findings to reported findings: place, words, basis, waiver, order, and masking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from qc.core.article import Article, Block, Link
from qc.core.finding import Finding
from qc.core.law import basis_at
from qc.core.location import Location
from qc.core.record import dataclass
from qc.core.report import ReportedBasis, ReportedFinding, ReportedSuggestion, ReportedWaiver
from qc.core.rule import Severity
from qc.report.privacy import Masks


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its place and what the policy says of it."""

    finding: Finding
    place: Location
    severity: Severity
    waived: ReportedWaiver | None = None


def build_findings(
    judged: Iterable[Judged], article: Article, lang: str
) -> tuple[ReportedFinding, ...]:
    """The findings of an article as they stand in its report, in document order."""
    judged = list(judged)
    masks = Masks.of((each.finding, each.place) for each in judged)
    order = _Order(article)
    judged.sort(key=lambda each: order.key(each.finding, each.place))
    return tuple(_reported(each, article, masks, lang) for each in judged)


def _reported(judged: Judged, article: Article, masks: Masks, lang: str) -> ReportedFinding:
    finding = judged.finding
    facts = {name: masks.fact(_plain(value)) for name, value in finding.facts.items()}
    return ReportedFinding(
        rule=finding.rule.id,
        severity=judged.severity,
        confidence=finding.confidence,
        message=finding.rule.message.render(lang, facts),
        location=masks.location(judged.place, article),
        suggestions=tuple(
            ReportedSuggestion(text=each.text, safe=each.safe) for each in finding.suggestions
        ),
        basis=_basis(finding.rule.basis, article.date, lang),
        facts=facts,
        waived=judged.waived,
        fix=finding.rule.fix[lang],
    )


@lru_cache(maxsize=1024)
def _basis(ids: tuple[str, ...], on: date, lang: str) -> tuple[ReportedBasis, ...]:
    return tuple(
        ReportedBasis(id=each.id, title=each.title(lang), verified=each.verified)
        for each in basis_at(ids, on)
    )


def _plain(value: object) -> Any:
    """A fact as JSON can hold it."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        values = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(each) for each in values]
    return str(value)


class _Order:
    """Document order: the article itself, then its text from top to bottom, then its media."""

    def __init__(self, article: Article) -> None:
        self.blocks = {id(block): index for index, block in enumerate(article.blocks)}
        files = (*article.images, *article.videos, *article.attachments)
        self.files = {id(each): index for index, each in enumerate(files)}

    def key(self, finding: Finding, place: Location) -> tuple[int, int, int, str, str]:
        start = finding.start or 0
        rule = finding.rule.id
        message = str(sorted(finding.facts.items(), key=lambda item: item[0]))
        subject = finding.subject
        if place.kind == "article":
            return (0, 0, 0, rule, message)
        if place.kind == "media":
            return (
                2,
                self.files.get(id(subject), 0),
                int((place.time_s or (0,))[0] * 1000),
                rule,
                message,
            )
        if place.source_start is not None:
            return (1, place.source_start, place.source_end or 0, rule, message)
        block = (
            subject
            if isinstance(subject, Block)
            else subject.block
            if isinstance(subject, Link)
            else None
        )
        return (1, self.blocks.get(id(block), 0), place.start or start, rule, message)
