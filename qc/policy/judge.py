"""The verdict: the only place that decides what is to be done with an article."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.outcome import Outcome, State, Verdict
from qc.core.rule import Severity
from qc.policy.model import Policy, Waiver


def judge(outcomes: Iterable[Outcome], severities: Iterable[Severity]) -> Verdict:
    """The verdict over the outcomes and the severities of all findings that are not waived.

    An error blocks, a warning asks for review; a planned check that could not run to its end
    makes the article incomplete unless it is blocked already.
    """
    found = set(severities)
    if Severity.ERROR in found:
        return Verdict.BLOCK
    if any(each.state in (State.CRASHED, State.UNAVAILABLE) for each in outcomes):
        return Verdict.INCOMPLETE
    return Verdict.REVIEW if Severity.WARNING in found else Verdict.PASS


def waiver_of(finding: Finding, excerpt: str, article: Article, policy: Policy) -> Waiver | None:
    """The waiver of the policy that covers a finding on the day of the run."""
    for waiver in policy.waivers:
        if waiver.rule != finding.rule.id or waiver.expires < article.today:
            continue
        if waiver.source is not None and not fnmatchcase(article.source, waiver.source):
            continue
        if waiver.text is None or waiver.text == excerpt:
            return waiver
    return None
