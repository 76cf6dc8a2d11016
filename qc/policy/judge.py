"""The verdict: the only place that decides what is to be done with an article."""

from __future__ import annotations

from collections.abc import Iterable

from qc.core.outcome import Outcome, State, Verdict
from qc.core.rule import Severity

UNCHECKED = (State.CRASHED, State.UNAVAILABLE)


def judge(outcomes: Iterable[Outcome], severities: Iterable[Severity]) -> Verdict:
    """The verdict over the outcomes and the severities of all findings that are not waived.

    An error blocks, a warning asks for review; a planned check that could not run to its end
    makes the article incomplete unless it is blocked already.
    """
    found = set(severities)
    if Severity.ERROR in found:
        return Verdict.BLOCK
    if not {each.state for each in outcomes}.isdisjoint(UNCHECKED):
        return Verdict.INCOMPLETE
    return Verdict.REVIEW if Severity.WARNING in found else Verdict.PASS
