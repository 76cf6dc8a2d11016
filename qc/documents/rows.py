"""Rows: one post of a table, CSV or JSON Lines file by the names its columns commonly have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from qc.documents._names import article_field, fold
from qc.documents.posts import Post, unix_time

OWN_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "post_id", "news_id", "article_id", "mã bài", "mã", "pk", "uuid", "guid"),
    "url": ("url", "link", "permalink", "địa chỉ", "liên kết", "loc"),
    "status": ("status", "post_status", "trạng thái", "state"),
    "title": ("post_title", "name"),
    "sapo": ("post_excerpt", "excerpt", "lead", "intro", "trích dẫn"),
    "body": (
        *("body", "nội dung", "thân bài", "content", "bodytext", "body_html", "bodyhtml", "html"),
        *("post_content", "full_text", "fulltext", "text"),
    ),
    "body_format": ("body_format", "định dạng"),
    "author": ("post_author_name", "author_name", "created_by"),
    "category": ("category_name", "catname", "chuyên đề"),
    "published_at": (
        *("post_date", "publish_date", "published", "pub_date", "pubdate", "publtime"),
        *("created_at", "created", "addtime", "ngày tạo"),
    ),
    "updated_at": ("post_modified", "modified_at", "updated", "edittime", "lastmod", "ngày sửa"),
    "expires_at": ("exptime",),
    "featured_image": ("thumbnail", "image", "homeimgfile", "ảnh"),
}
TIMES = ("published_at", "updated_at", "expires_at")
LISTS = ("tags", "consent_ids", "images", "videos", "attachments")
SPLIT = ("tags", "consent_ids")
FIRST_UNIX = 631_152_000
"""1990 in Unix seconds; a smaller number is a day in another notation, which the rules report."""
PLACES = ("id", "url", "status", "body", "body_format")


def post_of_row(row: Mapping[str, Any], number: int, root: Path | None = None) -> Post:
    """The post that a row holds; `number` is its id where the row gives none.

    The first of two columns for one field counts; columns that name no field are left out, see
    `unused_columns`.
    """
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = column_field(str(key))
        if name is None or value is None or value == "" or name in values:
            continue
        values[name] = _value(name, value)
    identity = str(values.pop("id", "") or number)
    values["url"] = None if values.get("url") is None else str(values["url"])
    values["status"] = None if values.get("status") is None else str(values["status"])
    if "body" in values and "body_format" not in values:
        values["body_format"] = None
    page = row.get("page") is True or row.get("post_type") == "page"
    return Post(id=identity, root=root, page=page, **values)


def unused_columns(names: list[str]) -> list[str]:
    """The columns that no field of the article is called by."""
    return [name for name in names if column_field(name) is None]


@lru_cache(maxsize=4096)
def column_field(name: str) -> str | None:
    """The part of a Post that a column stands for: "post_title" -> "title"; None if unknown."""
    folded = fold(name)
    for field in PLACES:
        if folded in {fold(each) for each in OWN_NAMES[field]}:
            return field
    known = article_field(name)
    if known is not None:
        return known.partition(".")[0] if known != "images" or folded != fold("ảnh") else "images"
    for field, written in OWN_NAMES.items():
        if folded in {fold(each) for each in written}:
            return field
    return None


def _value(name: str, value: Any) -> Any:
    if name in TIMES:
        if _is_unix(value):
            return unix_time(value)
        return str(value) if isinstance(value, int | float) else value
    if name in LISTS:
        return _listed(name, value)
    if name == "ai_generated" and isinstance(value, int):
        return bool(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return str(value) if isinstance(value, int | float) and name != "ai_generated" else value


def _is_unix(value: Any) -> bool:
    """Whether a number can be Unix seconds; 0 stands for "never"."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    return isinstance(value, int | float) and (value >= FIRST_UNIX or not value)


def _listed(name: str, value: Any) -> Any:
    """A list as a column holds it: a list, JSON, or texts with commas."""
    if isinstance(value, str):
        written = value.strip()
        if written[:1] == "[":
            try:
                value = json.loads(written)
            except ValueError:
                value = [written]
        else:
            parted = written.split(",") if name in SPLIT else written.split("|")
            value = [each.strip() for each in parted if each.strip()]
    if isinstance(value, list | tuple):
        return tuple(value)
    return value
