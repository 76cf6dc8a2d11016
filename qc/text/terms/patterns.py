"""Patterns of the owner: text that fits a regular expression of the portal's own policy.

For what a term list cannot say: the form of an internal code, a banned kind of address. Every
pattern must have a cost that grows with the text only; others are refused when the policy is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

from qc.core.article import Article
from qc.core.finding import Finding, Suggestion
from qc.core.location import STRICT
from qc.core.record import dataclass
from qc.core.rule import Field, Options, Rule, Text, check

if TYPE_CHECKING:
    from qc.text.terms._scan import Scanner

MATCHED = Rule(
    id="term-pattern",
    title=Text(vi="Chữ khớp mẫu do đơn vị đặt", en="Text fits a pattern of the owner"),
    message=Text(vi="“{shown}”: {note}", en="“{shown}”: {note_en}"),
    why=Text(
        vi="Đơn vị quản lý cổng đã đặt mẫu này trong chính sách của mình.",
        en="The owner of the portal has put this pattern into its own policy.",
    ),
    fix=Text(
        vi="Sửa theo ghi chú của mẫu, hoặc hỏi người phụ trách chính sách.",
        en="Change it as the note of the pattern says, or ask who keeps the policy.",
    ),
    basis=("37-10",),
    opt_in=True,
)
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class OwnerPattern:
    """A pattern: `regex` in the words of Python's `re`, `case` exact for capitals as written.

    `note` tells the editor what is wrong, `suggest` what to write instead. Raises ValueError for a
    pattern that is wrong or whose cost is not linear.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    regex: str
    case: Literal["any", "exact"] = "any"
    note: str = ""
    suggest: str = ""

    def __post_init__(self) -> None:
        from qc.text.terms._linear import refuse_unbounded

        refuse_unbounded(self.regex, self.flags)

    @property
    def flags(self) -> int:
        """The flags of `re`."""
        return 0 if self.case == "exact" else int(re.IGNORECASE)


class PatternOptions(Options):
    """The patterns."""

    patterns: tuple[OwnerPattern, ...] = Field(
        (), description="Regular expressions of the portal: id, regex, case, note, suggest"
    )


@check(MATCHED, subject=Article, options=PatternOptions)
def owner_patterns(article: Article, options: PatternOptions) -> Iterator[Finding]:
    if not options.patterns:
        return
    scanner = _scanner(options.patterns)
    for block in article.blocks:
        nfc = block.nfc
        for number, start, end in scanner.find(nfc.text):
            pattern = options.patterns[number]
            shown = " ".join(nfc.text[start:end].split())
            yield MATCHED.at(
                block,
                *nfc.original(start, end),
                suggestions=(Suggestion(pattern.suggest),) if pattern.suggest else (),
                shown=shown[:LONGEST_SHOWN],
                note=pattern.note or f"khớp mẫu “{pattern.id}” của đơn vị",
                note_en=pattern.note or f"fits the pattern “{pattern.id}” of the owner",
                pattern=pattern.id,
            )


@lru_cache(maxsize=16)
def _scanner(patterns: tuple[OwnerPattern, ...]) -> Scanner:
    from qc.text.terms._scan import Scanner

    return Scanner([(each.regex, each.flags) for each in patterns])
