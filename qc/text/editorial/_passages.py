"""Passages: the visible text of an article in NFC, block by block, with its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding, Suggestion
from qc.core.rule import Confidence, Rule, Severity
from qc.text.citations._article import citations_of

UNREAD = frozenset((BlockKind.META, BlockKind.COMMENT, BlockKind.CODE))
END = re.compile(r"[.!?;](?=\s)")
PAST = re.compile(
    r"trước đây|trước kia|trước khi|trước ngày|nguyên là|(?<!\w)nguyên (?:Trưởng|Phó|Giám|Hiệu)|"
    r"(?<!\w)cũ(?!\w)|sáp nhập|hợp nhất|sắp xếp|chấm dứt|kết thúc hoạt động|giải thể|khi đó|"
    r"lúc đó|lịch sử|(?<!\w)từng(?!\w)|nay là|nay thuộc|nay gọi|trực thuộc cũ|không còn|thời kỳ",
    re.IGNORECASE,
)
DATED = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)")
YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Passage:
    """One block as NFC text."""

    block: Block
    text: str

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
        """The sentence around a span."""
        head = [match.end() for match in END.finditer(self.text, 0, start)]
        tail = END.search(self.text, end)
        return self.text[head[-1] if head else 0 : tail.start() if tail else len(self.text)]


def passages(article: Article) -> Iterator[Passage]:
    """What a reader may read, in order: no metadata, comments or program code."""
    for block in article.blocks:
        if block.kind not in UNREAD and not block.field.startswith("document."):
            yield Passage(block, block.nfc.text)


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
    for cited in citations_of(article):
        if cited.field != passage.block.field:
            continue
        start, end = cited.view.original(cited.citation.start, cited.citation.end)
        if start <= offset < end:
            return True
    return False
