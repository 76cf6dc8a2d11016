"""Rounds over the waiting articles: once, or until the process is told to stop."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from threading import Event
from typing import Any

from qc.core.article import Article
from qc.core.errors import QcError
from qc.core.outcome import Verdict
from qc.core.record import dataclass, field, replace
from qc.core.report import Report
from qc.documents.nukeviet import VIETNAM, Module, Status, source_of
from qc.integrations.nukeviet.database import Change, Portal, connect, unreachable
from qc.integrations.nukeviet.decision import new_status, reason_html, summary
from qc.integrations.nukeviet.options import Options
from qc.pipeline import inspect_with_article
from qc.policy.load import load_policy
from qc.policy.model import Policy

PASSED, REFUSED, INCOMPLETE = 0, 1, 3
RETRY_S = (5.0, 30.0, 120.0)
APPROVER = "field-approved-by-missing"


@dataclass(slots=True)
class Tally:
    """What a round came to."""

    onward: int = 0
    refused: int = 0
    waiting: int = 0
    overtaken: int = 0

    @property
    def code(self) -> int:
        """The exit code: 0 all went on, 1 something was sent back, 3 something waits unchecked."""
        return INCOMPLETE if self.waiting else REFUSED if self.refused else PASSED


@dataclass(slots=True)
class Sidecar:
    """The side-car: its policy, and the articles it could not check as they are now."""

    options: Options
    policy: Policy
    say: Callable[[str], None] = field(default=print)
    stop: Event = field(default_factory=Event)
    unchecked: dict[tuple[str, int], int] = field(default_factory=dict)

    def round(self, portal: Portal) -> Tally:
        """Check every article that waits, and answer; stops between two articles."""
        tally = Tally()
        for module in portal.modules():
            for row in portal.waiting(module):
                if self.stop.is_set():
                    return tally
                self._answer(portal, module, row, tally)
        return tally

    def _answer(self, portal: Portal, module: Module, row: dict[str, Any], tally: Tally) -> None:
        key = (module.table("rows"), int(row["id"]))
        if self.unchecked.get(key) == row["edittime"] and not self.options.dry_run:
            tally.waiting += 1
            return
        report, article = self._inspect(portal, module, row)
        status = new_status(int(row["status"]), report, self.options.fail_on)
        name, lang = f"{key[0]}/{key[1]}", self.options.lang
        if self.options.reports is not None:
            from qc.integrations.nukeviet.reports import write_report

            write_report(self.options.reports, module, row, (report, article), lang)
        if status is None:
            self.unchecked[key] = row["edittime"]
            tally.waiting += 1
            self._tell(name, row, "…", report)
            return
        self.unchecked.pop(key, None)
        if not self.options.dry_run:
            text = reason_html(report, lang)
            change = Change(int(status), text, f"[qc] {summary(report, lang)}", int(time.time()))
            if not portal.write(module, row, change):
                tally.overtaken += 1
                changed = "đã có người sửa" if lang == "vi" else "changed meanwhile"
                self.say(f"{name}: {changed}")
                return
        refused = status in (Status.REVIEW_REFUSED, Status.PUBLICATION_REFUSED)
        tally.refused += refused
        tally.onward += not refused
        self._tell(name, row, str(int(status)), report)

    def _inspect(
        self, portal: Portal, module: Module, row: Mapping[str, Any]
    ) -> tuple[Report, Article | None]:
        """The report of one article; before its review nobody can have approved it."""
        policy = self.policy
        if row["status"] == Status.REVIEW_ASKED:
            policy = replace(policy, enabled={**policy.enabled, APPROVER: False})
        source = source_of(row, module, portal.related(module, row))
        return inspect_with_article(source, policy, today=today(), lang=self.options.lang)

    def _tell(self, name: str, row: Mapping[str, Any], status: str, report: Report) -> None:
        """One line per article; no title, no text: a log is read by more people than the portal."""
        words = summary(report, self.options.lang)
        reasons = "; ".join(f"{o.check}: {o.reason}" for o in report.unchecked)
        tail = f" – {reasons}" if report.verdict is Verdict.INCOMPLETE else ""
        mark = "(--dry-run) " if self.options.dry_run else ""
        self.say(f"{mark}{name}: {row['status']} → {status}  {words}{tail}")


def run_once(options: Options, say: Callable[[str], None] = print) -> int:
    """One round; gives the exit code. Raises QcError for wrong options or an unusable database."""
    sidecar = Sidecar(options, load_policy(options.policy), say)
    return _round(sidecar).code


def run_watch(
    options: Options, stop: Event | None = None, say: Callable[[str], None] = print
) -> int:
    """Rounds until told to stop (SIGTERM, SIGINT or `stop`); a lost database is tried again."""
    sidecar = Sidecar(options, load_policy(options.policy), say, stop or Event())
    if stop is None:
        _stop_on_signals(sidecar.stop)
    _round(sidecar)  # wrong options end the command; what breaks later does not
    failures = 0
    while not sidecar.stop.wait(RETRY_S[min(failures, 3) - 1] if failures else options.interval_s):
        try:
            _round(sidecar)
            failures = 0
        except QcError as error:
            failures += 1
            print(f"qc: {error.message(options.lang)}", file=sys.stderr, flush=True)
    return PASSED


def _round(sidecar: Sidecar) -> Tally:
    from sqlalchemy.exc import SQLAlchemyError

    engine = connect(sidecar.options)
    try:
        with engine.connect() as connection:
            return sidecar.round(Portal(connection, sidecar.options))
    except SQLAlchemyError as error:
        raise unreachable(error) from None
    finally:
        engine.dispose()


def today() -> date:
    """The day in Vietnam."""
    return datetime.now(VIETNAM).date()


def _stop_on_signals(stop: Event) -> None:
    import signal

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
