"""Work: checking the records of one chunk, in a worker of any engine."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qc.batch.content import MediaState, media_digest
from qc.batch.records import Record
from qc.batch.rows import UNREADABLE, failed_payload, payload_of, state_of
from qc.core.article import Article
from qc.core.blob import BlobPool
from qc.core.errors import QcError
from qc.core.many import expect_many
from qc.core.outcome import Verdict
from qc.core.record import dataclass, field, replace
from qc.core.waiver import inline_waivers
from qc.documents.load import Source
from qc.pipeline import inspect_with_article
from qc.policy.model import Policy
from qc.policy.waivers import waivers_beside

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

ALWAYS = (date.min, date.max)
DAY_RULES = frozenset(("image-date-implausible",))
LEVEL = 1


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once. `tool` must be the digest of its own qc too."""

    policy: Policy
    today: date
    lang: str = "vi"
    threads: int = 2
    tool: str = ""
    limit_s: int = 300


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of one record: packed rows, their digest, and how long they hold.

    They hold while the files in `media` are the same, on days from `first` to `last`. `summary`
    is what is counted of the post: its verdict, its state, and "unchecked" where a check was not
    run to its end.
    """

    packed: bytes
    digest: bytes
    summary: str
    first: date = date.min
    last: date = date.max
    media: tuple[MediaState, ...] = ()
    crashed: bool = False


@dataclass(slots=True)
class Worker:
    """The state of a worker: one set-up, the pictures it saw last, its threads."""

    setup: Setup
    blobs: BlobPool = field(default_factory=BlobPool)
    _threads: ThreadPoolExecutor | None = None

    def check_all(self, records: Sequence[Record]) -> list[Checked]:
        """The results of records, in order; those with pictures are checked by threads."""
        shown = [index for index, each in enumerate(records) if _may_show_media(each.source)]
        if len(shown) < 2 or self.setup.threads < 2:
            return [self.check(each) for each in records]
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(self.setup.threads)
        done = dict(
            zip(shown, self._threads.map(self.check, [records[i] for i in shown]), strict=True)
        )
        return [
            done[index] if index in done else self.check(each) for index, each in enumerate(records)
        ]

    def check(self, record: Record) -> Checked:
        """The result of one record, whatever happens short of the worker's death."""
        setup = self.setup
        if record.fault is not None:
            return failed(UNREADABLE, record.fault)
        source = replace(record.source, blobs=self.blobs)
        report, article = inspect_with_article(
            source, setup.policy, today=setup.today, lang=setup.lang
        )
        rules = (each.rule for each in report.findings)
        first, last = validity(rules, article, source, setup)
        media = _media(article, source)
        state = state_of(report)
        words = [report.verdict.value, state]
        if report.unchecked:
            words.append("unchecked")
        payload = payload_of(report, state)
        for file in (*article.images, *article.videos, *article.attachments) if article else ():
            if file.blob is not None:
                file.blob.forget()  # what was measured of it stays
        return packed(payload, " ".join(words), first=first, last=last, media=media)


def packed(payload: bytes, summary: str, **known: Any) -> Checked:
    """A result for the rows in `payload`."""
    digest = hashlib.sha256(payload).digest()[:16]
    return Checked(zlib.compress(payload, LEVEL), digest, summary, **known)


def failed(state: str, reason: str, *, crashed: bool = False) -> Checked:
    """The result of a record that was not checked."""
    summary = f"{Verdict.INCOMPLETE.value} {state} unchecked"
    return packed(failed_payload(state, reason), summary, crashed=crashed)


def unpacked(data: bytes) -> bytes:
    """The rows that were packed."""
    return zlib.decompress(data)


def validity(
    rules: Iterable[str], article: Article | None, source: Source, setup: Setup
) -> tuple[date, date]:
    """The days of a run on which the same article gets the same report; `rules` speak in it.

    Checks see the day of the run in three ways only: as the date of an article that has none,
    as the day on which a waiver may have run out, and as what a photo may not be later than.
    """
    today = setup.today
    if article is None:
        return ALWAYS
    if article.fields.published_at is None and setup.policy.date is None:
        return today, today
    if any(each in DAY_RULES for each in rules):
        return today, today
    waivers = [*setup.policy.waivers, *_beside(source), *inline_waivers(article)]
    ends = [each.expires for each in waivers if each.expires is not None]
    past = [each for each in ends if each < today]
    first = max(past) + timedelta(days=1) if past else date.min
    if article.images:
        first = max(first, today)
    return first, min((each for each in ends if each >= today), default=date.max)


def _beside(source: Source) -> Sequence[Any]:
    try:
        return waivers_beside(source.path)
    except QcError:
        return ()


def _media(article: Article | None, source: Source) -> tuple[MediaState, ...]:
    if article is None:
        return ()
    root = str(source.root) if source.root is not None else ""
    files = (*article.images, *article.videos, *article.attachments)
    paths = dict.fromkeys(
        each.path for each in files if not each.remote and _is_looked_up(each.blob)
    )
    return tuple(MediaState(root, path, media_digest(root, path)) for path in paths)


def _is_looked_up(blob: Any) -> bool:
    return blob is None or blob.path is not None


def _may_show_media(source: Source) -> bool:
    """Whether a record may show files that lie on this machine; a cheap guess."""
    if source.data is None:
        return True
    return source.root is not None and (b"<img" in source.data or b'"images"' in source.data)


def media_text(states: Sequence[MediaState]) -> str | None:
    """Media states as the text that databases keep; None for none."""
    if not states:
        return None
    return json.dumps([[each.root, each.path, each.digest] for each in states])


@lru_cache(maxsize=4096)
def media_states(text: str | None) -> tuple[MediaState, ...]:
    """Media states out of the text that databases keep."""
    return tuple(MediaState(*each) for each in json.loads(text)) if text else ()


def warm_up(policy: Policy) -> None:
    """Load what checks load on first use, by checking one article that has a bit of everything."""
    expect_many()
    source = Source("bai", data=json.dumps(WARM, ensure_ascii=False).encode(), format="json")
    inspect_with_article(source, policy, today=date(2024, 1, 2))


WARM = {
    "title": "Trường Tiểu học Hoa Sen tổ chức ngày hội đọc sách",
    "author": "Trần Thị Bình",
    "published_at": "2024-04-22",
    "body_format": "html",
    "body": "<p>Sáng 21/4, nhà trường mở ngày hội theo Thông tư số 37/2020/TT-BGDĐT. Liên hệ "
    "0912345678.</p><p>Học sinh đọc sách, <a href='https://example.vn/tin'>xem thêm</a> và <b>viết"
    "</b> cảm nghỉ về quyễn sách ở trườg.</p>"
    "<table><tr><td>1</td><td>Nguyễn Văn An</td></tr></table>",
}
