"""What workers do: the same line as the command line, so that the bytes are the same."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from qc import __version__
from qc.core.outcome import Verdict
from qc.core.record import replace
from qc.core.report import Report
from qc.pipeline import identity, inspect_with_article
from qc.policy.load import load_policy
from qc.policy.model import Policy
from qc.report.formats import Rendering, render
from qc.service.pool.overlay import with_overlay
from qc.service.pool.work import Answer, Task
from qc.signoff import person_mark

EXIT_CODES = {Verdict.PASS: 0, Verdict.REVIEW: 0, Verdict.BLOCK: 1, Verdict.INCOMPLETE: 3}


def check(task: Task) -> Answer:
    """Check one article; the body is the JSON of `qc check --format json`."""
    report, article = inspect_with_article(
        task.source, task.policy, today=task.today, lang=task.lang, progress=task.progress
    )
    content = rendered("json", report, task.policy)
    author = article.fields.author if article is not None else None
    head = {"verdict": report.verdict.value, "digest": report.digest}
    return Answer(head | {"author_mark": person_mark(author)}, content)


def rendered(format: str, report: Report, policy: Policy) -> bytes:
    """One report in a format, as the command line writes it."""
    code = EXIT_CODES[report.verdict]
    rendering = Rendering([report], identity(policy), __version__, code, report.lang)
    return render(format, rendering)


@lru_cache(maxsize=64)
def policy_of(path: str, stamp: int, day: str | None, overlay: str) -> Policy:
    """A policy by name or file, read once per version of the file (`stamp`), date and overlay."""
    del stamp  # part of the key only
    policy = load_policy(path)
    if day:
        policy = replace(policy, date=date.fromisoformat(day))
    return with_overlay(policy, overlay) if overlay else policy


def stamp_of(path: str) -> int:
    """What changes when a policy file changes; 0 for one that comes with qc."""
    return Path(path).stat().st_mtime_ns if path.endswith((".yaml", ".yml")) else 0
