"""`qc check`: check the articles that paths hold, print the reports, give the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qc import __version__
from qc.baseline import apply_baseline, make_baseline, read_baseline
from qc.cli.arguments import FAIL_ON, FORMATS, LANGUAGES, CheckArguments
from qc.core.article import Article
from qc.core.discover import discover
from qc.core.errors import UsageError
from qc.core.outcome import Verdict
from qc.core.record import replace
from qc.core.report import Report
from qc.documents.folder import sources_of, told_passed_over
from qc.documents.load import Source
from qc.pipeline import identity, inspect_with_article
from qc.policy.load import load_policy
from qc.policy.model import Policy
from qc.report.formats import BINARY, SHOWS_ARTICLE, render
from qc.report.target import write_beside

if TYPE_CHECKING:
    from rich.progress import Progress

CLEAN, FOUND, USAGE, INCOMPLETE, NOTHING = 0, 1, 2, 3, 4


def run_check(arguments: CheckArguments) -> int:
    """Do what `qc check` was asked; gives the exit code. Raises QcError for wrong usage."""
    arguments = arguments.settled()
    for name, value, known in (
        ("format", arguments.format, FORMATS),
        ("lang", arguments.lang, LANGUAGES),
        ("fail-on", arguments.fail_on, FAIL_ON),
    ):
        if value not in known:
            raise UsageError(f"{name} is one of {', '.join(known)}, not {value}")
    policy = load_policy(arguments.policy)
    if arguments.date is not None:
        policy = replace(policy, date=_date(arguments.date))
    if arguments.thorough:
        policy = thorough(policy)
    sources = [source for path in arguments.paths for source in sources_of(Path(path))]
    if told := told_passed_over(map(Path, arguments.paths), arguments.lang):
        print(told, file=sys.stderr)
    if arguments.format == "jsonl" and arguments.output is None:
        return _stream(sources, policy, arguments)
    checked = list(_checked(sources, policy, arguments))
    if arguments.write_baseline is not None:
        text = make_baseline(report for report, _ in checked)
        write_beside(Path(arguments.write_baseline), text.encode(), _paths(sources))
    if arguments.baseline is not None:
        known_marks = read_baseline(Path(arguments.baseline))
        checked = [(apply_baseline(report, known_marks), article) for report, article in checked]
    reports = [report for report, _ in checked]
    code = exit_code(reports, arguments.fail_on)
    content = _rendered(checked, policy, arguments, code)
    if arguments.output is not None:
        write_beside(Path(arguments.output), content, _paths(sources))
    elif content:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    if arguments.timings:
        from qc.cli.timings import print_timings

        print_timings(sources, policy)
    return code


def thorough(policy: Policy) -> Policy:
    """The policy with every check that can look at more, such as a whole clip, told to."""
    options = dict(policy.options)
    for check in discover():
        if "thorough" in check.options.model_fields:
            values = {**policy.options_of(check).model_dump(), "thorough": True}
            options[check.id] = check.options.model_validate(values)
    return replace(policy, options=options)


def _paths(sources: Sequence[Source]) -> list[Path]:
    return [source.path for source in sources if source.path]


def exit_code(reports: Sequence[Report], fail_on: str) -> int:
    """0 nothing at or above `fail_on`, 1 something is, 3 incomplete, 4 nothing was checked."""
    if not reports:
        return NOTHING
    failing = {Verdict.BLOCK} if fail_on == "block" else {Verdict.BLOCK, Verdict.REVIEW}
    verdicts = {report.verdict for report in reports}
    if verdicts & failing:
        return FOUND
    return INCOMPLETE if Verdict.INCOMPLETE in verdicts else CLEAN


def _checked(
    sources: Sequence[Source], policy: Policy, arguments: CheckArguments
) -> Iterator[tuple[Report, Article | None]]:
    """The reports, one by one; articles are kept only for a format that shows them."""
    today = date.today()
    shown = arguments.format in SHOWS_ARTICLE
    progress = _progress(len(sources))
    task = None
    if progress is not None:
        progress.start()
        task = progress.add_task("", total=len(sources))
    try:
        for source in sources:
            if progress is not None and task is not None:
                progress.update(task, description=Path(source.name).name[:40])
            report, article = inspect_with_article(source, policy, today=today, lang=arguments.lang)
            yield report, article if shown else None
            if progress is not None and task is not None:
                progress.advance(task)
    finally:
        if progress is not None:
            progress.stop()


def _progress(count: int) -> Progress | None:
    """A progress bar on standard error for more than one article, if that is a terminal."""
    if count < 2 or not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _stream(sources: Sequence[Source], policy: Policy, arguments: CheckArguments) -> int:
    from qc.report.envelope import to_json_lines

    reports: list[Report] = []

    def each() -> Iterator[Report]:
        for report, _ in _checked(sources, policy, arguments):
            reports.append(report)
            yield report

    for line in to_json_lines(each(), version=__version__):
        sys.stdout.write(line)
        sys.stdout.flush()
    return exit_code(reports, arguments.fail_on)


def _rendered(
    checked: Sequence[tuple[Report, Article | None]],
    policy: Policy,
    arguments: CheckArguments,
    code: int,
) -> bytes:
    """The report in the format asked for; the console report of a terminal is printed."""
    reports = [report for report, _ in checked]
    if arguments.format == "text":
        from qc.report.console import print_reports

        stream: TextIO = StringIO() if arguments.output is not None else sys.stdout
        print_reports(reports, stream, arguments.lang)
        return stream.getvalue().encode() if isinstance(stream, StringIO) else b""
    if arguments.format in BINARY and arguments.output is None and sys.stdout.isatty():
        raise UsageError(
            f"{arguments.format} is not for a terminal",
            remedy="Name a file with --output.",
            vi=f"dạng {arguments.format} không in ra màn hình được; hãy thêm --output TỆP",
        )
    from qc.rendering import rendering_of

    rendering = rendering_of(checked, identity(policy), exit_code=code, lang=arguments.lang)
    return render(arguments.format, rendering)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text} is not a date",
            where="--date",
            remedy="Write YYYY-MM-DD.",
            vi=f"{text} không phải ngày hợp lệ; viết theo dạng NĂM-THÁNG-NGÀY, ví dụ 2024-09-05",
        ) from error
