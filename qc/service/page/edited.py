"""The fixed file: what an editor changed on the page, written into a copy of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher

from qc.core.article import Article, Block
from qc.core.record import dataclass, replace
from qc.documents.edit.change import Change, Edited
from qc.documents.load import ZIPPED, Source, load
from qc.service.page.opened import HEADS, shown_blocks

WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)
RULE = "page"
MAX_ROUNDS = 60
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A fixed copy, how many changes stand in it, and how many could not be written."""

    data: bytes
    made: int
    left: int


def write_edits(source: Source, texts: Mapping[int, str], added: int, *, today: date) -> Written:
    """Write the texts of the page into a copy of the draft.

    `texts` gives each block's text by its number; a block that the page showed and that is not in
    it was deleted. `added` counts paragraphs of the page that the draft does not have: they cannot
    be written. In Word files each change is tracked. Raises LoadError for a draft that cannot be
    read.
    """
    article = load(source, today)
    wanted = _wanted(article, texts)
    data = source.data if source.data is not None else b""
    made, changes = 0, list(_changes(article, wanted))
    for _ in range(MAX_ROUNDS):  # an editor of Word files writes one change of a paragraph a time
        edited = _edit(data, article, changes, today)
        if not edited.made:
            break
        data, made = edited.data, made + len(edited.made)
        if article.format not in ZIPPED:
            changes = list(edited.left)
            break
        article = load(replace(source, data=data), today)
        changes = list(_changes(article, wanted))
    return Written(data, made, len(changes) + added)


def _wanted(article: Article, texts: Mapping[int, str]) -> dict[Key, str]:
    """The text that each shown block shall have; empty for one that the page no longer has."""
    wanted = {_key(index, block): texts.get(index, "") for index, block in shown_blocks(article)}
    for index, block in enumerate(article.blocks):
        if block.field in HEADS and index in texts:
            wanted[_key(index, block)] = texts[index]
    return wanted


def _key(index: int, block: Block) -> Key:
    """What a block is known by after its file was edited: its paragraph, or its number."""
    place = block.place
    if place.paragraph is None:
        return (block.field, index)
    return (block.field, place.part, place.paragraph, place.table, place.row, place.column)


def _changes(article: Article, wanted: Mapping[Key, str]) -> Iterator[Change]:
    for index, block in enumerate(article.blocks):
        text = wanted.get(_key(index, block))
        if text is not None:
            yield from differences(block, text)


def differences(block: Block, text: str) -> Iterator[Change]:
    """The changes, word by word, that turn the text of a block into another."""
    old, new = WORDS.findall(block.text), WORDS.findall(text)
    starts = [0]
    for word in old:
        starts.append(starts[-1] + len(word))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        put = "".join(new[c:d])
        if kind == "insert" and a:  # between two words: written as a change of one of them
            yield Change(block, starts[a - 1], starts[b], old[a - 1] + put, RULE)
        elif kind == "insert" and old:
            yield Change(block, starts[a], starts[b + 1], put + old[0], RULE)
        elif kind != "equal":
            yield Change(block, starts[a], starts[b], put, RULE)


def _edit(data: bytes, article: Article, changes: list[Change], today: date) -> Edited:
    if not changes:
        return Edited(data, (), ())
    if article.format == "docx":
        from qc.documents.edit.docx import edit_docx

        return edit_docx(data, changes, f"{today.isoformat()}T00:00:00Z")
    if article.format == "odt":
        from qc.documents.edit.odt import edit_odt

        return edit_odt(data, changes)
    from qc.documents.edit.text import edit_text

    return edit_text(data, article.source_text or "", article.format, changes)
