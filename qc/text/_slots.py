"""Slots: the items that an article of a kind has to hold, as data with a basis each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from qc.core.article import Article, BlockKind
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.tables import read_table

UNREAD = frozenset((BlockKind.META, BlockKind.COMMENT))


@dataclass(frozen=True, slots=True)
class Slot:
    """One item, the school levels it binds ("-": all), and the words that show it is there."""

    topic: str
    basis: str
    levels: tuple[str, ...]
    item: str
    words: re.Pattern[str]


@cache
def slots() -> tuple[Slot, ...]:
    """All slots, in the order of the table."""
    columns = ("topic", "basis", "levels", "item", "words")
    return tuple(
        Slot(topic, basis, tuple(levels.split("|")), item, _any_of(words))
        for topic, basis, levels, item, words in read_table("law/slots.tsv", columns)
    )


@cache
def topic_titles() -> dict[str, re.Pattern[str]]:
    """What in a title shows that an article is about a topic of disclosure."""
    return {t: _any_of(title) for t, title in read_table("law/topics.tsv", ("topic", "title"))}


def visible_text(article: Article) -> str:
    """Title and text of an article with the names of its attachments, in NFC and lower case."""
    texts = [b.nfc.text for b in article.blocks if b.kind not in UNREAD and not b.hidden]
    texts += [f"{a.title} {a.path}" for a in article.attachments]
    return "\n".join(texts).lower()


def missing_items(article: Article, wanted: Iterable[Slot]) -> tuple[str, ...]:
    """The items of which no word stands in the article."""
    text = article.memo("law.visible", lambda: visible_text(article))
    return tuple(slot.item for slot in wanted if not slot.words.search(text))


def _any_of(words: str) -> re.Pattern[str]:
    escaped = (re.escape(each).replace(r"\ ", r"\s+") for each in words.split("|"))
    return regex("|".join(escaped), re.IGNORECASE)
