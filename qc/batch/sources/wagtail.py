"""Wagtail: the pages of a site through its own models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qc.batch.records import Record, record_of
from qc.batch.sources.options import ReadOptions
from qc.core.errors import UsageError
from qc.documents.posts import Post
from qc.documents.rows import column_field

PAGE_ROWS = 200
SKIPPED = frozenset(("id", "path", "depth", "numchild", "url_path", "slug", "draft_title"))
TEXT_FIELDS = ("title", "sapo", "author", "source", "source_url", "category", "kind", "approved_by")


def wagtail_records(settings: str, options: ReadOptions) -> Iterator[Record]:
    """The published pages of the site whose Django settings module this is, by key."""
    model = _model(settings, options)
    pages = model.objects.order_by("pk")
    if not options.all_states:
        pages = pages.filter(live=True)
    pages = pages.filter(depth__gt=1)  # the root of the tree is no page of the site
    after = 0
    while True:
        found = list(pages.filter(pk__gt=after)[:PAGE_ROWS].specific())
        if not found:
            return
        for page in found:
            yield record_of(post_of_page(page, options.media), "wagtail")
        after = found[-1].pk


def post_of_page(page: Any, root: Path | None = None) -> Post:
    """A page as a post: its fields by their common names, rich text and streams as HTML."""
    values: dict[str, Any] = {}
    pieces: list[str] = []
    images: list[dict[str, Any]] = []
    for field in page._meta.get_fields():
        if not getattr(field, "concrete", False) or field.name in SKIPPED:
            continue
        value = getattr(page, field.name, None)
        if value is None or value == "":
            continue
        if _is_image(value):
            images.append(_picture(value, root, featured=not images))
        elif type(field).__name__ in ("StreamField", "RichTextField"):
            pieces.append(_html(field, value, root, images))
        else:
            name = column_field(field.name)
            if name == "body":
                pieces.append(str(value))
            elif name in TEXT_FIELDS:
                values.setdefault(name, str(value))
    values.setdefault("title", page.title)
    return Post(
        id=str(page.pk),
        body="\n".join(each for each in pieces if each),
        body_format="html",
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        images=tuple(images),
        url=page.full_url or None,
        status="live" if page.live else "draft",
        root=root,
        **values,
    )


def _model(settings: str, options: ReadOptions) -> Any:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    try:
        import django
        from django.apps import apps

        django.setup()
        if options.pages:
            return apps.get_model(options.pages)
        from wagtail.models import Page
    except (ImportError, LookupError, ValueError) as error:
        raise UsageError(
            f"the Wagtail site cannot be loaded: {error}",
            where=settings,
            remedy="Run qc where manage.py lies, in the environment of the site.",
            vi=f"không nạp được trang Wagtail: {error}",
        ) from error
    return Page


def _html(field: Any, value: Any, root: Path | None, images: list[dict[str, Any]]) -> str:
    """The HTML of a rich text or stream; pictures of the library point to their file."""
    from wagtail.rich_text import expand_db_html

    if type(field).__name__ == "RichTextField":
        return str(expand_db_html(str(value)))
    pieces = []
    for block in value:
        inner = block.value
        if _is_image(inner):
            images.append(_picture(inner, root, featured=False))
        elif block.block_type in ("heading", "title", "tieu_de") and isinstance(inner, str):
            pieces.append(f"<h2>{inner}</h2>")
        else:
            pieces.append(str(block.render()))
    return "\n".join(pieces)


def _is_image(value: Any) -> bool:
    return hasattr(value, "get_rendition") and hasattr(value, "file")


def _picture(image: Any, root: Path | None, *, featured: bool) -> dict[str, Any]:
    path = str(image.file.name) if root is not None else str(image.file.url)
    said = str(getattr(image, "description", "") or "")
    found: dict[str, Any] = {"path": path, "role": "featured" if featured else "inline"}
    return found | ({"alt": said} if said else {})
