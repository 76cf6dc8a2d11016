"""The article: what a draft says, and where each piece of it stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from qc.core.blob import Blob
from qc.core.nfc import NfcView, nfc_view
from qc.core.offsets import OffsetMap
from qc.core.record import dataclass, field

T = TypeVar("T")
__all__ = ["Article", "Attachment", "Blob", "Block", "BlockKind", "DocumentFields", "Fields"]
__all__ += ["Image", "Legacy", "Link", "Markup", "Place", "Role", "Subject", "Video"]


class BlockKind(StrEnum):
    """What a block is in its document."""

    TITLE = "title"
    SAPO = "sapo"
    FIELD = "field"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CELL = "cell"
    CAPTION = "caption"
    QUOTE = "quote"
    CODE = "code"
    ALT = "alt"
    TITLE_ATTR = "title_attr"
    META = "meta"
    COMMENT = "comment"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    TEXTBOX = "textbox"


class Role(StrEnum):
    """What a picture is for; the limits of the image checks depend on it."""

    FEATURED = "featured"
    INLINE = "inline"
    BANNER = "banner"
    LOGO = "logo"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands in a file that has no lines: docx, odt, json.

    `part` is body, header, footer, footnote, endnote, comment, textbox, diagram or properties;
    `paragraph`, `table`, `row` and `column` count from 1; `pointer` is a JSON pointer.
    """

    part: str = "body"
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subject:
    """What a check can be run on.

    `offsets` maps the text of the subject to the decoded file (None: docx, odt). `tag_span` is
    the span of the whole element in the decoded file, where there is one.
    """

    place: Place = Place()
    offsets: OffsetMap | None = field(default=None, repr=False)
    tag_span: tuple[int, int] | None = None
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def memo(self, key: str, build: Callable[[], T]) -> T:
        """The value of `build()`, computed once for this subject."""
        if key not in self._memo:
            self._memo[key] = build()
        value: T = self._memo[key]
        return value


@dataclass(frozen=True, slots=True)
class Legacy:
    """What the file holds where a block was written in an encoding from before Unicode.

    `encoding` is tcvn3, vni, viscii or viqr; `text` the block as written; `offsets` maps the
    block's text to it; `spans` are the converted stretches of the block's text. `font` is the
    font that told the encoding, None where the letters alone told it.
    """

    encoding: str
    text: str
    offsets: OffsetMap
    spans: tuple[tuple[int, int], ...]
    font: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block(Subject):
    """The text of one paragraph, heading, cell, caption, attribute …, in original code points.

    `start` is the offset of its first character in the text of `field`. `level` is 1-6 for
    headings, `header` marks a header cell; `table`, `row`, `col` count from 1. A text in a
    legacy encoding is converted to Unicode, and `legacy` holds what was written.
    """

    kind: BlockKind
    field: str
    text: str
    start: int
    hidden: bool = False
    level: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    header: bool = False
    font: str | None = None
    legacy: Legacy | None = None

    @property
    def end(self) -> int:
        """The offset behind its last character in the text of its field."""
        return self.start + len(self.text)

    @property
    def nfc(self) -> NfcView:
        """The NFC form of the text, with the way back."""
        known: NfcView | None = self._memo.get("nfc")
        return known or self.memo("nfc", lambda: nfc_view(self.text))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Link(Subject):
    """A link: where it goes and what it says. `start`/`end` are its text's span in `block`.

    Offsets of findings are offsets into `href`.
    """

    href: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    block: Block | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Markup(Subject):
    """Raw HTML of the article: a whole page, a body sent by a CMS, or HTML inside Markdown."""

    text: str
    field: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class File(Subject):
    """A file that belongs to the article; `problem` says why it could not be opened.

    `path` is as declared; the path or URL of a remote file is kept and nothing is fetched.
    """

    path: str
    blob: Blob | None = None
    problem: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Image(File):
    """A picture with what the article says about it.

    `alt` is None where no alternative text is given at all. Displayed sizes are in CSS px.
    """

    role: Role = Role.INLINE
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    display_width_px: int | None = None
    display_height_px: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Video(File):
    """A clip with what the article says about it; `captions` are its track files."""

    caption: str | None = None
    captions: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attachment(File):
    """A file offered for download, with the text of the link that offers it."""

    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFields:
    """Metadata of an official document: loại, số/ký hiệu, ngày ban hành, cơ quan …"""

    kind: str | None = None
    number: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    issuer: str | None = None
    summary: str | None = None
    signer: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of an education portal's article; None where the draft does not give one.

    `kind` is tin-bai, thong-bao, van-ban, cong-khai or tuyen-sinh. `invalid` holds the raw
    value of each field that could not be read; `unknown` the keys that are no field's name.
    """

    title: str | None = None
    sapo: str | None = None
    author: str | None = None
    source: str | None = None
    source_url: str | None = None
    category: str | None = None
    kind: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    approved_by: str | None = None
    featured_image: str | None = None
    consent_ids: tuple[str, ...] = ()
    ai_generated: bool | None = None
    document: DocumentFields = DocumentFields()
    invalid: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Article(Subject):
    """One article. `texts` holds the text of each field; blocks are slices of it.

    `source` is the name shown in reports, `source_text` the decoded file (None: docx, odt),
    `digest` the SHA-256 of the document and its media, `encoding` that of the file. `today` is
    the date of the run and `law_date` the date the policy asks for; see `date`.
    """

    source: str
    format: str
    digest: str
    fields: Fields = Fields()
    texts: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    videos: tuple[Video, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    markups: tuple[Markup, ...] = ()
    source_text: str | None = field(default=None, repr=False)
    encoding: str = "utf-8"
    today: date = date(1970, 1, 1)
    law_date: date | None = None

    @property
    def date(self) -> date:
        """The date at which law is read: the policy's, else the article's own, else today."""
        if self.law_date is not None:
            return self.law_date
        published = self.fields.published_at
        return published.date() if published else self.today

    def text(self, field: str) -> str:
        """The text of a field, in original code points; empty where there is none."""
        return self.texts.get(field, "")

    def subjects(self, kind: type[Subject]) -> tuple[Subject, ...]:
        """The pieces of this article that a check of `kind` is run on."""
        if kind is Article:
            return (self,)
        for each, pieces in (
            (Block, self.blocks),
            (Image, self.images),
            (Video, self.videos),
            (Link, self.links),
            (Attachment, self.attachments),
            (Markup, self.markups),
        ):
            if kind is each:
                return pieces
        raise TypeError(f"no such subject: {kind!r}")


SUBJECTS: tuple[type[Subject], ...] = (Article, Block, Image, Video, Link, Attachment, Markup)
