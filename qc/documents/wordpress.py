"""WordPress: a post as its database and its exports hold it, as the article JSON.

The body is kept as the editor wrote it, with block comments or with blank lines for paragraphs;
here it becomes the HTML that readers get, as far as that needs no plug-in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.documents.posts import Post

BLOCK_COMMENT = regex(r"(?s)<!--\s*/?wp:.*?-->\n?")
BLOCK_LEVEL = regex(
    r"(?i)<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|pre|section|article|hr|form)\b"
)
CAPTION = regex(r"(?s)\[caption[^\]]*\]\s*(?P<image>(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)")
CAPTION_TEXT = regex(r"(?s)(?P<text>.*?)\[/caption\]")
SHORTCODE = regex(
    r"\[/?(?:gallery|embed|video|audio|playlist|contact-form-7|wpforms|ngg|rev_slider)\b[^\]]*\]"
)
ADDRESS = regex(r"(?i)(\b(?:src|href|poster|data-src)\s*=\s*[\"'])([^\"']+)")
SIZE = regex(r"-\d+x\d+(?=\.\w+$)")
PUBLISHED = frozenset(("publish", "published"))
APPROVERS = ("_qc_gate_approver", "approved_by", "nguoi_duyet")
"""Custom fields that name who approved a post; the first is that of the plug-in qc-gate."""
PASSED = "_qc_gate_approved"
"""Who published a post through qc-gate; holds while the post is published or scheduled."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a WordPress site keeps its files.

    `root` is the folder that holds `wp-content`; `hosts` are the site's own addresses. Without
    `root` pictures keep their address, so that they count as not checked.
    """

    root: Path | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """What other tables say about a post; `meta`: its custom fields."""

    author: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    featured: str | None = None
    featured_alt: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


def post_of(row: Mapping[str, Any], site: Site, related: Related) -> Post:
    """The post of a row of `wp_posts` (or of an export with the same names)."""
    body = local_addresses(rendered_body(str(row.get("post_content") or "")), site)
    images: tuple[Mapping[str, Any], ...] = ()
    if related.featured:
        picture = {"path": _local(related.featured, site), "role": "featured"}
        if related.featured_alt:
            picture["alt"] = related.featured_alt
        images = (picture,)
    published, edited = (_time(row.get(name)) for name in ("post_date", "post_modified"))
    return Post(
        id=str(row["ID"]),
        title=str(row.get("post_title") or "") or None,
        sapo=str(row.get("post_excerpt") or "").strip() or None,
        body=body,
        author=related.author,
        category=", ".join(related.categories) or None,
        tags=related.tags,
        published_at=published,
        updated_at=edited if edited and published and edited > published else None,
        approved_by=approver_of(related.meta, str(row.get("post_status") or "")),
        images=images,
        url=str(row.get("url") or row.get("guid") or "") or None,
        status=str(row.get("post_status") or "") or None,
        root=site.root,
        page=row.get("post_type") == "page",
    )


def approver_of(meta: Mapping[str, str], status: str) -> str | None:
    """Who approved a post, by its custom fields. WordPress itself keeps nobody."""
    names = [meta.get(each) for each in APPROVERS]
    if status in PUBLISHED or status == "future":
        names.append(meta.get(PASSED))
    return next((each.strip() for each in names if each and each.strip()), None)


def rendered_body(content: str) -> str:
    """The HTML of a post: block comments dropped, paragraphs made of blank lines, captions."""
    text = BLOCK_COMMENT.sub("", content.replace("\r\n", "\n"))
    text = _captions(text)
    text = SHORTCODE.sub("", text)
    return text if "<!-- wp:" in content else with_paragraphs(text)


def with_paragraphs(text: str) -> str:
    """A text of the classic editor with its paragraphs, which are kept as blank lines."""
    if "\n\n" not in text and BLOCK_LEVEL.search(text):
        return text
    pieces = []
    for piece in re.split(r"\n\s*\n", text):
        inner = piece.strip()
        if not inner:
            continue
        if BLOCK_LEVEL.match(inner):
            pieces.append(inner)
        else:
            pieces.append("<p>" + inner.replace("\n", "<br>\n") + "</p>")
    return "\n".join(pieces)


def local_addresses(body: str, site: Site) -> str:
    """The body with the files of the site named below its root, where there is one."""
    if site.root is None:
        return body
    return ADDRESS.sub(lambda match: match[1] + _local(match[2], site), body)


def _local(address: str, site: Site) -> str:
    if site.root is None or "wp-content/" not in address:
        return address
    match = re.match(r"(?i)(?:(?:https?:)?//([^/:]+)(?::\d+)?)?/?(.*)", address)
    if match is None or (match[1] and match[1].lower() not in site.hosts):
        return address
    path = "wp-content/" + match[2].split("wp-content/", 1)[1]
    if not (site.root / path).exists():
        full = SIZE.sub("", path)
        return full if (site.root / full).exists() else path
    return path


def _captions(text: str) -> str:
    """`[caption]` shortcodes as figures, as WordPress renders them."""
    pieces: list[str] = []
    position = 0
    for match in CAPTION.finditer(text):
        end = CAPTION_TEXT.match(text, match.end())
        if end is None or match.start() < position:
            continue
        pieces.append(text[position : match.start()])
        caption = end["text"].strip()
        pieces.append(f"<figure>{match['image']}<figcaption>{caption}</figcaption></figure>")
        position = end.end()
    return "".join(pieces) + text[position:]


def _time(value: Any) -> str | None:
    """A date column; the zero date of drafts is none."""
    written = str(value or "").strip().replace(" ", "T")[:16]
    return None if not written or written.startswith("0000") else written
