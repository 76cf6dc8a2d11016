"""Markdown drafts with front matter: headings, lists, quotes, tables, images, HTML inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qc.core.article import Markup
from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.documents._builder import Builder
from qc.documents._collector import Collector
from qc.documents._fields import FieldSet, read_fields
from qc.documents._front_matter import split_front_matter
from qc.documents._inline import Inline
from qc.documents._tokens import Attr, tokens
from qc.documents.html import send

LINE = regex(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
HEADING = regex(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
SETEXT = regex(r" {0,3}(=+|-+)[ \t]*$")
RULE = regex(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
FENCE = regex(r" {0,3}(`{3,}|~{3,})")
QUOTE = regex(r"(?: {0,3}>[ ]?)+")
ITEM = regex(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)")
DELIMITERS = regex(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
HTML_BLOCK = regex(
    r" {0,3}<(?:!--|!|\?|/?(?:address|article|aside|blockquote|body|center|col|dd|details|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    r"|marquee|menu|meta|nav|ol|option|p|pre|script|section|select|style|summary|svg|table|tbody|td"
    r"|template|tfoot|th|thead|title|tr|ul|video)(?=[\s/>]))",
    re.I,
)
DEFINITION = regex(r" {0,3}\[(?P<label>[^\]\[\n]{1,200})\]:[ \t]*<?(?P<url>[^\s>]+)>?.*$")
CODE_INDENT = regex(r"(?: {4}|\t)")


class Line(NamedTuple):
    """One line: its span in the file, without and with the line end."""

    text: str
    start: int
    end: int
    next: int


def load_markdown(text: str, builder: Builder) -> FieldSet:
    """Read a Markdown draft into `builder`; its first level-1 heading may be the title."""
    raw, offset = split_front_matter(text)
    fields = read_fields(raw)
    collector = Collector(builder, take_title=fields.fields.title is None, squeeze=False)
    walk_markdown(text, offset, collector)
    return fields


def walk_markdown(text: str, offset: int, collector: Collector) -> None:
    """Send text[offset:] through `collector`."""
    _Walker(text, offset, collector).walk()


class _Walker:
    def __init__(self, text: str, offset: int, collector: Collector) -> None:
        self.text = text
        self.collector = collector
        self.lines = _lines(text, offset)
        self.references = _definitions(self.lines)
        self.inline = Inline(text, self.references, collector)
        self.at = 0

    def walk(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text.strip():
                self.at += 1
            elif line.text[0].isalpha() and not self._is_table():  # no mark begins with a letter
                self._paragraph()
            elif FENCE.match(line.text):
                self._fenced()
            elif HTML_BLOCK.match(line.text):
                self._html()
            elif heading := HEADING.match(line.text):
                self._heading(line, len(heading[1]))
            elif RULE.match(line.text) or DEFINITION.match(line.text):
                self.at += 1
            elif self._is_table():
                self._table()
            elif CODE_INDENT.match(line.text) and not ITEM.match(line.text):
                self._indented()
            else:
                self._paragraph()
        self._markup()
        self.collector.finish()

    def _markup(self) -> None:
        """All raw HTML of the draft as one markup: an element may span paragraphs.

        What is not HTML stays in between, with brackets that cannot open a tag, so that offsets
        are those of the file.
        """
        spans = sorted(self.inline.raw)
        if not spans:
            return
        first = spans[0][0]
        parts: list[str] = []
        at = first
        for start, end in spans:
            parts += (_masked(self.text[at:start]), self.text[max(at, start) : end])
            at = max(at, end)
        text = "".join(parts)
        shift = OffsetMap.shift(len(text), first)
        self.collector.builder.markups.append(Markup(text=text, offsets=shift))

    def _heading(self, line: Line, level: int) -> None:
        match = HEADING.match(line.text)
        self.at += 1
        start, end = match.span(2) if match else (-1, -1)
        if start >= 0:
            self._element(f"h{level}", [(line.start + start, line.start + end)])

    def _paragraph(self) -> None:
        """A paragraph, list item or quotation: its lines up to what ends it."""
        spans: list[tuple[int, int]] = []
        name = "p"
        while self.at < len(self.lines):
            line = self.lines[self.at]
            start = line.start
            text = line.text
            if not spans and text[:1].isalpha():
                self.at += 1
                spans.append((start, line.next))
                continue
            if quote := QUOTE.match(text):
                if spans and name != "blockquote":
                    break
                name, start, text = "blockquote", start + quote.end(), text[quote.end() :]
                if not text.strip():
                    self.at += 1
                    break
            item = ITEM.match(text)
            if item and spans:
                break
            if item:
                name, start = ("li" if name == "p" else name), start + item.end()
            elif spans and self._ends_paragraph(line, text):
                break
            self.at += 1
            if spans and name == "p" and (setext := SETEXT.match(text)):
                name = "h1" if setext[1][0] == "=" else "h2"
                break
            spans.append((start, line.next))
        self._element(name, spans)

    def _ends_paragraph(self, line: Line, text: str) -> bool:
        if not text.strip() or FENCE.match(text) or HEADING.match(text):
            return True
        if RULE.match(text) and not SETEXT.match(text):
            return True
        return HTML_BLOCK.match(line.text) is not None

    def _element(self, name: str, spans: list[tuple[int, int]]) -> None:
        start = spans[0][0] if spans else 0
        self.collector.open(name, {}, start, start)
        joined: list[tuple[int, int]] = []
        for a, b in spans:
            if joined and joined[-1][1] == a:
                joined[-1] = (joined[-1][0], b)
            else:
                joined.append((a, b))
        for a, b in joined:
            self.inline.send(a, b, last=b == joined[-1][1])
        self.collector.close(name)

    def _fenced(self) -> None:
        opening = FENCE.match(self.lines[self.at].text)
        mark = opening[1] if opening else "```"
        self.at += 1
        start = self.lines[self.at].start if self.at < len(self.lines) else len(self.text)
        end = start
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            closing = FENCE.match(line.text)
            if closing and closing[1].startswith(mark) and not line.text.strip(" `~"):
                break
            end = line.end
        self._code(start, end)

    def _indented(self) -> None:
        while self.at < len(self.lines) and CODE_INDENT.match(self.lines[self.at].text):
            line = self.lines[self.at]
            self._code(line.start + (1 if line.text[0] == "\t" else 4), line.end)
            self.at += 1

    def _code(self, start: int, end: int) -> None:
        self.collector.open("pre", {}, start, start)
        self.collector.text(self.text[start:end], [(0, end - start, start, end)])
        self.collector.close("pre")

    def _html(self) -> None:
        """HTML up to the next empty line; a comment, script or style up to its end."""
        first = self.lines[self.at]
        end = first.next
        for close in ("-->", "</script>", "</style>", "</pre>"):
            if re.match(r" {0,3}<(?:!--|script|style|pre)", first.text, re.I) and _opens(
                first, close
            ):
                found = self.text.lower().find(close, first.start)
                end = len(self.text) if found < 0 else found + len(close)
        self.at += 1
        while self.at < len(self.lines) and (
            self.lines[self.at].start < end or self.lines[self.at].text.strip()
        ):
            end = max(end, self.lines[self.at].next)
            self.at += 1
        self.inline.raw.append((first.start, end))
        for token in tokens(self.text, first.start, end):
            send(self.text, token, self.collector)
        self.collector.flush()

    def _is_table(self) -> bool:
        if self.at + 1 >= len(self.lines) or "|" not in self.lines[self.at].text:
            return False
        below = self.lines[self.at + 1].text
        return "-" in below and DELIMITERS.match(below) is not None

    def _table(self) -> None:
        self.collector.open("table", {}, self.lines[self.at].start, self.lines[self.at].start)
        header = True
        while self.at < len(self.lines) and self.lines[self.at].text.strip():
            line = self.lines[self.at]
            if not header and "|" not in line.text:
                break
            self.collector.open("tr", {}, line.start, line.start)
            for a, b in _cells(line):
                name = "th" if header else "td"
                self.collector.open(name, {}, a, a)
                self.inline.send(a, b)
                self.collector.close(name)
            self.collector.close("tr")
            self.at += 2 if header else 1
            header = False
        self.collector.close("table")


def _masked(text: str) -> str:
    return text.replace("<", "\u2039").replace("&", "\uff06")


def _lines(text: str, offset: int) -> list[Line]:
    lines = []
    for start, end in _line_spans(text, offset):
        content = text[start:end].rstrip("\r\n")
        lines.append(Line(content, start, start + len(content), end))
    return lines


def _line_spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    if "\r" in text:
        yield from (match.span() for match in LINE.finditer(text, start) if match[0])
        return
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, end
        start = end


def _definitions(lines: list[Line]) -> dict[str, Attr]:
    found: dict[str, Attr] = {}
    for line in lines:
        if "]:" in line.text and (match := DEFINITION.match(line.text)):
            label = " ".join(match["label"].lower().split())
            start = line.start + match.start("url")
            found.setdefault(label, Attr(match["url"], start, start + len(match["url"])))
    return found


def _opens(line: Line, close: str) -> bool:
    opening = {"-->": "<!--", "</script>": "<script", "</style>": "<style", "</pre>": "<pre"}[close]
    return line.text.lstrip().lower().startswith(opening)


def _cells(line: Line) -> list[tuple[int, int]]:
    r"""Spans of the cells of a table row; \| is no border."""
    borders = [m.start() for m in re.finditer(r"(?<!\\)\|", line.text)]
    text = line.text
    lead = len(text) - len(text.lstrip())
    if borders and borders[0] == lead:
        borders = borders[1:]
        lead += 1
    if borders and not text[borders[-1] + 1 :].strip():
        edges = [lead, *[b + 1 for b in borders[:-1]]]
        ends = borders
    else:
        edges = [lead, *[b + 1 for b in borders]]
        ends = [*borders, len(text)]
    return [(line.start + a, line.start + b) for a, b in zip(edges, ends, strict=True)]
