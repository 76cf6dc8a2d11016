"""The dashboard: one self-contained page for a portal, or for many side by side.

No script, no outside request, a strict content security policy; everything from the portal is
shown as text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from qc.batch.audit import words
from qc.batch.audit.charts import Trend, ring, share, spark, trend
from qc.batch.audit.coverage import Cell
from qc.batch.audit.model import Audit, Portal, SiteFinding
from qc.batch.audit.requirements import coverage
from qc.core.portal_rules import INJECTED, LATE, MISSING
from qc.core.record import dataclass

TEMPLATES = Path(__file__).parent / "_templates"
MAX_NAMES = 5
MAX_GAPS = 6
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the heat map."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """A row of the table of what is missing."""

    title: str
    years: str
    due: str
    basis: str
    fix: str


@dataclass(frozen=True, slots=True)
class Common:
    """How many portals lack an item in a school year; `names` where they are few."""

    title: str
    asked: int
    missing: int
    late: int
    not_judged: int
    names: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything the template shows of one portal."""

    number: int
    p: Portal
    verdict: str
    short: str
    summary: str
    rhythm: str
    years: tuple[int, ...]
    heat: tuple[Row, ...]
    lacks: tuple[Lack, ...]
    tasks: tuple[SiteFinding, ...]
    trend: Trend | None
    ring: tuple[float, float] | None
    spark: str


def to_html(audit: Audit) -> str:
    """The page."""
    lang = audit.lang
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    views = [_view(number, each, lang) for number, each in enumerate(audit.portals, 1)]
    heading = {"vi": "Kiểm tra toàn cổng thông tin", "en": "Audit of the portal"}[lang]
    if len(views) == 1:
        heading = f"{heading}: {views[0].p.name}"
    text: str = (
        _environment()
        .get_template("audit.html.j2")
        .render(
            audit=audit,
            portals=views,
            ranked=sorted(views, key=lambda v: (v.p.covered_percent or 0, -v.p.states["missing"])),
            common=_common(audit),
            common_year=_closed_year(audit),
            heading=heading,
            style=style,
            csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
            "form-action 'none'",
            lang=lang,
            words=words,
            share=share,
            some=lambda shown, whole: _some(shown, whole, lang),
            say=lambda vi, en: en if lang == "en" else vi,
        )
    )
    return text


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _view(number: int, portal: Portal, lang: str) -> View:
    verdict = words.verdict_of(portal)[lang]
    years = tuple(sorted({cell.year for cell in portal.cells}))
    heat = tuple(
        Row(each.title, tuple(c for c in portal.cells if c.requirement == each.id))
        for each in portal.requirements
    )
    heat = tuple(r for r in heat if any(c.state != "not-asked" for c in r.cells))
    ordered = sorted(_tasks(portal, lang), key=lambda f: SEVERITIES.index(f.severity))
    percent = portal.covered_percent
    return View(
        number=number,
        p=portal,
        verdict=verdict,
        short=verdict.partition(":")[0],
        summary=_summary(portal, lang),
        rhythm=_rhythm(portal, lang),
        years=years,
        heat=heat,
        lacks=_lacks(portal),
        tasks=tuple(ordered),
        trend=trend(portal.months),
        ring=ring(percent) if percent is not None else None,
        spark=spark(portal.months),
    )


def _closed_year(audit: Audit) -> int:
    """The last school year that has ended on the day of the audit."""
    day = date.fromisoformat(audit.portals[0].as_of) if audit.portals else date.min
    return coverage().school_year(day) - 1


def _common(audit: Audit) -> tuple[Common, ...]:
    """Items by the number of portals that lack them, most first; none where nobody does."""
    year = _closed_year(audit)
    titles = {each.id: each.title for portal in audit.portals for each in portal.requirements}
    found = []
    for id, title in titles.items():
        states: dict[str, list[str]] = {}
        for portal in audit.portals:
            for cell in portal.cells:
                if (cell.requirement, cell.year) == (id, year):
                    states.setdefault(cell.state, []).append(portal.name)
        count = {state: len(states.get(state, ())) for state in words.STATES}
        asked = count["present"] + count["late"] + count["missing"]
        if count["missing"] or count["late"]:
            names = states.get("missing", [])
            shown = ", ".join(names) if len(names) <= MAX_NAMES else ""
            found.append(
                Common(title, asked, count["missing"], count["late"], count["not-judged"], shown)
            )
    return tuple(sorted(found, key=lambda each: (-each.missing, -each.late, each.title)))


