"""The collector: turns elements and text, from HTML or Markdown, into blocks, links and media."""

from __future__ import annotations

from typing import Any

from qc.core.article import Block, BlockKind, Place
from qc.core.offsets import OffsetMap
from qc.core.record import dataclass, field, replace
from qc.documents._builder import Builder
from qc.documents._credit import credit_of
from qc.documents._elements import (
    BLOCKS,
    CAPTION_TEXT,
    KINDS,
    LEVELS,
    SELF_CLOSING,
    VOID,
    Attributes,
    attribute_map,
    is_hidden,
    pixels,
    role_of,
    value_of,
)
from qc.documents._run import Run
from qc.documents._tokens import Attr
from qc.documents._values import Value


@dataclass(slots=True)
class _Open:
    """An open element."""

    name: str
    kind: BlockKind | None
    level: int | None
    hidden: bool
    buffer: bool = False
    value: str | None = None


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    col: int = 0


@dataclass(slots=True)
class _Anchor:
    """A link whose text is being collected; `start` and `end` are offsets in the run."""

    href: str
    attributes: Attributes
    tag: tuple[int, int]
    start: int
    end: int = 0


@dataclass(slots=True)
class _Buffer:
    run: Run
    hidden: bool
    anchors: list[_Anchor] = field(default_factory=list)


