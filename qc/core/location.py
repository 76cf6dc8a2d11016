"""Locations: the place of a finding as it stands in reports and JSON."""

from __future__ import annotations

from bisect import bisect_right
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from qc.core.article import Article, Block, File, Link, Markup, Place
from qc.core.finding import Finding

CONTEXT = 60
FIRST = ("kind", "field", "path", "start", "end", "box", "time_s")
ALWAYS = frozenset(
    ("kind", "field", "start", "end", "source_start", "source_end", "line", "column", "excerpt")
)


class _Location(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source_start: int | None = Field(None, description="Offset in the decoded file, code points")
    source_end: int | None = Field(None, description="End offset in the decoded file")
    line: int | None = Field(None, description="Line in the file, from 1")
    column: int | None = Field(None, description="Column in the line, from 1, in code points")
    end_line: int | None = Field(None, description="Line of the end")
    end_column: int | None = Field(None, description="Column behind the end")
    part: str | None = Field(None, description="docx, odt: body, header, footer, footnote …")
    paragraph: int | None = Field(None, description="docx, odt: paragraph of the part, from 1")
    table: int | None = Field(None, description="Table of the document, from 1")
    row: int | None = Field(None, description="Row of the table, from 1")
    cell: int | None = Field(None, description="Cell of the row, from 1")
    pointer: str | None = Field(None, description="json: JSON pointer of the value")

    @model_serializer(mode="wrap")
    def _serialize(self, inner: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without the parts that this kind of file does not have."""
        values: dict[str, Any] = inner(self)
        kept = (
            ALWAYS
            if values["kind"] == "text"
            else frozenset(("kind", "path", "field", "box", "time_s"))
        )
        if values["kind"] == "article":
            kept = frozenset(("kind", "field"))
        head = {name: values[name] for name in FIRST if name in values}
        values = {**head, **values}
        return {name: v for name, v in values.items() if name in kept or v not in (None, "", False)}


class TextLocation(_Location):
    """A span of the text of a field. Offsets are code points, the end is exclusive."""

    kind: Literal["text"] = "text"
    field: str
    start: int | None = Field(None, description="Offset in the text of the field")
    end: int | None = None
    excerpt: str = Field("", description="The reported text itself; masked if personal")
    before: str = Field("", description="What stands before it")
    after: str = Field("", description="What stands behind it")
    hidden: bool = Field(False, description="A reader does not see this text")
    block: str | None = Field(None, description="What the text is: paragraph, cell, alt …")


class MediaLocation(_Location):
    """A picture, clip or attachment, or a part of one."""

    kind: Literal["media"] = "media"
    path: str
    box: tuple[int, int, int, int] | None = Field(None, description="x, y, width, height in px")
    time_s: tuple[float, float] | None = Field(None, description="From and to, in seconds")


class ArticleLocation(_Location):
    """The article as a whole, or a field that is missing."""

    kind: Literal["article"] = "article"
    field: str | None = None


Location = Annotated[TextLocation | MediaLocation | ArticleLocation, Field(discriminator="kind")]


def locate(finding: Finding, article: Article) -> TextLocation | MediaLocation | ArticleLocation:
    """The location of a finding, from the subject it was made on."""
    subject = finding.subject
    if isinstance(subject, Block):
        start = 0 if finding.start is None else finding.start
        end = len(subject.text) if finding.end is None else finding.end
        return _in_block(article, subject, start, end)
    if isinstance(subject, Link):
        return _in_link(article, subject, finding)
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


def _in_link(article: Article, link: Link, finding: Finding) -> TextLocation:
    source = link.tag_span
    if link.offsets is not None and finding.start is not None and finding.end is not None:
        source = link.offsets.source(finding.start, finding.end) or source
    block = link.block
    if block is None:
        return TextLocation(field="body", **_file_span(article, source), **_place(link.place))
    place = _in_block(article, block, link.start, link.end)
    if source is None:
        return place
    return place.model_copy(update=_file_span(article, source))


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
