"""Conversion of a whole article whose letters show that it was written before Unicode."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qc.core.article import Block, Legacy, Link
from qc.core.lazy import regex
from qc.core.record import replace
from qc.documents._fields import FieldSet, MediaEntry
from qc.documents._legacy.convert import Written, convert_stretches, converted
from qc.documents._legacy.detect import UNICODE_LETTER, encoding_of, weigh
from qc.documents._values import Value

if TYPE_CHECKING:
    from qc.documents._builder import Builder

TEXT_FIELDS = ("title", "sapo", "author", "source", "category", "approved_by")
MODERN_WORD = regex(rf"\S*{UNICODE_LETTER.pattern}\S*")


def convert_legacy(builder: Builder, fields: FieldSet) -> FieldSet:
    """Convert the blocks, links and media of `builder`; gives the fields converted too.

    Nothing changes, and nothing but a search for odd letters is done, for Unicode text.
    """
    texts = [block.text for block in builder.blocks if block.legacy is None]
    values = [*fields.written.values(), *builder.found.values()]
    encoding = encoding_of([*texts, *(value.text for value in values)])
    return fields if encoding is None else _Conversion(builder, encoding).run(fields)


class _Conversion:
    def __init__(self, builder: Builder, encoding: str) -> None:
        self._builder = builder
        self._encoding = encoding
        self._blocks: dict[int, Block] = {}

    def run(self, fields: FieldSet) -> FieldSet:
        builder = self._builder
        self._convert_blocks()
        builder.links = [self._link(link) for link in builder.links]
        builder.images = [
            replace(
                image,
                alt=self._said(image.alt),
                caption=self._said(image.caption),
                credit=self._said(image.credit),
            )
            for image in builder.images
        ]
        builder.found = {name: self._value(value) for name, value in builder.found.items()}
        return self._fields(fields)

    def _convert_blocks(self) -> None:
        """New blocks, and the texts of their fields with the gaps between blocks kept."""
        texts = self._builder.field_texts()
        pieces: dict[str, list[str]] = {name: [] for name in texts}
        ends = dict.fromkeys(texts, 0)
        lengths = dict.fromkeys(texts, 0)
        blocks: list[Block] = []
        for block in self._builder.blocks:
            name = block.field
            gap = texts[name][ends[name] : block.start]
            new = self._block(block, lengths[name] + len(gap))
            pieces[name] += (gap, new.text)
            ends[name] = block.end
            lengths[name] = new.end
            self._blocks[id(block)] = new
            blocks.append(new)
        for name, text in texts.items():
            pieces[name].append(text[ends[name] :])
        self._builder.replace_blocks(blocks, pieces)

    def _block(self, block: Block, start: int) -> Block:
        if block.legacy is not None:
            return replace(block, start=start, _memo={})
        text, legacy = self._convert(block.text)
        offsets = block.offsets
        if legacy is not None and offsets is not None:
            offsets = legacy.offsets.then(offsets)
        return replace(block, text=text, start=start, offsets=offsets, legacy=legacy, _memo={})

    def _link(self, link: Link) -> Link:
        if link.block is None:
            return replace(link, text=self._said(link.text) or "", _memo={})
        block = self._blocks.get(id(link.block), link.block)
        start, end = link.start, link.end
        if block.legacy is not None and link.block.legacy is None:
            start, end = converted(block.legacy, start), converted(block.legacy, end)
        text = block.text[start:end] or link.text
        return replace(link, block=block, start=start, end=end, text=text, _memo={})

    def _fields(self, fields: FieldSet) -> FieldSet:
        known = fields.fields
        document = known.document
        parts: dict[str, Any] = {
            name: self._said(value)
            for name in ("issuer", "summary", "signer", "kind")
            if (value := getattr(document, name)) is not None
        }
        said: dict[str, Any] = {name: self._said(getattr(known, name)) for name in TEXT_FIELDS}
        return replace(
            fields,
            fields=replace(known, **said, document=replace(document, **parts)),
            written={name: self._value(value) for name, value in fields.written.items()},
            images=[self._entry(entry) for entry in fields.images],
        )

    def _entry(self, entry: MediaEntry) -> MediaEntry:
        return replace(
            entry,
            alt=self._value(entry.alt) if entry.alt else None,
            caption=self._value(entry.caption) if entry.caption else None,
            credit=self._said(entry.credit),
        )

    def _value(self, value: Value) -> Value:
        if value.legacy is not None:
            return value
        text, legacy = self._convert(value.text)
        if legacy is None:
            return value
        offsets = legacy.offsets.then(value.offsets) if value.offsets is not None else None
        return Value(text, offsets, value.place, legacy)

    def _said(self, text: str | None) -> str | None:
        return None if text is None else self._convert(text)[0]

    def _convert(self, text: str) -> tuple[str, Legacy | None]:
        evidence = weigh(text)
        after = evidence.after.get(self._encoding, 0)
        if after <= evidence.before or 2 * after < evidence.words:
            return text, None
        return convert_stretches(self._stretches(text))

    def _stretches(self, text: str) -> Iterator[Written]:
        """Words that hold letters of Unicode Vietnamese stay as they are."""
        position = 0
        for match in MODERN_WORD.finditer(text):
            yield Written(text[position : match.start()], self._encoding)
            yield Written(match[0])
            position = match.end()
        yield Written(text[position:], self._encoding)
