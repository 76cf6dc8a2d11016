"""Mixed house style: one name, one way of writing it in one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.core.tables import read_table
from qc.text.editorial._passages import Passage, in_citation, passages

MIXED = Rule(
    id="form-variants-mixed",
    severity=Severity.INFO,
    title=Text(vi="Một tên viết nhiều cách trong bài", en="One name written in several ways"),
    message=Text(
        vi="Bài viết “{written}” ở đây và “{usual}” ở {count} chỗ khác",
        en="“{written}” here and “{usual}” in {count} other places",
    ),
    why=Text(
        vi="Cách nào cũng được, nhưng một bài nên dùng một cách.",
        en="Each is right, but one article should keep to one.",
    ),
    fix=Text(vi="Viết thống nhất.", en="Write it one way."),
    basis=("house-style",),
    examples=Examples(
        bad=("Sở GD&ĐT họp sáng nay. Sau đó Sở GDĐT kết luận.",),
        good=("Sở GD&ĐT họp sáng nay theo Thông tư số 37/2020/TT-BGDĐT.",),
    ),
)


@check(MIXED, subject=Article)
def variants_mixed(article: Article, _: Options) -> Iterator[Finding]:
    """The rarer form of a name that an article writes in several ways, at its first place."""
    found: dict[str, dict[str, list[tuple[Passage, tuple[int, int]]]]] = {}
    for passage in passages(article):
        for match in _pattern().finditer(passage.text):
            group = _groups()[match[0]]
            places = found.setdefault(group, {}).setdefault(match[0], [])
            if not in_citation(article, passage, match.start()):
                places.append((passage, match.span()))
    for forms in found.values():
        used = sorted((f for f in forms.items() if f[1]), key=lambda each: -len(each[1]))
        for form, places in used[1:]:
            usual = used[0][0]
            facts = {"written": form, "usual": usual, "count": len(used[0][1])}
            passage, span = places[0]
            yield passage.report(MIXED, span, facts, right=usual)


@cache
def _groups() -> dict[str, str]:
    rows = read_table("law/variants.tsv", ("id", "forms"))
    return {form: id for id, forms in rows for form in forms.split("|")}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_groups(), key=len, reverse=True)
    return regex(r"(?<![\w&/-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w&@-])")
