"""The console report: the quoted place with the wrong part marked, grouped by severity.

A terminal gets colours and its own width (rich); a file or a pipe gets plain lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

from qc.core.discover import rules
from qc.core.lazy import regex
from qc.core.location import TextLocation
from qc.core.outcome import State
from qc.core.report import Report, ReportedFinding
from qc.report import words

if TYPE_CHECKING:
    from rich.console import Console

VERDICT_STYLES = {
    "pass": "bold green",
    "review": "bold yellow",
    "block": "bold red",
    "incomplete": "bold magenta",
}
SEVERITY_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}
MOST_UNCHECKED = 12
PLAIN_WIDTH = 100
INDENT = 5
SPACES_AT_END = regex(r"(?m)[ \t]+$")


class Line(NamedTuple):
    """One line before it is wrapped: its pieces with their styles, and how far it is indented."""

    pieces: tuple[tuple[str, str], ...] = ()
    indent: int = 0


Print = Callable[[Line], None]


def console_for(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that colours only terminals and honours NO_COLOR."""
    from rich.console import Console

    terminal = stream.isatty()
    if width is None and not terminal:
        width = PLAIN_WIDTH
    file = stream if terminal else cast(TextIO, Trimmed(stream))
    return Console(file=file, highlight=False, emoji=False, markup=False, width=width)


class Trimmed:
    """A stream to a file or a pipe: columns are not filled up with spaces at the end of a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.encoding = stream.encoding

    def write(self, text: str) -> int:
        """Write whole lines, without the spaces at their ends."""
        self.stream.write(SPACES_AT_END.sub("", text))
        return len(text)

    def flush(self) -> None:
        """Pass what was written on."""
        self.stream.flush()

    def isatty(self) -> bool:
        """Never: a terminal is written to without this."""
        return False


def print_reports(reports: Sequence[Report], stream: TextIO, lang: str) -> None:
    """Print each report and, for more than one, a summary."""
    show = _printer(stream)
    for report in reports:
        for line in _lines(report, lang):
            show(line)
    if not reports:
        show(Line(((words.NOTHING[lang], ""),)))
    if len(reports) > 1:
        show(Line(((_summary(reports, lang), ""),)))


def print_report(report: Report, stream: TextIO, lang: str) -> None:
    """Print one report."""
    show = _printer(stream)
    for line in _lines(report, lang):
        show(line)


def _printer(stream: TextIO) -> Print:
    """What prints a line: in colour on a terminal, else plain and without loading rich."""
    return _coloured(console_for(stream)) if stream.isatty() else _plain(stream)


def _coloured(console: Console) -> Print:
    from rich.padding import Padding
    from rich.text import Text as RichText

    def show(line: Line) -> None:
        text = RichText()
        for piece, style in line.pieces:
            text.append(piece, style=style)
        console.print(Padding(text, (0, 0, 0, line.indent)) if line.indent else text)

    return show


def _plain(stream: TextIO) -> Print:
    def show(line: Line) -> None:
        text = "".join(piece for piece, _ in line.pieces)
        width = PLAIN_WIDTH - (line.indent or INDENT)
        rows = [text.rstrip()] if len(text) <= width else _wrapped(text, width)
        for at, row in enumerate(rows):
            margin = " " * (line.indent or (INDENT if at else 0))
            stream.write(f"{margin}{row}\n" if row else "\n")

    return show


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(
        text,
        width,
        replace_whitespace=False,
        drop_whitespace=True,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(report: Report, lang: str) -> Iterator[Line]:
    head = [
        (clean(report.source), "bold"),
        (" — ", "bold"),
        (words.VERDICTS[report.verdict][lang], VERDICT_STYLES[report.verdict]),
    ]
    counts = words.count_line(report, lang)
    if counts:
        head.append((f" ({counts})", "bold"))
    yield Line(tuple(head))
    number = 0
    for severity in ("error", "warning", "info"):
        group = [each for each in report.unwaived if each.severity == severity]
        if group:
            yield Line()
            yield Line(((words.SEVERITIES[severity][lang], SEVERITY_STYLES[severity]),))
        for finding in group:
            number += 1
            yield from _finding(finding, number, lang)
    for finding in report.findings:
        if finding.waived is not None:
            number += 1
            yield from _finding(finding, number, lang)
    if not report.findings and not report.unchecked:
        yield Line(((words.NO_FINDINGS[lang], ""),), 2)
    yield from _unchecked(report, lang)
    yield Line()


def clean(text: str) -> str:
    """Text of an article made harmless for a terminal: no control and no direction characters."""
    if text.isprintable():
        return text
    return "".join(
        " " if c in "\n\r\t" else c
        for c in text
        if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


def _finding(finding: ReportedFinding, number: int, lang: str) -> Iterator[Line]:
    style = SEVERITY_STYLES[finding.severity]
    yield Line(
        (
            (f"{number:3}. ", ""),
            (clean(finding.message), f"bold {style}"),
            (f"  [{finding.rule}]", "dim"),
        )
    )
    place = words.place_line(finding.location, lang)
    if place:
        yield Line(((clean(place), "dim"),), INDENT)
    quote = _quote(finding)
    if quote:
        yield Line(quote, INDENT)
    for label, text in _advice(finding, lang):
        yield Line(((f"{label}: ", "bold"), (clean(text), "")), INDENT)


def _quote(finding: ReportedFinding) -> tuple[tuple[str, str], ...]:
    place = finding.location
    quoted = words.quote_of(place) if isinstance(place, TextLocation) else None
    if quoted is None:
        return ()
    before, excerpt, after = map(clean, quoted)
    return ("» ", "dim"), (before, ""), (excerpt or "▲", "reverse bold"), (after, "")


def _advice(finding: ReportedFinding, lang: str) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    if finding.suggestions:
        texts = " / ".join(words.suggested(each.text, lang) for each in finding.suggestions[:3])
        lines.append((words.SUGGESTION[lang], texts))
    rule = rules().get(finding.rule)
    if rule is not None:
        lines.append((words.FIX[lang], rule.fix[lang]))
    if finding.basis:
        lines.append((words.BASIS[lang], "; ".join(each.title for each in finding.basis)))
    if finding.waived is not None:
        text = words.WAIVED[lang].format(author=finding.waived.author, reason=finding.waived.reason)
        lines.append(("✓", text))
    return lines


def _unchecked(report: Report, lang: str) -> Iterator[Line]:
    unchecked = report.unchecked
    if not unchecked:
        return
    yield Line()
    yield Line(((words.UNCHECKED[lang], "magenta"),))
    for outcome in unchecked[:MOST_UNCHECKED]:
        reason = outcome.reason or ""
        if outcome.state is State.CRASHED and outcome.check != "load":
            reason = words.CRASHED[lang].format(reason=reason)
        name = "" if outcome.check == "load" else f"{outcome.check}: "
        yield Line(((f"- {name}{clean(reason)}", ""),), 2)
    if len(unchecked) > MOST_UNCHECKED:
        yield Line(((f"… +{len(unchecked) - MOST_UNCHECKED}", ""),), 2)


def _summary(reports: Sequence[Report], lang: str) -> str:
    counts = []
    for verdict, text in words.VERDICTS.items():
        n = sum(1 for report in reports if report.verdict == verdict)
        if n:
            counts.append(f"{n} {text[lang].split(':')[0].lower()}")
    return words.SUMMARY[lang].format(n=len(reports), counts=", ".join(counts))
