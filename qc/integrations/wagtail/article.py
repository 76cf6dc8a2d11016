"""A page as the JSON article that is checked, with the way back to the fields of its form."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from qc.core.errors import UsageError
from qc.core.record import dataclass
from qc.documents.load import Source
from qc.integrations.wagtail.pieces import Media, Piece, figure, plain, rich_text, with_own_texts
from qc.integrations.wagtail.settings import Settings
from qc.integrations.wagtail.streams import stream_pieces

USUAL = {
    "sapo": ("sapo", "tom_tat", "intro", "introduction", "summary", "lead", "hometext"),
    "author": ("author", "tac_gia", "author_name", "byline"),
    "source": ("source", "nguon", "source_name"),
    "source_url": ("source_url", "nguon_url"),
    "kind": ("kind", "loai_bai", "article_kind"),
    "category": ("category", "chuyen_muc"),
    "approved_by": ("approved_by", "nguoi_duyet"),
    "expires_at": ("expire_at",),
    "consent_ids": ("consent_ids", "phieu_dong_y"),
    "ai_generated": ("ai_generated", "noi_dung_ai"),
    "featured_image": ("featured_image", "main_image", "image", "anh_dai_dien", "cover"),
    "tags": ("tags",),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A page ready to be checked: the JSON, where each piece of it stands, and its files.

    `starts` are the offsets at which pieces begin in the JSON, `paths` their paths in the form;
    `fields` maps a field of the article to its path.
    """

    name: str
    text: str
    starts: tuple[int, ...]
    paths: tuple[str, ...]
    fields: Mapping[str, str]
    media: Media
    has_body: bool

    def source(self, root: Path | None) -> Source:
        """What the loader reads; files are looked up below `root`."""
        return Source(self.name, data=self.text.encode(), format="json", root=root)

    def path_of(self, location: Any) -> str:
        """The path in the form of a finding's place; empty for the page as a whole."""
        start = getattr(location, "source_start", None)
        if start is not None and self.starts and self.starts[0] <= start:
            return self.paths[bisect_right(self.starts, start) - 1]
        media_path = getattr(location, "path", None)
        if media_path is not None:
            return self.media.paths.get(media_path, "")
        pointer = (getattr(location, "pointer", None) or "").strip("/").split("/")[0]
        field = pointer or getattr(location, "field", None) or ""
        return self.fields.get(field, "")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a page does not know itself: where it will stand, who publishes it, and the day."""

    now: datetime
    parent: Any = None
    approver: str = ""


def type_name(model: Any) -> str:
    """The name of a page type in settings: "app.Model"."""
    return f"{model._meta.app_label}.{model.__name__}"


def document_of(page: Any, settings: Settings, around: Circumstances) -> Document:
    """The document of a page. Raises UsageError where the settings name a field it lacks."""
    media = Media()
    named = fields_of(type(page), settings)
    article, paths = _fields(page, named, media)
    article |= _usual(page, around, article)
    bodies = body_names(type(page), named)
    pieces = [piece for name in bodies for piece in _field_pieces(page, name, media)]
    pieces += _child_pieces(page, media)
    text, starts = _written(article, pieces)
    model = type_name(type(page))
    return Document(
        name=f"{model}/{page.pk or 'new'}",
        text=text,
        starts=starts,
        paths=tuple(piece.path for piece in pieces),
        fields=paths | {"title": "title", "published_at": "go_live_at", "body": _first(bodies)},
        media=media,
        has_body=bool(bodies) or bool(_children(type(page))),
    )


def fields_of(model: Any, settings: Settings) -> dict[str, str]:
    """Which attribute gives which field of the article: the settings, else the usual names."""
    known = {each.name for each in model._meta.get_fields()}
    named: dict[str, str] = {}
    for field, attributes in USUAL.items():
        found = next((each for each in attributes if each in known), None)
        if found is not None:
            named[field] = found
    given = settings.fields.get(type_name(model), {})
    for field, attribute in given.items():
        if field not in USUAL:
            raise UsageError(
                f"the article has no field {field!r}",
                where=f"QC_WAGTAIL['FIELDS'][{type_name(model)!r}]",
                remedy=f"Use one of {', '.join(USUAL)}.",
                vi=f"bài viết không có trường {field!r}",
            )
        if not attribute.startswith("=") and not hasattr(model, attribute):
            raise UsageError(
                f"{type_name(model)} has no {attribute!r}",
                where="QC_WAGTAIL['FIELDS']",
                remedy="Name a field or attribute of the page.",
                vi=f"{type_name(model)} không có {attribute!r}",
            )
    return named | dict(given)


def body_names(model: Any, named: Mapping[str, str]) -> list[str]:
    """The fields of a page type that make its body, in the order of the model."""
    from django.db import models
    from wagtail.models import Page

    taken = {*named.values(), *(each.name for each in Page._meta.get_fields())}
    return [
        each.name
        for each in model._meta.get_fields()
        if each.name not in taken and _kind(each, models) is not None
    ]


def _kind(field: Any, models: Any) -> str | None:
    from wagtail.documents import get_document_model
    from wagtail.fields import RichTextField, StreamField
    from wagtail.images import get_image_model

    if isinstance(field, StreamField):
        return "stream"
    if isinstance(field, RichTextField):
        return "rich"
    if isinstance(field, models.ForeignKey):
        kinds = {get_image_model(): "image", get_document_model(): "document"}
        return kinds.get(field.related_model)
    texts = isinstance(field, models.CharField | models.TextField)
    closed = isinstance(field, models.URLField | models.SlugField | models.EmailField)
    own = texts and not closed and field.editable and not field.choices
    return "text" if own and not field.name.endswith("_ptr") else None


def _fields(page: Any, named: Mapping[str, str], media: Media) -> tuple[dict[str, Any], Any]:
    article: dict[str, Any] = {"title": page.title}
    paths: dict[str, str] = {}
    for field, attribute in named.items():
        if attribute.startswith("="):
            article[field] = attribute[1:]
            continue
        value = getattr(page, attribute, None)
        value = value() if callable(value) and not hasattr(value, "all") else value
        paths[field] = attribute
        if field == "featured_image":
            article |= _featured(value, attribute, media)
        elif field == "tags":
            article[field] = [str(each) for each in value.all()] if value is not None else []
        elif field == "ai_generated":
            article[field] = value if isinstance(value, bool | str) else None
        elif isinstance(value, datetime):
            article[field] = _day(value)
        elif value is not None:
            article[field] = _text_of(value)
    return {name: each for name, each in article.items() if each not in (None, "", [])}, paths


def _text_of(value: Any) -> str:
    """Text of a field; rich text in a summary counts as its words."""
    from wagtail.rich_text import RichText, get_text_for_indexing

    source = value.source if isinstance(value, RichText) else str(value)
    return str(get_text_for_indexing(source)) if "</" in source else source


def _featured(image: Any, attribute: str, media: Media) -> dict[str, Any]:
    if image is None or not hasattr(image, "file"):
        return {}
    name = media.add(image.file, attribute)
    said = {"path": name, "role": "featured", "alt": image.default_alt_text or None}
    return {"images": [{key: value for key, value in said.items() if value is not None}]}


def _usual(page: Any, around: Circumstances, article: Mapping[str, Any]) -> dict[str, Any]:
    """What every page has: a date, a section, an owner, and who publishes it."""
    later = page.go_live_at if page.go_live_at and page.go_live_at > around.now else None
    first = later or page.first_published_at or around.now
    parent = around.parent or (page.get_parent() if page.depth and page.depth > 1 else None)
    owner = page.owner
    usual = {
        "category": parent.title if parent is not None and not parent.is_root() else "",
        "author": (owner.get_full_name() if owner is not None else "") or "",
        "approved_by": around.approver,
        "published_at": _day(first),
        "body_format": "html",
    }
    return {name: value for name, value in usual.items() if value and name not in article}


def _day(moment: datetime) -> str:
    from django.utils import timezone

    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{local:%Y-%m-%d}"


def _field_pieces(page: Any, name: str, media: Media) -> Iterator[Piece]:
    from django.db import models

    value = getattr(page, name)
    kind = _kind(page._meta.get_field(name), models)
    if not value:
        return
    if kind == "stream":
        yield from stream_pieces(value, name, media)
    elif kind == "rich":
        yield rich_text(str(getattr(value, "source", value)), name, media)
    elif kind == "image":
        yield from figure(value, {}, name, media)
    elif kind == "document":
        from qc.integrations.wagtail.pieces import document_link

        yield Piece(f"<p>{document_link(value, name, media)}</p>", name)
    else:
        piece = plain(str(value), name, name)
        if piece is not None:
            yield piece


def _children(model: Any) -> list[Any]:
    """The relations of a page type whose rows are edited with it, such as a gallery."""
    from modelcluster.models import get_all_child_relations

    own = {"comments", "wagtail_admin_comments"}
    return [
        each
        for each in get_all_child_relations(model)
        if each.get_accessor_name() not in own and "tag" not in each.get_accessor_name()
    ]


def _child_pieces(page: Any, media: Media) -> Iterator[Piece]:
    from django.db import models

    for relation in _children(type(page)):
        name = relation.get_accessor_name()
        for row in getattr(page, name).all():
            kinds = {each.name: _kind(each, models) for each in row._meta.get_fields()}
            texts = {
                each: (str(getattr(row, each) or ""), name)
                for each, kind in kinds.items()
                if kind == "text"
            }
            images = [each for each, kind in kinds.items() if kind == "image"]
            for each in images:
                image = getattr(row, each)
                if image is not None:
                    yield from figure(image, texts, name, media)
            if not images:
                texts = {f"_{each}": said for each, said in texts.items()}
            yield from with_own_texts(texts)
            for each, kind in kinds.items():
                if kind in ("rich", "stream", "document"):
                    for piece in _field_pieces(row, each, media):
                        yield Piece(piece.html, name)


def _written(article: Mapping[str, Any], pieces: list[Piece]) -> tuple[str, tuple[int, ...]]:
    """The JSON, and the offset in it at which each piece of the body begins."""
    head = json.dumps(article, ensure_ascii=False, indent=1)[:-2]
    text = [head, ',\n "body": "']
    length = sum(map(len, text))
    starts = []
    for piece in pieces:
        starts.append(length)
        encoded = json.dumps(piece.html, ensure_ascii=False)[1:-1]
        text.append(encoded)
        length += len(encoded)
    text.append('"\n}\n')
    return "".join(text), tuple(starts)


def _first(names: list[str]) -> str:
    return names[0] if names else ""
