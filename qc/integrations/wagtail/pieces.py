"""The body of a page: HTML put together from pieces, each with its path in the edit form.

A path is what Wagtail's form calls a content path: `body`, then the id of the StreamField block,
then the names of the fields inside it, joined by dots.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from qc.core.record import dataclass, field

CAPTIONS = frozenset(("caption", "chu_thich", "legend"))
CREDITS = frozenset(("credit", "attribution", "nguon_anh", "tac_gia_anh", "photographer"))
ALTS = frozenset(("alt", "alt_text", "mo_ta"))
HEADINGS = frozenset(("heading", "title", "subtitle", "tieu_de", "header", "subheading"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the body's HTML and the path of what it comes from."""

    html: str
    path: str


@dataclass(slots=True)
class Media:
    """The files that pieces name: the name in the storage, and the file itself."""

    files: dict[str, Any] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def add(self, file: Any, path: str) -> str:
        """Note a file of a picture or document; gives the name under which it is looked up."""
        name = str(file.name)
        self.files.setdefault(name, file)
        self.paths.setdefault(name, path)
        return name


def rich_text(source: str, path: str, media: Media) -> Piece:
    """Rich text as kept in the database, with its pictures and documents as files."""
    from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter

    rewrite = MultiRuleRewriter(
        [
            LinkRewriter(
                rules={
                    "page": lambda attrs: f'<a href="{escape(_page_address(attrs))}">',
                    "document": lambda attrs: _document_link(attrs, path, media),
                }
            ),
            EmbedRewriter(
                rules={
                    "image": lambda attrs: _embedded_image(attrs, path, media),
                    "media": lambda attrs: frame(attrs.get("url", "")),
                }
            ),
        ]
    )
    return Piece(rewrite(source or ""), path)


def picture(image: Any, alt: str | None, path: str, media: Media) -> str:
    """The element of a picture; `alt` None means that nobody gave one."""
    name = media.add(image.file, path)
    said = "" if alt is None else f' alt="{escape(alt)}"'
    return f'<img src="{escape(name)}"{said}>'


def alt_of(image: Any) -> str | None:
    """The alternative text that a picture brings along: of this use, or of its description.

    Wagtail falls back to the title, which is the file's name unless somebody changed it; that is
    what readers of the page are given, so it is what is checked.
    """
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", None) or image.default_alt_text or None


def frame(address: str) -> str:
    """A clip or page of another site that is shown inside the page."""
    return f'<iframe src="{escape(address)}"></iframe>' if address else ""


def document_link(document: Any, path: str, media: Media) -> str:
    """A link to a document, opened and closed."""
    name = media.add(document.file, path)
    return f'<a href="{escape(name)}">{escape(document.title)}</a>'


def plain(text: str, name: str, path: str) -> Piece | None:
    """Plain text of a field called `name`: a heading where the name says so, else paragraphs."""
    if not text.strip():
        return None
    if name in HEADINGS:
        return Piece(f"<h2>{escape(text)}</h2>", path)
    lines = [f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip()]
    return Piece("\n".join(lines), path)


def figure(
    image: Any, texts: Mapping[str, tuple[str, str]], path: str, media: Media
) -> list[Piece]:
    """A picture with the texts that stand beside it: {name: (text, path)}."""
    given = next((text for name, (text, _) in texts.items() if name in ALTS and text), None)
    alt = given if given is not None else alt_of(image)
    pieces = [Piece(f"<figure>{picture(image, alt, path, media)}", path)]
    said = [(text, at) for name, (text, at) in texts.items() if name in CAPTIONS and text]
    who = [(text, at) for name, (text, at) in texts.items() if name in CREDITS and text]
    if said or who:
        pieces.append(Piece("<figcaption>", path))
        pieces += [Piece(escape(text), at) for text, at in said]
        pieces += [Piece(f"{' ' if said else ''}Ảnh: {escape(text)}", at) for text, at in who]
        pieces.append(Piece("</figcaption>", path))
    pieces.append(Piece("</figure>", path))
    return pieces


def with_own_texts(texts: Mapping[str, tuple[str, str]]) -> Iterator[Piece]:
    """The texts beside a picture that are none of its own: they are paragraphs."""
    for name, (text, at) in texts.items():
        if name not in CAPTIONS | CREDITS | ALTS:
            piece = plain(text, name, at)
            if piece is not None:
                yield piece


def _page_address(attrs: Mapping[str, str]) -> str:
    from wagtail.models import Page

    page = Page.objects.filter(pk=attrs.get("id")).first()
    return (page.specific_deferred.url if page else None) or "/"


def _document_link(attrs: Mapping[str, str], path: str, media: Media) -> str:
    from wagtail.documents import get_document_model

    document = get_document_model().objects.filter(pk=attrs.get("id")).first()
    return f'<a href="{escape(media.add(document.file, path))}">' if document else "<a>"


def _embedded_image(attrs: Mapping[str, str], path: str, media: Media) -> str:
    from wagtail.images import get_image_model

    image = get_image_model().objects.filter(pk=attrs.get("id")).first()
    return picture(image, attrs.get("alt"), path, media) if image else ""
