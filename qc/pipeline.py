"""The straight line from a draft to its report: load, plan, run, judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from qc.core.article import SUBJECTS, Article, Subject
from qc.core.catalogue import Listed, catalogue
from qc.core.errors import QcError, Unavailable, crash_of
from qc.core.finding import Finding
from qc.core.location import TextLocation, locate
from qc.core.outcome import Outcome, State, Verdict
from qc.core.record import dataclass, replace
from qc.core.report import PolicyIdentity, Report, ReportedOutcome, ReportedWaiver
from qc.core.requirement import describe, missing
from qc.core.rule import AnyCheck, Options
from qc.core.waiver import Waiver
from qc.documents.load import Source, load
from qc.policy.judge import judge
from qc.policy.model import Policy
from qc.policy.waivers import Waivers, waivers_beside
from qc.report.build import Judged, build_findings
from qc.text.waiver import EXPIRED, FORBIDDEN, UNUSED

LOAD = "load"
NO_OPTIONS = Options()
Progress = Callable[[int, int], None]


class Planned(NamedTuple):
    """One check that is to be run: on which pieces, with which options."""

    check: AnyCheck | Listed
    subjects: tuple[Subject, ...]
    options: Options


def inspect(
    source: Source,
    policy: Policy,
    *,
    today: date,
    lang: str = "vi",
    progress: Progress | None = None,
) -> Report:
    """Check one draft. Whatever happens, the result is a Report.

    `today` stands for the date of the run: checks read no clock. Messages are in `lang`.
    `progress(done, total)` is called after each of the planned checks.
    """
    return inspect_with_article(source, policy, today=today, lang=lang, progress=progress)[0]


def inspect_with_article(
    source: Source,
    policy: Policy,
    *,
    today: date,
    lang: str = "vi",
    progress: Progress | None = None,
) -> tuple[Report, Article | None]:
    """As `inspect`, with the article itself where it could be read; for reports that show it."""
    found = read(source, today=today, lang=lang)
    if isinstance(found, str):
        return _unreadable(source, policy, found, lang), None
    article, beside = found
    report = inspect_article(article, policy, lang=lang, beside=beside, progress=progress)
    return report, article


def read(
    source: Source, *, today: date, lang: str = "vi"
) -> tuple[Article, Sequence[Waiver]] | str:
    """The article with the waivers beside it, or why it could not be read."""
    try:
        return load(source, today), waivers_beside(source.path)
    except QcError as error:
        return error.message(lang)
    except Exception as error:  # a loader that breaks must not lose the article
        return crash_of(error)


def inspect_article(
    article: Article,
    policy: Policy,
    *,
    lang: str = "vi",
    beside: Sequence[Waiver] = (),
    progress: Progress | None = None,
) -> Report:
    """Check an article that has been loaded already; `beside` are waivers kept outside it."""
    if policy.date is not None:
        article = replace(article, law_date=policy.date)
    article = _with_attachments(article, policy)
    planned = plan(policy, article)
    if progress is not None:
        planned = _reported(tuple(planned), progress)
    outcomes = tuple(run(planned, article, lang=lang))
    waivers = Waivers(policy, article, beside)
    found = [each for outcome in outcomes for each in outcome.findings if policy.is_on(each.rule)]
    judged = [_judged(each, article, policy, waivers) for each in found]
    judged += [
        _judged(each, article, policy, waivers)
        for each in _waiver_findings(waivers, article)
        if policy.is_on(each.rule)
    ]
    findings = build_findings(judged, article, lang)
    verdict = judge(outcomes, (each.severity for each in findings if each.waived is None))
    return Report(
        source=article.source,
        digest=article.digest,
        title=article.fields.title,
        date=article.date.isoformat(),
        verdict=verdict,
        findings=findings,
        outcomes=tuple(map(_reported_outcome, outcomes)),
        policy=identity(policy),
        lang=lang,
    )


def _with_attachments(article: Article, policy: Policy) -> Article:
    """The article with the text of its attachments, so that every text check reads it too."""
    if not article.attachments:
        return article
    from qc.security.attachments.attached_files import FileOptions, attached_files
    from qc.security.attachments.text import with_attachment_text

    options = policy.options_of(attached_files)
    if not isinstance(options, FileOptions) or not any(map(policy.is_on, attached_files.rules)):
        return article
    return with_attachment_text(article, options)


def plan(policy: Policy, article: Article) -> Iterator[Planned]:
    """Every check of which a rule is on, with the pieces of the article it looks at.

    A check that has nothing to look at is only named, its module is not imported.
    """
    subjects = {kind: article.subjects(kind) for kind in SUBJECTS}
    for each in _checks_of(policy):
        pieces = subjects[each.listed.subject]
        if not pieces:
            yield each.idle
        else:
            check, options = each.ready or each.get_ready(policy)
            yield Planned(check, pieces, options)


@dataclass(slots=True)
class _Wanted:
    """A check of which a policy has a rule on; `ready` once an article had something for it."""

    listed: Listed
    idle: Planned
    ready: tuple[AnyCheck, Options] | None = None

    def get_ready(self, policy: Policy) -> tuple[AnyCheck, Options]:
        """The check and its options; its module is imported now."""
        check = self.listed.load()
        self.ready = check, policy.options_of(check)
        return self.ready


_LAST: list[tuple[Policy, tuple[Listed, ...], tuple[_Wanted, ...]]] = []


def _checks_of(policy: Policy) -> tuple[_Wanted, ...]:
    """The checks of a policy; those of the policy asked for last are remembered."""
    known = catalogue()
    for last, listed, checks in _LAST:
        if last is policy and listed is known:
            return checks
    enabled = policy.enabled
    wanted = tuple(
        _Wanted(listed, Planned(listed, (), NO_OPTIONS))
        for listed in known
        if any(enabled.get(rule, not opt_in) for rule, opt_in in listed.rules)
    )
    _LAST[:] = [(policy, known, wanted)]
    return wanted


def _reported(planned: Sequence[Planned], progress: Progress) -> Iterator[Planned]:
    """The planned checks; when the next one is asked for, the one before is done."""
    for index, each in enumerate(planned):
        yield each
        progress(index + 1, len(planned))


def run(planned: Iterable[Planned], article: Article, *, lang: str = "vi") -> Iterator[Outcome]:
    """One Outcome per planned check, always."""
    for each in planned:
        yield _run_one(each, lang)


def identity(policy: Policy) -> PolicyIdentity:
    """How reports name a policy."""
    day = policy.date.isoformat() if policy.date else None
    return PolicyIdentity(id=policy.id, digest=policy.digest, date=day)


def _judged(finding: Finding, article: Article, policy: Policy, waivers: Waivers) -> Judged:
    place = locate(finding, article)
    excerpt = place.excerpt if isinstance(place, TextLocation) else ""
    waiver = waivers.of(finding, excerpt)
    severity = policy.severity(finding.rule, finding.severity)
    if waiver is None:
        return Judged(finding, place, severity)
    reported = ReportedWaiver(
        author=waiver.author,
        reason=waiver.reason,
        expires=waiver.expires.isoformat() if waiver.expires else None,
        role=waiver.role,
        origin=waiver.origin,
    )
    return Judged(finding, place, severity, reported)


def _waiver_findings(waivers: Waivers, article: Article) -> Iterator[Finding]:
    rules = {"expired": EXPIRED, "unused": UNUSED, "forbidden": FORBIDDEN}
    for waiver, fault in waivers.faults():
        rule, place = rules[fault], waiver.block or article
        day = f"{waiver.expires:%d/%m/%Y}" if waiver.expires else ""
        yield rule.at(place, rule_id=waiver.rule, expires=day)


@cache
def _ended(check: str, state: State) -> Outcome:
    """The outcome of a check that found nothing, one object for all articles."""
    return Outcome(check, state)


@cache
def _reported_ended(check: str, state: State) -> ReportedOutcome:
    return ReportedOutcome(check=check, state=state)


def _reported_outcome(outcome: Outcome) -> ReportedOutcome:
    if outcome.reason is None:
        return _reported_ended(outcome.check, outcome.state)
    return ReportedOutcome(check=outcome.check, state=outcome.state, reason=outcome.reason)


def _run_one(planned: Planned, lang: str) -> Outcome:
    check = planned.check
    if not planned.subjects or isinstance(check, Listed):
        return _ended(check.id, State.NOT_APPLICABLE)
    if check.requires and (lacking := missing(check.requires)):
        names = ", ".join(describe(each, lang) for each in lacking)
        lacks = f"thiếu {names}" if lang == "vi" else f"missing: {names}"
        return Outcome(check.id, State.UNAVAILABLE, lacks)
    findings: list[Finding] = []
    state = State.RAN
    reason: str | None = None
    for subject in planned.subjects:
        try:
            for finding in check.run(subject, planned.options):
                findings.append(finding)
        except Unavailable as error:
            state, reason = _worse(state, reason, State.UNAVAILABLE, error.message(lang))
        except Exception as error:  # the only broad except: a crash is a result
            state, reason = _worse(state, reason, State.CRASHED, crash_of(error))
    if not findings and reason is None:
        return _ended(check.id, state)
    return Outcome(check.id, state, reason, tuple(findings))


def _worse(
    state: State, reason: str | None, other: State, other_reason: str
) -> tuple[State, str | None]:
    """The first failure is kept; a crash outweighs an unavailability."""
    if state is State.RAN or (state is State.UNAVAILABLE and other is State.CRASHED):
        return other, other_reason
    return state, reason


def _unreadable(source: Source, policy: Policy, reason: str, lang: str) -> Report:
    return Report(
        source=source.name,
        digest="",
        verdict=Verdict.INCOMPLETE,
        outcomes=(ReportedOutcome(check=LOAD, state=State.CRASHED, reason=reason),),
        policy=identity(policy),
        lang=lang,
    )
