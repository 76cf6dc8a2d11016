"""StreamField: every block of a page's body as HTML, with its path in the edit form."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from qc.integrations.wagtail.pieces import (
    Media,
    Piece,
    alt_of,
    document_link,
    figure,
    frame,
    picture,
    plain,
    rich_text,
    with_own_texts,
)


def stream_pieces(stream: Any, path: str, media: Media) -> Iterator[Piece]:
    """The pieces of a StreamField value, block by block."""
    for index, child in enumerate(stream):
        at = f"{path}.{child.id or index}"
        yield from block_pieces(child.block, child.value, child.block_type, at, media)


def block_pieces(block: Any, value: Any, name: str, path: str, media: Media) -> Iterator[Piece]:
    """The pieces of one block called `name`, of any kind."""
    from wagtail import blocks
    from wagtail.images.blocks import ImageBlock

    if isinstance(block, ImageBlock):
        if value:
            yield Piece(picture(value, alt_of(value), path, media), path)
    elif isinstance(block, blocks.StreamBlock):
        yield from stream_pieces(value, path, media)
    elif isinstance(block, blocks.ListBlock):
        for index, child in enumerate(value.bound_blocks):
            at = f"{path}.{child.id or index}"
            yield from block_pieces(child.block, child.value, name, at, media)
    elif isinstance(block, blocks.StructBlock):
        yield from _struct_pieces(block, value, path, media)
    elif value not in (None, "", []):
        yield from _leaf_pieces(block, value, name, path, media)


def _struct_pieces(block: Any, value: Any, path: str, media: Media) -> Iterator[Piece]:
    """A struct with one picture is a figure with its texts; any other its fields in order."""
    from wagtail import blocks
    from wagtail.images.blocks import ImageBlock, ImageChooserBlock

    children = block.child_blocks.items()
    pictures = [n for n, b in children if isinstance(b, ImageChooserBlock | ImageBlock)]
    if len(pictures) == 1 and value.get(pictures[0]):
        name = pictures[0]
        texts = {
            n: (str(value.get(n) or ""), f"{path}.{n}")
            for n, b in children
            if isinstance(b, blocks.CharBlock | blocks.TextBlock)
        }
        yield from figure(value[name], texts, f"{path}.{name}", media)
        yield from with_own_texts(texts)
        children = [(n, b) for n, b in children if n != name and n not in texts]
    for name, child in children:
        yield from block_pieces(child, value.get(name), name, f"{path}.{name}", media)


def _leaf_pieces(block: Any, value: Any, name: str, path: str, media: Media) -> Iterator[Piece]:
    from wagtail import blocks
    from wagtail.documents.blocks import DocumentChooserBlock
    from wagtail.embeds.blocks import EmbedBlock
    from wagtail.images.blocks import ImageChooserBlock

    closed = (blocks.BooleanBlock, blocks.ChoiceBlock, blocks.MultipleChoiceBlock)
    if isinstance(block, blocks.RichTextBlock):
        yield rich_text(value.source, path, media)
    elif isinstance(block, ImageChooserBlock):
        yield Piece(picture(value, alt_of(value), path, media), path)
    elif isinstance(block, DocumentChooserBlock):
        yield Piece(f"<p>{document_link(value, path, media)}</p>", path)
    elif isinstance(block, EmbedBlock):
        yield Piece(frame(value.url), path)
    elif isinstance(block, blocks.RawHTMLBlock):
        yield Piece(str(value), path)
    elif isinstance(block, blocks.BlockQuoteBlock):
        yield Piece(f"<blockquote>{escape(str(value))}</blockquote>", path)
    elif isinstance(block, blocks.PageChooserBlock):
        yield Piece(f'<p><a href="{escape(value.url or "/")}">{escape(value.title)}</a></p>', path)
    elif isinstance(block, blocks.URLBlock):
        yield Piece(f'<p><a href="{escape(value)}">{escape(value)}</a></p>', path)
    elif isinstance(block, (*closed, blocks.StaticBlock)):
        return
    elif isinstance(value, str):
        piece = plain(value, name, path)
        if piece is not None:
            yield piece
    else:  # a block of another package: what it shows to readers
        yield Piece(str(block.render(value)), path)
