"""The console report: the quoted place with the wrong part marked, grouped by severity."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from qc.core.discover import rules
from qc.core.location import TextLocation
from qc.core.outcome import State
from qc.core.report import Report, ReportedFinding
from qc.report import words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as RichText

VERDICT_STYLES = {
    "pass": "bold green",
    "review": "bold yellow",
    "block": "bold red",
    "incomplete": "bold magenta",
}
SEVERITY_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}
MOST_UNCHECKED = 12


def console_for(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that colours only terminals and honours NO_COLOR."""
    from rich.console import Console

    if width is None and not stream.isatty():
        width = 100
    return Console(file=stream, highlight=False, emoji=False, markup=False, width=width)


def print_reports(reports: Sequence[Report], console: Console, lang: str) -> None:
    """Print each report and, for more than one, a summary."""
    for report in reports:
        print_report(report, console, lang)
    if not reports:
        console.print(words.NOTHING[lang])
    if len(reports) > 1:
        _print_summary(reports, console, lang)


def print_report(report: Report, console: Console, lang: str) -> None:
    """Print one report."""
    from rich.text import Text as RichText

    head = RichText(clean(report.source), style="bold")
    head.append(" — ")
    head.append(words.VERDICTS[report.verdict][lang], style=VERDICT_STYLES[report.verdict])
    counts = words.count_line(report, lang)
    if counts:
        head.append(f" ({counts})")
    console.print(head)
    number = 0
    for severity in ("error", "warning", "info"):
        group = [each for each in report.unwaived if each.severity == severity]
        if group:
            console.print(
                RichText(f"\n{words.SEVERITIES[severity][lang]}", style=SEVERITY_STYLES[severity])
            )
        for finding in group:
            number += 1
            _print_finding(finding, number, console, lang)
    for finding in report.findings:
        if finding.waived is not None:
            number += 1
            _print_finding(finding, number, console, lang)
    if not report.findings and not report.unchecked:
        console.print(f"  {words.NO_FINDINGS[lang]}")
    _print_unchecked(report, console, lang)
    console.print()


def clean(text: str) -> str:
    """Text of an article made harmless for a terminal: no control and no direction characters."""
    return "".join(
        " " if c in "\n\r\t" else c
        for c in text
        if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


def _print_finding(finding: ReportedFinding, number: int, console: Console, lang: str) -> None:
    from rich.padding import Padding
    from rich.text import Text as RichText

    style = SEVERITY_STYLES[finding.severity]
    head = RichText(f"{number:3}. ")
    head.append(clean(finding.message), style=f"bold {style}")
    head.append(f"  [{finding.rule}]", style="dim")
    console.print(head)
    place = words.place_line(finding.location, lang)
    if place:
        console.print(Padding(RichText(clean(place), style="dim"), (0, 0, 0, 5)))
    quote = _quote(finding)
    if quote is not None:
        console.print(Padding(quote, (0, 0, 0, 5)))
    for label, text in _advice(finding, lang):
        line = RichText(f"{label}: ", style="bold")
        line.append(clean(text))
        console.print(Padding(line, (0, 0, 0, 5)))


def _quote(finding: ReportedFinding) -> RichText | None:
    from rich.text import Text as RichText

    place = finding.location
    quoted = words.quote_of(place) if isinstance(place, TextLocation) else None
    if quoted is None:
        return None
    before, excerpt, after = map(clean, quoted)
    quote = RichText("» ", style="dim")
    quote.append(before)
    quote.append(excerpt or "▲", style="reverse bold")
    quote.append(after)
    return quote


def _advice(finding: ReportedFinding, lang: str) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    if finding.suggestions:
        texts = " / ".join(words.suggested(each.text, lang) for each in finding.suggestions[:3])
        lines.append((words.SUGGESTION[lang], texts))
    rule = rules().get(finding.rule)
    if rule is not None:
        lines.append((words.FIX[lang], rule.fix[lang]))
    for basis in finding.basis:
        lines.append((words.BASIS[lang], basis.title))
    if finding.waived is not None:
        text = words.WAIVED[lang].format(author=finding.waived.author, reason=finding.waived.reason)
        lines.append(("✓", text))
    return lines


def _print_unchecked(report: Report, console: Console, lang: str) -> None:
    from rich.text import Text as RichText

    unchecked = report.unchecked
    if not unchecked:
        return
    console.print(RichText(f"\n{words.UNCHECKED[lang]}", style="magenta"))
    for outcome in unchecked[:MOST_UNCHECKED]:
        reason = outcome.reason or ""
        if outcome.state is State.CRASHED and outcome.check != "load":
            reason = words.CRASHED[lang].format(reason=reason)
        line = (
            f"  - {clean(reason)}"
            if outcome.check == "load"
            else f"  - {outcome.check}: {clean(reason)}"
        )
        console.print(line)
    if len(unchecked) > MOST_UNCHECKED:
        console.print(f"  … +{len(unchecked) - MOST_UNCHECKED}")


def _print_summary(reports: Sequence[Report], console: Console, lang: str) -> None:
    counts = []
    for verdict, text in words.VERDICTS.items():
        n = sum(1 for report in reports if report.verdict == verdict)
        if n:
            counts.append(f"{n} {text[lang].split(':')[0].lower()}")
    console.print(words.SUMMARY[lang].format(n=len(reports), counts=", ".join(counts)))
