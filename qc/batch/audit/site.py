"""One portal: observations go in one by one, the audit of the portal comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from qc.batch.audit import words
from qc.batch.audit.coverage import Cell, CoverageTally, Seen, counts
from qc.batch.audit.facts import Facts, ref_of
from qc.batch.audit.findings import site_findings
from qc.batch.audit.level import LevelTally, level_of_name
from qc.batch.audit.links import LinkTally
from qc.batch.audit.model import (
    ATTENTION,
    GOOD,
    INCOMPLETE,
    LACKING,
    Named,
    NotJudged,
    Portal,
    PostRef,
    RuleCount,
    SiteFinding,
)
from qc.batch.audit.observation import Observation
from qc.batch.audit.pictures import PictureTally
from qc.batch.audit.requirements import HOUSE, Coverage, Requirement
from qc.batch.audit.rhythm import ActivityTally, gaps
from qc.core.discover import rules
from qc.core.law import basis_at, members
from qc.core.portal_rules import INJECTED, MISSING
from qc.core.record import dataclass

KEPT = 50
WORST = 25


@dataclass(frozen=True, slots=True)
class Setting:
    """What the audit of every portal shares: the table, the day, the language, a given level."""

    table: Coverage
    as_of: date
    lang: str = "vi"
    level: str | None = None


class SiteTally:
    """Everything the audit of one portal keeps; grows with sections, months and links only."""

    def __init__(self, name: str, source: str, setting: Setting) -> None:
        self.name = name
        self.source = source
        self.table = setting.table
        self.as_of = setting.as_of
        self.lang = setting.lang
        self._given = setting.level
        self._titles = LevelTally()
        self._activity = ActivityTally(setting.lang)
        self._cover = CoverageTally(setting.table, None, setting.as_of)
        self._links = LinkTally()
        self._pictures = PictureTally()
        self._facts = Facts()
        self._verdicts: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._in_posts: Counter[str] = Counter()
        self._severity: dict[str, str] = {}
        self._unchecked: Counter[str] = Counter()
        self._hosts: Counter[str] = Counter()
        self._worst: list[tuple[int, int, str, PostRef]] = []
        self._unread: list[PostRef] = []
        self._counted = {"posts": 0, "pages": 0, "unread": 0, "undated": 0, "future": 0}

    def add(self, post: Observation) -> None:
        """Take in one post."""
        self._verdicts[post.verdict] += 1
        if post.fault is not None:
            self._counted["unread"] += 1
            if len(self._unread) < KEPT:
                self._unread.append(PostRef(post.id, url=post.url, detail=post.fault))
            return
        self._counted["posts"] += 1
        self._counted["pages"] += post.page
        self._unchecked.update(post.unchecked)
        if post.url and (host := urlsplit(post.url).hostname):
            self._hosts[host] += 1
        self._titles.add(post.title)
        self._count(post)
        ref = ref_of(post)
        self._facts.add(post, ref, self.as_of)
        self._links.add(ref, post.url, post.links)
        self._pictures.add(ref, post.pictures)
        self._place(post)

    def _place(self, post: Observation) -> None:
        if post.day is None:
            self._counted["undated"] += 1
            place = f"{post.category}\n{post.kind}"
            self._cover.add_undated(post.title, place, page=post.page)
            return
        if post.day > self.as_of:
            self._counted["future"] += 1
            return
        place = f"{post.category}\n{post.kind}"
        self._cover.add(Seen(post.id, post.day, post.title, place, post.url), page=post.page)
        if not post.page:
            self._activity.add(post)

    def _count(self, post: Observation) -> None:
        seen: dict[str, int] = {}
        for hit in post.hits:
            seen[hit.rule] = seen.get(hit.rule, 0) + 1
            if _rank(hit.severity) > _rank(self._severity.get(hit.rule, "")):
                self._severity[hit.rule] = hit.severity
        self._findings.update(seen)
        self._in_posts.update(seen.keys())
        errors = [hit for hit in post.hits if hit.severity == "error"]
        if errors:
            warnings = sum(1 for hit in post.hits if hit.severity == "warning")
            ref = ref_of(post, "; ".join(dict.fromkeys(hit.message for hit in errors[:3])))
            self._worst.append((-len(errors), -warnings, post.id, ref))
            self._worst.sort(key=lambda each: each[:3])
            del self._worst[WORST:]

    def portal(self) -> Portal:
        """The audit of all that was taken in."""
        cover = self._cover
        level, level_from = self._level()
        cover.level = level
        cells = tuple(cover.cells())
        states = counts(cells)
        silences = gaps(self._activity.days, self.table, self.as_of)
        host = self._hosts.most_common(1)[0][0] if self._hosts else None
        self._facts.take(cover, self._links, self._pictures, silences, host)
        findings = tuple(site_findings(self._facts, cells, self.as_of, self.lang))
        days = sorted(self._activity.days)
        sections = self._activity.sections(self.as_of)
        shown = [r for r in self.table.requirements if level is None or level in r.levels]
        return Portal(
            name=self.name,
            source=self.source,
            host=host,
            level=level,
            level_from=level_from,
            as_of=self.as_of.isoformat(),
            verdict=self._verdict(findings),
            posts=self._counted["posts"],
            pages=self._counted["pages"],
            first=days[0].isoformat() if days else None,
            newest=days[-1].isoformat() if days else None,
            verdicts={
                key: self._verdicts[key] for key in ("pass", "review", "block", "incomplete")
            },
            states=states,
            requirements=tuple(self._named(each) for each in shown),
            cells=cells,
            findings=findings,
            months=self._activity.months(),
            gaps=silences,
            sections=sections,
            rules=tuple(self._rule_counts(())),
            access=tuple(self._rule_counts(("access-", "field-"))),
            worst_posts=tuple(each[3] for each in self._worst),
            not_judged=tuple(self._not_judged(cells, host)),
            unread=tuple(self._unread),
            unread_count=self._counted["unread"],
            undated=self._counted["undated"],
            future=self._counted["future"],
        )

    def _level(self) -> tuple[str | None, str]:
        if self._given is not None:
            return self._given, "given"
        named = level_of_name(self.name)
        if named is not None:
            return named, "name"
        read = self._titles.level()
        return read, "posts" if read else "unknown"

    def _verdict(self, findings: tuple[SiteFinding, ...]) -> str:
        """Lacking outweighs incomplete, which outweighs the rest: unread posts are not good."""
        if not self._counted["posts"]:
            return INCOMPLETE
        if any(
            each.rule in (MISSING.id, INJECTED.id) and each.severity == "error" for each in findings
        ):
            return LACKING
        if self._counted["unread"] or self._verdicts["incomplete"]:
            return INCOMPLETE
        loud = any(each.severity != "info" for each in findings)
        return ATTENTION if loud or self._verdicts["block"] else GOOD

    def _named(self, requirement: Requirement) -> Named:
        return Named(
            id=requirement.id,
            title=requirement.title[self.lang],
            cadence=requirement.cadence,
            basis=law_titles(requirement.basis, self.as_of, self.lang),
            due=_due(requirement, self.as_of, self.lang),
            fix=requirement.fix[self.lang],
        )

    def _rule_counts(self, families: tuple[str, ...]) -> Iterator[RuleCount]:
        """Rules by the number of posts they speak in; hints last."""
        known = rules()
        ordered = sorted(
            self._in_posts, key=lambda id: (self._severity[id] == "info", -self._in_posts[id], id)
        )
        for id in ordered:
            if families and not id.startswith(families):
                continue
            rule = known.get(id)
            yield RuleCount(
                rule=id,
                title=rule.title[self.lang] if rule else id,
                severity=self._severity[id],
                findings=self._findings[id],
                posts=self._in_posts[id],
                fix=rule.fix[self.lang] if rule else "",
            )

    def _not_judged(self, cells: tuple[Cell, ...], host: str | None) -> Iterator[NotJudged]:
        """Everything that was not looked at, with the reason."""
        lang = self.lang
        for requirement in self.table.requirements:
            reasons = {
                cell.reason
                for cell in cells
                if cell.requirement == requirement.id and cell.state == "not-judged" and cell.reason
            }
            if reasons:
                own = requirement.unjudged
                why = (
                    own[lang] if own else " ".join(words.REASONS[r][lang] for r in sorted(reasons))
                )
                basis = law_titles(requirement.basis, self.as_of, lang)
                yield NotJudged(requirement.title[lang], why, basis)
        for each in self.table.unjudged:
            if basis_at((each.basis,), self.as_of):
                basis = law_titles((each.basis,), self.as_of, lang)
                yield NotJudged(each.title[lang], words.BEYOND[lang], basis)
        if not self._links.judged:
            yield NotJudged(words.LINKS[lang], words.NO_ADDRESSES[lang])
        elif unknown := self._links.unknown():
            yield NotJudged(words.LINKS[lang], words.ELSEWHERE[lang].format(count=unknown))
        if not self._pictures.seen:
            yield NotJudged(words.PICTURES[lang], words.NO_PICTURES[lang])
            if count := self._facts.lost.count:
                yield NotJudged(words.LOST[lang].format(count=count), words.NO_FILES[lang])
        if host is None:
            yield NotJudged(words.HOST[lang], words.NO_ADDRESSES[lang])
        for check, count in sorted(self._unchecked.items()):
            yield NotJudged(check, words.UNCHECKED[lang].format(count=count))
        if self._counted["undated"]:
            yield NotJudged(
                words.UNDATED[lang].format(count=self._counted["undated"]), words.NO_YEAR[lang]
            )
        if self._counted["future"]:
            yield NotJudged(
                words.FUTURE[lang].format(count=self._counted["future"]), words.AFTER[lang]
            )


def law_titles(ids: tuple[str, ...], day: date, lang: str) -> tuple[str, ...]:
    """Acts and articles, those in force on a day; where none is, all of them."""
    rows = basis_at(ids, day) or tuple(row for id in ids for row in members(id))
    return tuple(row.title(lang) for row in rows)


def _due(requirement: Requirement, day: date, lang: str) -> str:
    if requirement.due is None:
        return ""
    month, number = requirement.due
    if requirement.due_basis == HOUSE:
        basis = words.HOUSE_RULE[lang]
    else:
        basis = "; ".join(law_titles((requirement.due_basis,), day, lang))
    return f"{number:02}/{month:02} ({basis})"


def _rank(severity: str) -> int:
    return ("", "info", "warning", "error").index(severity)