def _tasks(portal: Portal, lang: str) -> Iterator[SiteFinding]:
    """What to do: coverage in two lines, as its tables stand below; then all the rest."""
    for rule, line in ((MISSING, words.FILL_IN), (LATE, words.IN_TIME)):
        own = [each for each in portal.findings if each.rule == rule.id]
        if own:
            severity = min((each.severity for each in own), key=SEVERITIES.index)
            posts = tuple(ref for each in own for ref in each.posts)
            fix = words.SEE_BELOW[lang] if rule is MISSING else own[0].fix
            message = line[lang].format(count=len(own))
            yield SiteFinding(
                rule.id, severity, message, fix, own[0].why, count=len(own), posts=posts
            )
    yield from (each for each in portal.findings if each.rule not in (MISSING.id, LATE.id))


def _summary(portal: Portal, lang: str) -> str:
    """One or two sentences that a head of school understands."""
    states, said = portal.states, []
    if not portal.posts:
        return {"vi": "Nguồn không có bài nào đọc được.", "en": "No post could be read."}[lang]
    if portal.asked:
        there = states["present"] + states["late"]
        said.append(
            {
                "vi": f"Đến nay cổng phải có {portal.asked} nội dung (mỗi năm học tính riêng), "
                f"đã có {there}"
                + (f" (trong đó {states['late']} đăng muộn)" if states["late"] else "")
                + (f", còn thiếu {states['missing']}." if states["missing"] else "."),
                "en": f"Of {portal.asked} items due by now (each school year apart) "
                f"the portal has {there}"
                + (f" ({states['late']} late)" if states["late"] else "")
                + (f" and lacks {states['missing']}." if states["missing"] else "."),
            }[lang]
        )
    injected = next((f.count for f in portal.findings if f.rule == INJECTED.id), 0)
    if injected:
        said.append(
            {
                "vi": f"{injected} bài nghi bị chèn nội dung trái phép: xử lý ngay.",
                "en": f"{injected} posts look injected: act now.",
            }[lang]
        )
    if states["not-judged"]:
        said.append(
            {
                "vi": f"{states['not-judged']} ô chưa xét được và không tính là đạt.",
                "en": f"{states['not-judged']} cells could not be judged and do not count.",
            }[lang]
        )
    if portal.unread_count:
        said.append(
            {
                "vi": f"{portal.unread_count} bài không đọc được.",
                "en": f"{portal.unread_count} posts could not be read.",
            }[lang]
        )
    return " ".join(said)


def _rhythm(portal: Portal, lang: str) -> str:
    if not portal.gaps:
        return {
            "vi": "Trong năm học không có quãng nào quá 30 ngày mà không có bài (không tính hè).",
            "en": "No silence of more than 30 days in term time.",
        }[lang]
    gaps = "; ".join(
        f"{words.day(g.last, lang)} – {words.day(g.next, lang)} ({g.term_days} "
        + {"vi": "ngày)", "en": "days)"}[lang]
        for g in portal.gaps[:MAX_GAPS]
    )
    more = len(portal.gaps) - MAX_GAPS
    if more > 0:
        gaps += {"vi": f"; và {more} quãng nữa", "en": f"; and {more} more"}[lang]
    return {"vi": f"Quãng không có bài trong năm học: {gaps}.", "en": f"Silences: {gaps}."}[lang]


def _some(shown: int, whole: int, lang: str) -> str:
    """How many of how many a list shows: "12 trong 49", or "12" where that is all."""
    if shown >= whole:
        return str(whole)
    return f"{shown} {({'vi': 'trong', 'en': 'of'})[lang]} {whole}"


def _lacks(portal: Portal) -> tuple[Lack, ...]:
    names = {each.id: each for each in portal.requirements}
    found = []
    for finding in portal.findings:
        if finding.rule == MISSING.id and finding.requirement in names:
            named = names[finding.requirement]
            years = ", ".join(map(words.school_year, finding.years))
            basis = "; ".join(finding.basis)
            found.append(Lack(named.title, years, named.due, basis, finding.fix))
    return tuple(found)
