"""CSV: one row per finding, for offices; cells can start no formula in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from qc.core.discover import rules
from qc.core.location import TextLocation
from qc.core.report import Report, ReportedFinding
from qc.report.formats import Rendering
from qc.report.words import SEVERITIES, VERDICTS, place_line
from qc.report.xml import allowed

HEADS = {
    "vi": (
        "Bài",
        "Kết luận",
        "Mức",
        "Mã quy tắc",
        "Nội dung",
        "Vị trí",
        "Trích",
        "Đề nghị",
        "Cách sửa",
        "Căn cứ",
        "Được miễn",
    ),
    "en": (
        "Article",
        "Verdict",
        "Severity",
        "Rule",
        "Message",
        "Place",
        "Excerpt",
        "Suggestion",
        "Fix",
        "Basis",
        "Waived",
    ),
}
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(rendering: Rendering) -> str:
    """The table as CSV with a byte order mark, so that spreadsheets read Vietnamese."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADS[rendering.lang])
    writer.writerows(rows(rendering))
    return "\ufeff" + stream.getvalue()


def rows(rendering: Rendering) -> Iterator[tuple[str, ...]]:
    """One row per finding, and one for each article without any and each check that failed."""
    lang = rendering.lang
    for report in rendering.reports:
        head = (report.source, VERDICTS[report.verdict][lang])
        for finding in report.findings:
            yield tuple(map(neutral, (*head, *_cells(finding, lang))))
        for outcome in report.unchecked:
            cells = ("", outcome.check, outcome.reason or outcome.state.value)
            yield tuple(map(neutral, (*head, *cells, *[""] * 6)))
        if not report.findings and not report.unchecked:
            yield tuple(map(neutral, (*head, *[""] * 9)))


def neutral(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = allowed(text)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def _cells(finding: ReportedFinding, lang: str) -> tuple[str, ...]:
    rule = rules().get(finding.rule)
    place = finding.location
    waiver = finding.waived
    return (
        SEVERITIES[finding.severity][lang],
        finding.rule,
        finding.message,
        place_line(place, lang),
        place.excerpt if isinstance(place, TextLocation) else "",
        " / ".join(each.text for each in finding.suggestions[:3]),
        rule.fix[lang] if rule else "",
        "; ".join(each.title for each in finding.basis),
        f"{waiver.author}: {waiver.reason}" if waiver else "",
    )


__all__ = ["HEADS", "Report", "neutral", "render", "rows"]
