"""Runs the checks of qc.security on a draft held in memory."""

from __future__ import annotations

from datetime import date

from qc.core.article import Article
from qc.core.discover import check_of, discover
from qc.core.finding import Finding
from qc.documents.load import Source, load

TODAY = date(2026, 11, 24)
FAMILIES = ("markup-", "hidden-", "link-", "secret-", "file-svg-")


def article_of(text: str, name: str = "") -> Article:
    """The article of a draft; HTML where it begins with `<`, Markdown otherwise."""
    name = name or ("draft.html" if text.lstrip().startswith("<") else "draft.md")
    return load(Source(name=name, data=text.encode()), TODAY)


def findings_of(text: str, rule_id: str = "", name: str = "") -> list[Finding]:
    """The findings of one rule, or of all rules of this package's families, on a draft."""
    article = article_of(text, name)
    owner = check_of(rule_id) if rule_id else None
    found: list[Finding] = []
    for check in [owner] if owner else discover():
        if not check.module.startswith("qc.security"):
            continue
        if not any(rule.id.startswith(FAMILIES) for rule in check.rules):
            continue
        for subject in article.subjects(check.subject):
            found += check.run(subject, check.options())
    return [each for each in found if not rule_id or each.rule.id == rule_id]


def rule_ids(text: str, name: str = "") -> set[str]:
    """Which rules a draft breaks, those that a policy has to switch on left out."""
    return {each.rule.id for each in findings_of(text, name=name) if not each.rule.opt_in}
