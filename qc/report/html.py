"""The HTML report: one self-contained page that shows the article with its marks.

No script, no outside request; a strict content security policy. Everything the article contains is
shown as text: nothing of it is executed, linked or loaded.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from qc.core.article import Article, Block, BlockKind
from qc.core.discover import rules
from qc.core.location import MediaLocation, TextLocation
from qc.core.record import dataclass, field
from qc.core.report import Report, ReportedFinding
from qc.report import words
from qc.report.console import clean
from qc.report.formats import Rendering
from qc.report.picture import Shown, shown_media
from qc.report.privacy import masked_field

TEMPLATES = Path(__file__).parent / "_templates"
LEVELS = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the numbers of the findings on it; `level` is the worst."""

    text: str
    numbers: tuple[int, ...] = ()
    level: str = ""


@dataclass(slots=True)
class Row:
    """A paragraph, heading, list item or table of the article."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    cells: list[list[list[Piece]]] = field(default_factory=list)
    level: int = 2
    hidden: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding in the side panel."""

    number: int
    finding: ReportedFinding
    place: str
    title: str
    fix: str
    why: str
    quote: tuple[str, str, str] | None
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template shows of one article."""

    report: Report
    verdict: str
    counts: str
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    media: tuple[Shown, ...]
    unchecked: tuple[tuple[str, str], ...]


def render(rendering: Rendering) -> str:
    """One page for all reports, with an index and charts where there are several."""
    articles = list(rendering.articles) or [None] * len(rendering.reports)
    pages = [
        _page(report, article, rendering)
        for report, article in zip(rendering.reports, articles, strict=True)
    ]
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    text: str = (
        _environment()
        .get_template("report.html.j2")
        .render(
            pages=pages,
            style=style,
            csp=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
            "form-action 'none'",
            lang=rendering.lang,
            policy=rendering.policy,
            version=rendering.version,
            words=words,
            levels=LEVELS,
            tally=_tally(rendering.reports),
            worst=_worst(rendering.reports),
        )
    )
    return text


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(report: Report, article: Article | None, rendering: Rendering) -> Page:
    lang = rendering.lang
    entries = tuple(_entry(n, each, lang) for n, each in enumerate(report.findings, 1))
    return Page(
        report=report,
        verdict=words.VERDICTS[report.verdict][lang],
        counts=words.count_line(report, lang),
        entries=entries,
        rows=tuple(_rows(report, article, lang)) if article is not None else (),
        media=shown_media(report, article, rendering) if article is not None else (),
        unchecked=tuple((o.check, o.reason or o.state.value) for o in report.unchecked),
    )


def _entry(number: int, finding: ReportedFinding, lang: str) -> Entry:
    rule = rules().get(finding.rule)
    place = finding.location
    quoted = words.quote_of(place) if isinstance(place, TextLocation) else None
    return Entry(
        number=number,
        finding=finding,
        place=clean(words.place_line(place, lang)),
        title=rule.title[lang] if rule else finding.rule,
        fix=rule.fix[lang] if rule else "",
        why=rule.why[lang] if rule else "",
        quote=(clean(quoted[0]), clean(quoted[1]), clean(quoted[2])) if quoted else None,
        basis=tuple(each.title for each in finding.basis),
    )


def _rows(report: Report, article: Article, lang: str) -> list[Row]:
    marks = {name: _Marks(each) for name, each in _marks(report).items()}
    texts = {name: masked_field(name, text, report) for name, text in article.texts.items()}
    rows: list[Row] = []
    table: int | None = None
    for block in article.blocks:
        text = texts.get(block.field, "")[block.start : block.end]
        found = marks[block.field].within(block) if block.field in marks else []
        pieces = _pieces(text, block, found)
        if block.kind is BlockKind.CELL and block.table is not None and block.field == "body":
            if block.table != table:
                rows.append(Row("table"))
                table = block.table
            cells = rows[-1].cells
            while len(cells) < (block.row or 1):
                cells.append([])
            cells[-1].append(pieces)
            continue
        table = None
        marked = any(piece.numbers for piece in pieces)
        if block.field in ("title", "sapo", "body") or marked:
            rows.append(_row(block, pieces, lang))
    return rows


def _row(block: Block, pieces: list[Piece], lang: str) -> Row:
    label = ""
    if block.hidden:
        label = words.HIDDEN[lang]
    elif block.field not in ("title", "sapo", "body"):
        label = words.field_name(block.field, lang)
    elif block.place.part in words.PARTS:
        label = words.PARTS[block.place.part][lang]
    return Row(
        kind=block.kind.value,
        pieces=pieces,
        level=min((block.level or 2) + 1, 6),
        hidden=block.hidden,
        label=label,
    )


def _marks(report: Report) -> dict[str, list[tuple[int, int, int, str]]]:
    """Spans of findings by field: start, end, number, severity."""
    marks: dict[str, list[tuple[int, int, int, str]]] = {}
    for number, finding in enumerate(report.findings, 1):
        place = finding.location
        if isinstance(place, TextLocation) and place.start is not None and place.end is not None:
            level = "waived" if finding.waived else finding.severity.value
            end = max(place.end, place.start + 1)
            marks.setdefault(place.field, []).append((place.start, end, number, level))
    return marks


class _Marks:
    """The marks of one field, so sorted that those of a block are found at once."""

    def __init__(self, marks: list[tuple[int, int, int, str]]) -> None:
        self._marks = sorted(marks)
        self._starts = [start for start, *_ in self._marks]
        self._longest = max(end - start for start, end, *_ in marks)

    def within(self, block: Block) -> list[tuple[int, int, int, str]]:
        """The marks that touch a block, in the order of their numbers."""
        first = bisect_left(self._starts, block.start - self._longest)
        last = bisect_left(self._starts, block.end)
        touching = [each for each in self._marks[first:last] if each[1] > block.start]
        return sorted(touching, key=lambda each: each[2])


def _pieces(text: str, block: Block, marks: list[tuple[int, int, int, str]]) -> list[Piece]:
    """The text of a block cut where the marks on it begin and end."""
    inside = [
        (max(a - block.start, 0), min(b - block.start, len(text)), number, level)
        for a, b, number, level in marks
    ]
    cuts = sorted({0, len(text), *(a for a, *_ in inside), *(b for _, b, *_ in inside)})
    pieces = []
    for start, end in pairwise(cuts):
        covering = [(n, level) for a, b, n, level in inside if a <= start and end <= b]
        worst = min(
            (level for _, level in covering),
            key=(*LEVELS, "waived").index,
            default="",
        )
        pieces.append(Piece(clean(text[start:end]), tuple(n for n, _ in covering), worst))
    return pieces


def _tally(reports: Any) -> list[tuple[str, int, float]]:
    total = max(len(reports), 1)
    counts = [(v, sum(1 for r in reports if r.verdict == v)) for v in words.VERDICTS]
    return [(verdict, n, round(100 * n / total, 2)) for verdict, n in counts if n]


def _worst(reports: Any) -> list[tuple[str, int, int]]:
    """The rules with most findings: id, count, and width of the bar in percent."""
    counts: dict[str, int] = {}
    for report in reports:
        for finding in report.unwaived:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
    most = ordered[0][1] if ordered else 1
    return [(rule, n, max(1, round(100 * n / most))) for rule, n in ordered]


__all__ = ["MediaLocation", "render"]
