"""JSON: one article as a CMS sends it, by the schema of docs/article-json.md.

Every text keeps its JSON pointer and its offsets in the file, escapes included; the body goes
through the HTML or Markdown loader with the two maps composed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qc.core.article import Markup, Place
from qc.core.errors import LoadError
from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.core.record import replace
from qc.documents._builder import Builder, media_kind
from qc.documents._collector import Collector
from qc.documents._fields import FieldSet, read_fields
from qc.documents._json_scan import Json, JsonList, JsonObject, JsonText, JsonWord, scan_json
from qc.documents._names import article_field, document_field, fold, media_field
from qc.documents._values import Raw, Value
from qc.documents.html import walk_html
from qc.documents.markdown import walk_markdown
from qc.documents.text import walk_text

OWN_NAMES = {
    "body": ("body", "nội dung", "thân bài", "content", "bodytext", "body_html", "html"),
    "body_format": ("body_format", "định dạng", "format"),
    "media": ("media", "tệp phương tiện", "phương tiện"),
}
FORMATS = ("html", "markdown", "text")
LOOKS_LIKE_HTML = regex(r"<(?:!--|/?[a-zA-Z][a-zA-Z0-9]*(?=[\s/>]))")
WANTED = {
    "string_type": "một chuỗi chữ",
    "int_type": "một số nguyên",
    "bool_type": "true hoặc false",
    "list_type": "một danh sách […]",
    "model_type": "một đối tượng {…}",
    "missing": "đủ các mục bắt buộc (như path)",
}
SCHEMA_NAMES = ("$schema", "schema_version")


def load_json(text: str, builder: Builder) -> FieldSet:
    """Read an article in JSON into `builder`. Raises LoadError where it does not fit the schema."""
    root = scan_json(text)
    if not isinstance(root, JsonObject):
        raise _misfit(
            "", "an object with the fields of one article", "một đối tượng cho một bài viết"
        )
    named = _named(root)
    _validate(named)
    own = {name: named.pop(name, None) for name in OWN_NAMES}
    raw = {key: _raw(value) for key, value in named.items()}
    for name, entry in _media(own["media"]):
        listed = raw.setdefault(name, [])
        if isinstance(listed, list):
            listed.append(entry)
    fields = read_fields(raw)
    body = own["body"]
    if isinstance(body, JsonText):
        written = own["body_format"]
        format_name = written.value.text if isinstance(written, JsonText) else None
        _body(body.value, format_name, builder, take_title=fields.fields.title is None)
    return fields


def _named(root: JsonObject) -> dict[str, Json]:
    """The members by the names of the schema; two names of one field are refused."""
    own = {fold(each): name for name, written in OWN_NAMES.items() for each in written}
    named: dict[str, Json] = {}
    for key, value in root.items.items():
        if key in SCHEMA_NAMES:
            continue
        name = own.get(fold(key)) or article_field(key) or key
        if name in named:
            raise _misfit(
                f"/{key}",
                f"only one of the names of {name}",
                f"chỉ một trong các tên của trường “{name}”",
            )
        named[name] = value
    return named


def _validate(named: Mapping[str, Json]) -> None:
    from pydantic import ValidationError

    from qc.documents._json_schema import ArticleJson

    try:
        ArticleJson.model_validate({name: _python(value, name) for name, value in named.items()})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        steps = [step for step in first["loc"] if isinstance(step, int) or str(step).islower()]
        path = _written_path(named, steps)
        wanted = WANTED.get(first["type"], "giá trị nêu trong lược đồ")
        raise _misfit(path, str(first["msg"]), wanted) from error


def _written_path(named: Mapping[str, Json], steps: list[Any]) -> str:
    """The JSON pointer of the value that does not fit, in the names of the file."""
    place = Place(pointer="")
    value: Json | None = named.get(str(steps[0])) if steps else None
    for step in steps[1:]:
        inner: Json | None = None
        if isinstance(value, JsonList) and isinstance(step, int):
            inner = value.items[step]
        elif isinstance(value, JsonObject):
            inner = next((v for k, v in value.items.items() if step in (k, _inner_name(k))), None)
        if inner is None:
            break
        value = inner
    if isinstance(value, JsonText | JsonWord):
        place = value.value.place
    elif value is not None:
        place = value.place
    return place.pointer or ""


def _inner_name(key: str) -> str:
    return media_field(key) or document_field(key) or key


def _python(value: Json, name: str) -> Any:
    """The plain value, its inner names turned into those of the schema."""
    if isinstance(value, JsonText):
        return value.value.text
    if isinstance(value, JsonWord):
        return value.python
    if isinstance(value, JsonList):
        return [_python(each, name) for each in value.items]
    rename = document_field if name == "document" else media_field
    return {rename(key) or key: _python(each, name) for key, each in value.items.items()}


def _raw(value: Json) -> Raw:
    if isinstance(value, JsonText | JsonWord):
        return value.value
    if isinstance(value, JsonList):
        return [_raw(each) for each in value.items]
    return {key: _raw(each) for key, each in value.items.items()}


def _media(value: Json | None) -> Iterator[tuple[str, Raw]]:
    """The entries of a mixed list, each with the list it belongs to."""
    for each in value.items if isinstance(value, JsonList) else ():
        raw = _raw(each)
        named = raw if isinstance(raw, Mapping) else {}
        path = raw if isinstance(raw, Value) else named.get("path")
        kind = named.get("type")
        said = kind.text if isinstance(kind, Value) else ""
        if not said:
            said = media_kind(path.text if isinstance(path, Value) else "") or "attachment"
        yield f"{said}s", {k: v for k, v in named.items() if k != "type"} if named else raw


def _body(value: Value, format_name: str | None, builder: Builder, *, take_title: bool) -> None:
    if format_name is None:
        format_name = "html" if LOOKS_LIKE_HTML.search(value.text) else "text"
    outer = value.offsets or OffsetMap.of([])
    if format_name == "text":
        walk_text(value.text, builder, place=value.place, outer=outer)
        return
    collector = Collector(
        builder,
        take_title=take_title,
        place=value.place,
        outer=outer,
        squeeze=format_name == "html",
    )
    if format_name == "html":
        walk_html(value.text, collector)
        builder.found.pop("page-title", None)
        builder.markups.append(Markup(text=value.text, offsets=outer, place=value.place))
        return
    walk_markdown(value.text, 0, collector)
    for index, markup in enumerate(builder.markups):
        inner = markup.offsets
        offsets = inner.then(outer) if inner is not None else None
        builder.markups[index] = replace(markup, offsets=offsets, place=value.place)


def _misfit(pointer: str, wanted: str, vietnamese: str) -> LoadError:
    return LoadError(
        f"the value at {pointer or 'the top'} does not fit the article schema: {wanted}",
        remedy="See docs/article-json.md.",
        vi=f"giá trị ở {pointer or 'gốc'} không đúng lược đồ bài viết: cần {vietnamese}",
    )
