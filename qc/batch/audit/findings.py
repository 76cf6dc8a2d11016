"""Findings about the whole site, from the facts: one after the other, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qc.batch.audit import words
from qc.batch.audit.coverage import LATE as LATE_STATE
from qc.batch.audit.coverage import MISSING as MISSING_STATE
from qc.batch.audit.coverage import Cell
from qc.batch.audit.facts import SHOWN, Facts
from qc.batch.audit.model import PostRef, SiteFinding
from qc.batch.audit.requirements import Requirement
from qc.core.law import basis_at
from qc.core.portal_rules import (
    BORROWED,
    DEAD,
    EXPIRED,
    GAP,
    HOST,
    INJECTED,
    LATE,
    LOST,
    MISSING,
    REPEATED,
    STALE,
)
from qc.core.rule import Rule, Severity

MIN_RECENT = 10


def site_findings(
    facts: Facts, cells: tuple[Cell, ...], as_of: date, lang: str
) -> Iterator[SiteFinding]:
    """Every finding about the site, in the order of the rules."""
    yield from _coverage(facts, cells, as_of, lang)
    yield from _stale(facts, as_of, lang)
    for gap in facts.gaps:
        last, following = words.day(gap.last, lang), words.day(gap.next, lang)
        limit = facts.cover.table.max_gap_days if facts.cover else 0
        said = {"last": last, "next": following, "days": gap.term_days, "limit": limit}
        yield _finding(GAP, as_of, lang, said)
    for rule, listed in ((INJECTED, facts.injected), (DEAD, facts.dead), (LOST, facts.lost)):
        if listed.count and (rule is not LOST or facts.opened):
            severity = Severity.WARNING if rule is INJECTED and not listed.errors else None
            yield _finding(
                rule,
                as_of,
                lang,
                {"count": listed.count},
                severity=severity,
                count=listed.count,
                posts=listed.posts,
            )
    for act, listed in sorted(facts.expired.items(), key=lambda each: (-each[1].count, each[0])):
        said = {"act": act, "count": listed.count}
        yield _finding(EXPIRED, as_of, lang, said, count=listed.count, posts=listed.posts)
    if facts.repeated:
        refs = [
            PostRef(ref.id, ref.title, ref.url, ref.day, path)
            for group in facts.repeated[:SHOWN]
            for ref, path in group.places
        ]
        count = len(facts.repeated)
        yield _finding(REPEATED, as_of, lang, {"count": count}, count=count, posts=refs)
    if facts.host and not facts.host.endswith((".edu.vn", ".gov.vn")):
        yield _finding(HOST, as_of, lang, {"host": facts.host})
    if facts.recent >= MIN_RECENT and 2 * facts.recent_borrowed > facts.recent:
        share = 100 * facts.recent_borrowed // facts.recent
        yield _finding(BORROWED, as_of, lang, {"share": share}, count=facts.recent_borrowed)


def _coverage(
    facts: Facts, cells: tuple[Cell, ...], as_of: date, lang: str
) -> Iterator[SiteFinding]:
    """What is missing, one finding a requirement; then what was late, one a school year.

    What is missing only from years long past is a warning: the present counts most.
    """
    if facts.cover is None:
        return
    late: list[SiteFinding] = []
    for requirement in facts.cover.table.requirements:
        own = [cell for cell in cells if cell.requirement == requirement.id]
        missing = [cell.year for cell in own if cell.state == MISSING_STATE]
        newest = own[-1].year if own else 0
        if requirement.cadence == "standing" and newest not in missing:
            missing = []  # it is there by now; the table still shows the years without it
        if missing:
            severity = Severity.ERROR if missing[-1] >= newest - 1 else Severity.WARNING
            said = {
                "section": requirement.title[lang],
                "years": ", ".join(map(words.school_year, missing)),
            }
            basis = _asked(requirement, missing, facts, lang)
            yield _finding(
                MISSING,
                as_of,
                lang,
                said,
                severity=severity,
                requirement=requirement.id,
                years=missing,
                basis=basis,
                fix=requirement.fix[lang],
            )
        for cell in own:
            if cell.state == LATE_STATE:
                said = {
                    "section": requirement.title[lang],
                    "years": words.school_year(cell.year),
                    "days": str(cell.late_days),
                }
                ref = PostRef(cell.post or "", cell.title or "", cell.url, cell.day)
                basis = _asked(requirement, [cell.year], facts, lang)
                late.append(
                    _finding(
                        LATE,
                        as_of,
                        lang,
                        said,
                        requirement=requirement.id,
                        years=[cell.year],
                        posts=[ref],
                        basis=basis,
                    )
                )
    yield from late


def _asked(requirement: Requirement, years: list[int], facts: Facts, lang: str) -> tuple[str, ...]:
    """The law that asked for it in these school years."""
    assert facts.cover is not None
    table = facts.cover.table
    found: dict[str, None] = {}
    for year in years:
        day = requirement.due_on(year) or min(table.year_end(year), facts.cover.as_of)
        ids = requirement.basis
        if requirement.due_basis != "house":
            ids = (*ids, requirement.due_basis)
        found |= dict.fromkeys(row.title(lang) for row in basis_at(ids, day))
    return tuple(found)


def _stale(facts: Facts, as_of: date, lang: str) -> Iterator[SiteFinding]:
    if facts.cover is None or not facts.cover.table.in_term(as_of):
        return
    for requirement in facts.cover.table.requirements:
        newest = facts.cover.newest(requirement.id)
        if requirement.id != "section-news" or newest is None:
            continue
        age = (as_of - newest.day).days
        if age > facts.cover.table.max_news_age_days:
            said = {
                "section": requirement.title[lang],
                "day": words.day(newest.day.isoformat(), lang),
                "days": age,
            }
            yield _finding(STALE, as_of, lang, said, requirement=requirement.id)


def _finding(
    rule: Rule,
    as_of: date,
    lang: str,
    said: Mapping[str, object],
    *,
    severity: Severity | None = None,
    count: int = 1,
    requirement: str | None = None,
    years: list[int] | None = None,
    posts: list[PostRef] | None = None,
    basis: tuple[str, ...] | None = None,
    fix: str | None = None,
) -> SiteFinding:
    if basis is None:
        basis = tuple(row.title(lang) for row in basis_at(rule.basis, as_of))
    return SiteFinding(
        rule=rule.id,
        severity=(severity or rule.severity).value,
        message=rule.message.render(lang, said),
        fix=fix if fix is not None else rule.fix[lang],
        why=rule.why[lang],
        basis=basis,
        count=count,
        requirement=requirement,
        years=tuple(years or ()),
        posts=tuple(posts or ()),
    )