class Collector:
    """Receives tags and text in document order and fills a Builder.

    `take_title`: the first h1 is the title of the article, not a part of its body. `squeeze`:
    repeated spaces are one, as in HTML. `place` is given to every piece (a JSON pointer, for a body
    inside JSON); `outer` maps the text that is walked to the decoded file, where they differ.
    """

    def __init__(
        self,
        builder: Builder,
        *,
        take_title: bool = True,
        place: Place | None = None,
        outer: OffsetMap | None = None,
        body: str = "body",
        squeeze: bool = True,
    ) -> None:
        self.builder = builder
        self.take_title = take_title
        self.place = place or Place()
        self.outer = outer
        self.body = body
        self.squeeze = squeeze
        self._stack: list[_Open] = []
        self._counts: dict[str, int] = {}
        self._buffers = [_Buffer(Run(squeeze=squeeze), hidden=False)]
        self._link: _Anchor | None = None
        self._tables: list[_Table] = []
        self._table_count = 0
        self._figure: int | None = None
        self._last_image: int | None = None
        self._preformatted = 0

    def text(self, text: str, segments: list[tuple[int, int, int, int]]) -> None:
        """Decoded text; `segments` map it to the text that is walked."""
        self._buffers[-1].run.add(text, segments)

    def open(self, name: str, attributes: Attributes, start: int, end: int) -> None:
        """An element begins; [start, end) is its tag."""
        if name == "br":
            self._buffers[-1].run.line_break(start, end)
            return
        if name in SELF_CLOSING and self._stack and self._stack[-1].name == name:
            self.close(name)
        if name in BLOCKS:
            self.flush()
        if attributes:
            self._media(name, attributes, start, end)
            self._attribute_texts(attributes)
        if name == "a":
            self._end_link()
            self._begin_link(attributes, start, end)
        if name not in VOID:
            self._push(name, attributes)
        if name not in BLOCKS:
            self._buffers[-1].run.boundary("link" if name in ("a", "img", "button") else "inline")

    def close(self, name: str) -> None:
        """An element ends; what was left open inside it ends too."""
        if name == "a":
            self._end_link()
        if not self._counts.get(name):
            if name in ("p", "br"):
                self.flush()
            return
        if name in BLOCKS:
            self.flush()
        while self._stack:
            ended = self._pop()
            if ended.name == name:
                break
        self._buffers[-1].run.boundary("link" if name in ("a", "button") else "inline")

    def comment(self, text: str, start: int) -> None:
        """A comment: `start` is where its text begins in the text that is walked."""
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if text:
            offsets = self._outward(OffsetMap.shift(len(text), start + lead))
            self.builder.block(
                BlockKind.COMMENT, text, field="comment", hidden=True, offsets=offsets,
                place=self.place,
            )  # fmt: skip

    def flush(self) -> None:
        """End the block that is being collected."""
        buffer = self._buffers[-1]
        if not buffer.run.length and not buffer.anchors and self._link is None:
            buffer.run.keep_space = self._preformatted > 0
            return
        if self._link is not None and buffer.run.length > self._link.start:
            self._end_link()
        text, offsets = buffer.run.finish()
        anchors, buffer.anchors = buffer.anchors, []
        buffer.run = Run(keep_space=self._preformatted > 0, squeeze=self.squeeze)
        if self._link is not None:
            self._link.start = 0
        if text.strip():
            self._emit(text, self._outward(offsets), buffer.hidden, anchors)
        else:
            for anchor in anchors:
                self._add_link(anchor, None)

    def finish(self) -> None:
        """The document ends."""
        self._end_link()
        while self._stack:
            self.flush()
            self._pop()
        self.flush()

    # blocks

    def _emit(self, text: str, offsets: OffsetMap, hidden: bool, anchors: list[_Anchor]) -> None:
        kind, level, value = self._context()
        if value is None and level == 1 and self.take_title and "title" not in self.builder.found:
            value = "title"
        if value is not None and not hidden:
            self.builder.value(value, Value(text, offsets, self.place))
            if value in ("title", "sapo", "page-title"):
                for anchor in anchors:
                    self._add_link(anchor, None)
                return
        if (
            kind is BlockKind.PARAGRAPH
            and self._last_image is not None
            and CAPTION_TEXT.match(text)
        ):
            kind = BlockKind.CAPTION
        cell: dict[str, Any] = {}
        if self._tables and kind is BlockKind.CELL:
            table = self._tables[-1]
            header = any(each.name == "th" for each in self._stack[-6:])
            cell = {"table": table.number, "row": table.row, "col": table.col, "header": header}
        block = self.builder.block(
            kind,
            text,
            field=self.body,
            level=level,
            offsets=offsets,
            hidden=hidden,
            place=self.place,
            **cell,
        )
        if kind is BlockKind.CAPTION:
            self._caption(text)
        elif not hidden:
            self._last_image = None
        for anchor in anchors:
            self._add_link(anchor, block)

    def _context(self) -> tuple[BlockKind, int | None, str | None]:
        kind: BlockKind | None = None
        level = None
        value = None
        for each in reversed(self._stack[-40:]):
            kind = kind or each.kind
            level = level or each.level
            value = value or each.value
        return kind or BlockKind.PARAGRAPH, level if kind is BlockKind.HEADING else None, value

    def _caption(self, text: str) -> None:
        images = self.builder.images
        first = self._figure if self._figure is not None else self._last_image
        if first is None:
            return
        for index in range(first, len(images)):
            if images[index].caption is None:
                images[index] = replace(
                    images[index], caption=text, credit=images[index].credit or credit_of(text)
                )

    def _push(self, name: str, attributes: Attributes) -> None:
        hidden = self._buffers[-1].hidden or is_hidden(name, attributes)
        if name == "table":
            self._table_count += 1
            self._tables.append(_Table(self._table_count))
        elif name == "tr" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].col = 0
        elif name in ("td", "th") and self._tables:
            self._tables[-1].col += 1
        elif name == "figure":
            self._figure = len(self.builder.images)
        elif name == "pre":
            self._preformatted += 1
            self._buffers[-1].run.keep_space = True
        level = LEVELS.get(name)
        entry = _Open(name, KINDS.get(name), level, hidden, value=value_of(name, attributes))
        if hidden and not self._buffers[-1].hidden:
            entry.buffer = True
            self._buffers.append(
                _Buffer(Run(keep_space=self._preformatted > 0, squeeze=self.squeeze), hidden=True)
            )
        self._stack.append(entry)
        self._counts[name] = self._counts.get(name, 0) + 1

    def _pop(self) -> _Open:
        entry = self._stack[-1]
        if entry.buffer:
            self.flush()
            self._buffers.pop()
        self._stack.pop()
        self._counts[entry.name] -= 1
        if entry.name == "table" and self._tables:
            self._tables.pop()
        elif entry.name == "figure":
            self._figure = None
        elif entry.name == "pre":
            self._preformatted -= 1
            self._buffers[-1].run.keep_space = self._preformatted > 0
        return entry

    # links

    def _begin_link(self, attributes: Attributes, start: int, end: int) -> None:
        href = attributes.get("href")
        if href is not None:
            at = self._buffers[-1].run.length
            self._link = _Anchor(href.value.strip(), attributes, (start, end), at)

    def _end_link(self) -> None:
        if self._link is not None:
            self._link.end = self._buffers[-1].run.length
            self._buffers[-1].anchors.append(self._link)
            self._link = None

    def _add_link(self, anchor: _Anchor, block: Block | None) -> None:
        start = end = 0
        if block is not None:
            end = min(anchor.end, len(block.text))
            start = min(anchor.start, end)
            said = block.text[start:end]
            start += len(said) - len(said.lstrip())
            end = max(start, end - (len(said) - len(said.rstrip())))
        self.builder.link(
            anchor.href,
            text=block.text[start:end] if block is not None else "",
            attributes={name: each.value for name, each in anchor.attributes.items()},
            offsets=self._outward(attribute_map(anchor.href, anchor.attributes["href"])),
            tag_span=self._outward_span(anchor.tag),
            place=self.place,
            block=block,
            start=start,
            end=end,
        )

    # media and attributes

    def title_as_caption(self, title: Attr) -> None:
        """The title written behind a Markdown image is its caption."""
        self.builder.block(
            BlockKind.CAPTION,
            title.value,
            field="caption",
            offsets=self._outward(attribute_map(title.value, title)),
            place=self.place,
        )
        self._caption(title.value)

    def _media(self, name: str, attributes: Attributes, start: int, end: int) -> None:
        plain = {key: each.value for key, each in attributes.items()}
        where = {"tag_span": self._outward_span((start, end)), "place": self.place}
        source = (plain.get("src") or plain.get("data-src") or "").strip()
        if name == "img" or (name == "input" and plain.get("type") == "image"):
            if source and not source.lower().startswith("data:"):
                self._last_image = len(self.builder.images)
                self.builder.image(
                    source,
                    alt=plain.get("alt"),
                    role=role_of(plain),
                    display_width_px=pixels(plain, "width"),
                    display_height_px=pixels(plain, "height"),
                    attributes=plain,
                    **where,
                )
        elif (name == "video" and source) or (
            name == "source" and source and self._counts.get("video")
        ):
            self.builder.video(source, attributes=plain, **where)
        elif name == "track" and source and self.builder.videos:
            video = self.builder.videos[-1]
            self.builder.videos[-1] = replace(video, captions=(*video.captions, source))

    def _attribute_texts(self, attributes: Attributes) -> None:
        for name, kind in (("alt", BlockKind.ALT), ("title", BlockKind.TITLE_ATTR)):
            attr = attributes.get(name)
            if attr is not None and attr.value.strip():
                self.builder.block(
                    kind,
                    attr.value,
                    field=kind.value,
                    offsets=self._outward(attribute_map(attr.value, attr)),
                    place=self.place,
                )

    def _outward(self, offsets: OffsetMap) -> OffsetMap:
        return offsets if self.outer is None else offsets.then(self.outer)

    def _outward_span(self, span: tuple[int, int]) -> tuple[int, int] | None:
        return span if self.outer is None else self.outer.source(*span)
