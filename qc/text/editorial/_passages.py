"""Passages: the visible text of an article in NFC, block by block, with its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.rule import Confidence, Rule, Severity
from qc.text.citations._article import citations_of

UNREAD = frozenset((BlockKind.META, BlockKind.COMMENT, BlockKind.CODE))
REACH = 400
END = regex(r"[.!?;](?=\s)")
PAST = regex(
    r"trước đây|trước kia|trước khi|trước ngày|nguyên là|(?<!\w)nguyên (?:Trưởng|Phó|Giám|Hiệu)|"
    r"(?<!\w)cũ(?!\w)|sáp nhập|hợp nhất|sắp xếp|chấm dứt|kết thúc hoạt động|giải thể|khi đó|"
    r"lúc đó|lịch sử|(?<!\w)từng(?!\w)|nay là|nay thuộc|nay gọi|trực thuộc cũ|không còn|thời kỳ",
    re.IGNORECASE,
)
DATED = regex(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)")
YEAR = regex(r"(?<![\d/.-])(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Passage:
    """One block as NFC text."""

    block: Block
    text: str

    @property
    def lower(self) -> str | None:
        """The text in lower case; None where a foreign capital grows in lower case."""
        return self.block.memo("lower", lambda: _lower(self.text))

    def report(
        self,
        rule: Rule,
        span: tuple[int, int],
        facts: Mapping[str, Any],
        *,
        right: str | None = None,
        safe: bool = False,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
    ) -> Finding:
        """A finding at a span of the NFC text, with one suggestion if `right` is given."""
        start, end = self.block.nfc.original(*span)
        suggestions = (Suggestion(right, safe=safe),) if right else ()
        return rule.at(
            self.block,
            start,
            end,
            severity=severity,
            confidence=confidence,
            suggestions=suggestions,
            **facts,
        )

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a span, at most 400 characters to each side."""
        begin = max(start - REACH, 0)
        head = [match.end() for match in END.finditer(self.text, begin, start)]
        tail = END.search(self.text, end, end + REACH)
        return self.text[head[-1] if head else begin : tail.start() if tail else end + REACH]


def passages(article: Article) -> tuple[Passage, ...]:
    """What a reader may read, in order: no metadata, comments or program code."""
    return article.memo("passages", lambda: tuple(_passages(article)))


def _passages(article: Article) -> Iterator[Passage]:
    for block in article.blocks:
        if block.kind not in UNREAD and not block.field.startswith("document."):
            yield Passage(block, block.nfc.text)


def _lower(text: str) -> str | None:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else None


def speaks_of_past(sentence: str, until: date) -> bool:
    """Whether a sentence looks back to the time up to `until`."""
    if PAST.search(sentence):
        return True
    for day, month, year in DATED.findall(sentence):
        if (int(year), int(month), int(day)) <= (until.year, until.month, until.day):
            return True
    return any(int(year) < until.year for year in YEAR.findall(DATED.sub(" ", sentence)))


def in_citation(article: Article, passage: Passage, at: int) -> bool:
    """Whether the character at `at` of a passage belongs to a citation of an act."""
    offset = passage.block.start + passage.block.nfc.original(at, at)[0]
    spans = article.memo("law.citation.spans", lambda: _citation_spans(article))
    starts, ends = spans.get(passage.block.field, ([], []))
    index = bisect_right(starts, offset) - 1
    return index >= 0 and offset < ends[index]


def _citation_spans(article: Article) -> dict[str, tuple[list[int], list[int]]]:
    """Starts and ends of the citations of each field, in original code points, in order."""
    spans: dict[str, tuple[list[int], list[int]]] = {}
    for cited in citations_of(article):
        start, end = cited.view.original(cited.start, cited.end)
        starts, ends = spans.setdefault(cited.field, ([], []))
        starts.append(start)
        ends.append(end)
    return spans
