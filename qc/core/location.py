"""Locations: the place of a finding as it stands in reports and JSON."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, ClassVar, Literal

from qc.core.article import Article, Block, File, Link, Markup, Place
from qc.core.finding import Finding
from qc.core.record import dataclass, replace

CONTEXT = 60
STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Location:
    """What all locations share.

    `source_start` and `source_end` are offsets in the decoded file (code points; None for docx and
    odt); `line` and `column` count from 1, in code points. `part`, `paragraph`, `table`, `row` and
    `cell` are the place in a docx or odt; `pointer` is a JSON pointer.
    """

    source_start: int | None = None
    source_end: int | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    part: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLocation(_Location):
    """A span of the text of a field. Offsets are code points, the end is exclusive.

    `excerpt` is the reported text itself (masked if personal), `before` and `after` what stands
    around it; `hidden` text is not seen by readers; `block` is what the text is: paragraph, cell …
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["text"] = "text"
    field: str
    start: int | None = None
    end: int | None = None
    excerpt: str = ""
    before: str = ""
    after: str = ""
    hidden: bool = False
    block: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLocation(_Location):
    """A picture, clip or attachment, or a part of one.

    `box` is x, y, width, height in pixels; `time_s` is from and to, in seconds.
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["media"] = "media"
    path: str
    box: tuple[int, int, int, int] | None = None
    time_s: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLocation(_Location):
    """The article as a whole, or a field that is missing."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["article"] = "article"
    field: str | None = None


Location = TextLocation | MediaLocation | ArticleLocation

PLACE = ("part", "paragraph", "table", "row", "cell", "pointer")
LINES = ("source_start", "source_end", "line", "column")
ALWAYS: dict[str, tuple[str, ...]] = {
    "text": ("kind", "field", "start", "end", *LINES, "excerpt"),
    "media": ("kind", "path", "box", "time_s"),
    "article": ("kind", "field"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "text": ("before", "after", "hidden", "block", "end_line", "end_column", *PLACE),
    "media": (*LINES, *PLACE),
    "article": (),
}


def as_data(location: Location) -> dict[str, Any]:
    """A location as it stands in JSON: without the parts that this kind of file does not have."""
    data = {name: getattr(location, name) for name in ALWAYS[location.kind]}
    for name in OPTIONAL[location.kind]:
        value = getattr(location, name)
        if value not in (None, "", False):
            data[name] = value
    return data


def locate(finding: Finding, article: Article) -> Location:
    """The location of a finding, from the subject it was made on."""
    subject = finding.subject
    if isinstance(subject, Block):
        start = 0 if finding.start is None else finding.start
        end = len(subject.text) if finding.end is None else finding.end
        return _in_block(article, subject, start, end)
    if isinstance(subject, Link):
        return _in_link(article, subject)
    if isinstance(subject, Markup):
        return _in_markup(article, subject, finding)
    if isinstance(subject, File):
        span = _file_span(article, subject.tag_span)
        return MediaLocation(
            path=subject.path,
            box=finding.box,
            time_s=finding.time_s,
            **span,
            **_place(subject.place),
        )
    if finding.field is not None and finding.start is not None and finding.end is not None:
        return _in_field(article, finding.field, finding.start, finding.end)
    return ArticleLocation(field=finding.field)


def _in_block(article: Article, block: Block, start: int, end: int) -> TextLocation:
    text = block.text
    source = block.offsets.source(start, end) if block.offsets else None
    return TextLocation(
        field=block.field,
        start=block.start + start,
        end=block.start + end,
        excerpt=text[start:end],
        before=text[max(start - CONTEXT, 0) : start],
        after=text[end : end + CONTEXT],
        hidden=block.hidden,
        block=block.kind.value,
        **_file_span(article, source),
        **_place(block.place),
    )


def _in_field(article: Article, field: str, start: int, end: int) -> TextLocation:
    """A span of a field that may reach over several blocks."""
    inside = [b for b in article.blocks if b.field == field and b.start < end and start < b.end]
    if len(inside) == 1 and inside[0].start <= start and end <= inside[0].end:
        block = inside[0]
        return _in_block(article, block, start - block.start, end - block.start)
    text = article.text(field)
    source = None
    place: dict[str, Any] = {}
    if inside:
        first, last = inside[0], inside[-1]
        place = _place(first.place)
        head = _source(first, max(start - first.start, 0), len(first.text))
        tail = _source(last, 0, min(end - last.start, len(last.text)))
        source = (head[0], tail[1]) if head and tail else None
    return TextLocation(
        field=field,
        start=start,
        end=end,
        excerpt=text[start:end],
        before=text[max(start - CONTEXT, 0) : start],
        after=text[end : end + CONTEXT],
        block=inside[0].kind.value if inside else None,
        **_file_span(article, source),
        **place,
    )


def _source(block: Block, start: int, end: int) -> tuple[int, int] | None:
    return block.offsets.source(start, end) if block.offsets else None


def _in_link(article: Article, link: Link) -> TextLocation:
    """The words of a link; for a link without words, the place where its tag begins."""
    block = link.block
    if block is not None and link.start < link.end:
        return _in_block(article, block, link.start, link.end)
    tag = (link.tag_span[0], link.tag_span[0]) if link.tag_span else None
    if block is None:
        return TextLocation(field="body", **_file_span(article, tag), **_place(link.place))
    place = _in_block(article, block, link.start, link.start)
    return replace(place, **_file_span(article, tag)) if tag else place


def _in_markup(article: Article, markup: Markup, finding: Finding) -> TextLocation:
    start = 0 if finding.start is None else finding.start
    end = start if finding.end is None else finding.end
    source = markup.offsets.source(start, end) if markup.offsets else None
    return TextLocation(
        field=markup.field,
        excerpt=markup.text[start:end][:400],
        before=markup.text[max(start - CONTEXT, 0) : start],
        after=markup.text[end : end + CONTEXT],
        block="markup",
        **_file_span(article, source),
        **_place(markup.place),
    )


def _file_span(article: Article, source: tuple[int, int] | None) -> dict[str, Any]:
    if source is None or article.source_text is None:
        return {}
    text = article.source_text
    starts = article.memo("line_starts", lambda: line_starts(text))
    line, column = line_column(starts, source[0])
    end_line, end_column = line_column(starts, source[1])
    return {
        "source_start": source[0],
        "source_end": source[1],
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _place(place: Place) -> dict[str, Any]:
    if place == Place():
        return {}
    return {
        "part": None if place.pointer else place.part,
        "paragraph": place.paragraph,
        "table": place.table,
        "row": place.row,
        "cell": place.column,
        "pointer": place.pointer,
    }


def line_starts(text: str) -> list[int]:
    r"""Offsets of the first character of each line; lines end at \n, \r\n or a lone \r."""
    starts = [0]
    position = 0
    if "\r" not in text:
        while (position := text.find("\n", position) + 1) > 0:
            starts.append(position)
        return starts
    for index, character in enumerate(text):
        lone = character == "\r" and text[index + 1 : index + 2] != "\n"
        if character == "\n" or lone:
            starts.append(index + 1)
    return starts


def line_column(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
