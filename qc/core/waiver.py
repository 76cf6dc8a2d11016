"""Waivers: findings that somebody answers for. They are shown, but do not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from qc.core.article import Article, Block, BlockKind
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.rule import Text

INLINE = regex(
    r"(?is)^\s*(?:qc-allow|qc\s*:\s*bỏ\s+qua)\s+(?P<rule>[\w*-]+)\s*(?:[:–—-]\s*(?P<reason>.*))?$"
)
SIGNED = regex(r"\((?P<author>[^()]{2,80}?)(?:,\s*(?P<expires>\d{4}-\d{2}-\d{2}))?\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One waiver, in force until the end of `expires` (None: no limit).

    `source` is a pattern of file names and `text` the reported text that it is limited to;
    `origin` is policy, file or inline, and `block` the comment an inline one was written in.
    """

    rule: str
    author: str
    reason: str
    expires: dt.date | None = None
    role: str | None = None
    source: str | None = None
    text: str | None = None
    origin: str = "policy"
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Waiving:
    """What a policy allows: waivers inside drafts, the roles that may waive, and what nobody may.

    Empty `roles`: anybody. `never` holds rule ids and patterns such as `secret-*`; `inline_never`
    those that a comment inside the draft cannot waive, because whoever injects markup could write
    the comment too.
    """

    inline: bool = True
    inline_never: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


UNSIGNED = Text(vi="người soạn bài", en="the writer")


def inline_waivers(article: Article) -> Iterator[Waiver]:
    """The waivers written in comments of a draft.

    In Markdown and HTML `<!-- qc-allow RULE: lý do (Họ tên, 2027-06-30) -->`, in Word a comment
    `qc: bỏ qua RULE – lý do`; the signature in brackets is optional.
    """
    for block in article.blocks:
        if block.kind is not BlockKind.COMMENT:
            continue
        match = INLINE.match(block.nfc.text)
        if match is None:
            continue
        reason = (match["reason"] or "").strip()
        author, expires = UNSIGNED.vi, None
        signed = SIGNED.search(reason)
        if signed is not None:
            author = signed["author"].strip()
            expires = _day(signed["expires"])
            reason = reason[: signed.start()].strip()
        yield Waiver(
            rule=match["rule"],
            author=author,
            reason=reason,
            expires=expires,
            origin="inline",
            block=block,
        )


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return dt.date(1, 1, 1)  # a date that cannot be: the waiver does not hold
