"""Withdrawal search: every post that shows a child by name or by the id of a consent form.

Nothing is judged and no rule is asked. A name counts as found with its own diacritics in any
spelling of the tone, or without any; another name that differs in its diacritics does not.
What is printed and written is masked: the place is enough to go there.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from qc.batch.recheck import RecheckArguments
from qc.batch.records import Record
from qc.batch.sources.read import check_archives, records_of
from qc.core.article import Article
from qc.core.errors import QcError, UsageError
from qc.core.mask import mask
from qc.core.record import dataclass
from qc.documents.load import load
from qc.report.table import neutral

AROUND = 40
HEADS = {
    "vi": ("Bài", "Địa chỉ", "Chỗ", "Độ chắc", "Trích (đã che)", "Ảnh, tệp trong bài"),
    "en": ("Post", "URL", "Place", "Match", "Excerpt (masked)", "Files of the post"),
}
SURE, PLAIN = "exact", "no-diacritics"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place in a post that shows what is looked for; `excerpt` is masked."""

    id: str
    url: str | None
    place: str
    match: str
    excerpt: str
    files: tuple[str, ...]


class Needle:
    """A name or id that is looked for, in any case, tone placement and separation of its words."""

    def __init__(self, written: str) -> None:
        self._words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", written))
        if sum(map(len, self._words)) < 4:
            raise UsageError(
                "is too short to be looked for",
                where=mask(written),
                remedy="Give the full name or the whole id.",
                vi="quá ngắn để tìm; hãy ghi đủ họ tên hoặc cả mã phiếu",
            )
        between = (
            r"[\W_]{1,3}" if not any(map(str.isdigit, "".join(self._words))) else r"[\W_]{0,3}"
        )
        pattern = between.join(re.escape(_plain(word)) for word in self._words)
        self._pattern = re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])")
        self._marks = [_marks(word) for word in self._words]
        self._bare = not any(self._marks)

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the text (NFC) shows it: start, end, and how sure that is."""
        plain = _plain(text)
        for match in self._pattern.finditer(plain):
            shown = text[match.start() : match.end()]
            words = re.findall(r"[^\W_]+", shown)
            marks = [_marks(word) for word in words]
            if marks == self._marks or (self._bare and not any(marks)):
                yield (*match.span(), SURE)
            elif self._bare or not any(marks):
                yield (*match.span(), PLAIN)


def run_find_consent(arguments: RecheckArguments, written: Sequence[str]) -> int:
    """Write the sightings to withdrawal.csv and .jsonl, print them, and say what is unread."""
    check_archives(arguments.archives)
    needles = [Needle(each) for each in written]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    records = records_of(arguments.archives, arguments.read, arguments.shard)
    posts, unread, shown = 0, 0, 0
    with (
        (arguments.folder / "withdrawal.jsonl").open("w", encoding="utf-8") as lines,
        (arguments.folder / "withdrawal.csv").open("w", encoding="utf-8-sig", newline="") as table,
    ):
        cells = csv.writer(table, lineterminator="\r\n")
        cells.writerow(HEADS[arguments.lang])
        for record in records:
            posts += 1
            try:
                found = list(sightings(record, needles))
            except QcError as error:
                unread += 1
                found = [Sighting(record.id, record.url, "-", "unread", error.message("vi"), ())]
            shown += any(each.match != "unread" for each in found)
            for each in found:
                row = {name: getattr(each, name) for name in Sighting.__slots__}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
                files = ", ".join(each.files)
                row_cells = (each.id, each.url or "", each.place, each.match, each.excerpt, files)
                cells.writerow([neutral(cell) for cell in row_cells])
                sys.stdout.write(f"{each.id}\t{each.place}\t{each.match}\t{each.excerpt}\n")
    _print(posts, shown, unread, arguments)
    return 4 if not posts else 3 if unread else 0


def sightings(record: Record, needles: Iterable[Needle]) -> Iterator[Sighting]:
    """The places of a post that show one of the needles. Raises QcError where it is unreadable."""
    if record.fault is not None:
        raise QcError(record.fault)
    article = load(record.source, date.today())
    files = tuple(dict.fromkeys(each.path for each in (*article.images, *article.videos)))
    wanted = list(needles)
    for place, text in _texts(article):
        shown = unicodedata.normalize("NFC", text)
        for needle in wanted:
            for start, end, sure in needle.spans(shown):
                excerpt = _masked(shown, start, end, wanted)
                yield Sighting(record.id, record.url, place, sure, excerpt, files)


def _texts(article: Article) -> Iterator[tuple[str, str]]:
    """Every text of an article with its place: fields, blocks, file names, attached files."""
    for consent in article.fields.consent_ids:
        yield "consent_ids", consent
    for tag in article.fields.tags:
        yield "tags", tag
    for block in _with_attachments(article).blocks:
        yield block.field if block.field != "body" else f"body/{block.kind.value}", block.text
    for file in (*article.images, *article.videos, *article.attachments):
        yield "file-name", Path(file.path).name
    for link in article.links:
        yield "link", link.href


def _with_attachments(article: Article) -> Article:
    if not article.attachments:
        return article
    from qc.security.attachments.attached_files import FileOptions
    from qc.security.attachments.text import with_attachment_text

    return with_attachment_text(article, FileOptions.model_validate({}))


def _masked(text: str, start: int, end: int, needles: Sequence[Needle]) -> str:
    """The text around a place, with every sighting in it masked."""
    pieces = list(text)
    for needle in needles:
        for a, b, _ in needle.spans(text):
            pieces[a:b] = mask(text[a:b], whole=True)
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    return " ".join("".join(pieces[low:high]).split())


def _plain(text: str) -> str:
    """Lower case without diacritics, one character for each of the NFC text."""
    found = []
    for character in text:
        base = unicodedata.normalize("NFD", character)[0]
        low = base.casefold().replace("đ", "d")
        found.append(low if len(low) == 1 else character)
    return "".join(found)


def _marks(word: str) -> list[str]:
    """The diacritics of a word wherever its tone is placed, with the stroke of đ."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return sorted(each for each in apart if unicodedata.combining(each) or each == "đ")


def _print(posts: int, shown: int, unread: int, arguments: RecheckArguments) -> None:
    vi = arguments.lang == "vi"
    text = (
        f"{shown} trong {posts} bài có họ tên hoặc mã phiếu này"
        if vi
        else f"{shown} of {posts} posts show it"
    )
    if unread:
        text += f"; {unread} bài không đọc được" if vi else f"; {unread} posts cannot be read"
    sys.stdout.write(f"{text}: {arguments.folder / 'withdrawal.csv'}\n")
