"""Fields of an article from what a draft writes: front matter, properties, meta elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from qc.core.article import DocumentFields, Fields, Role
from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.documents._names import article_field, article_kind, document_field, media_field
from qc.documents._values import Raw, Value, items, plain

DATE = regex(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))"
    r"(?:[T ,]+(?P<h>\d{1,2})[:hH](?P<min>\d{2})?(?::(?P<s>\d{2})(?:\.\d+)?)?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?"
)
YES = ("true", "yes", "có", "1", "x", "on")
NO = ("false", "no", "không", "0", "off")
ROLES = {
    "featured": ("featured", "đại diện", "ảnh đại diện", "bìa"),
    "inline": ("inline", "trong bài"),
    "banner": ("banner",),
    "logo": ("logo",),
    "thumbnail": ("thumbnail", "ảnh nhỏ", "thumb"),
}


@dataclass(frozen=True, slots=True)
class MediaEntry:
    """One picture, clip or attachment as listed among the fields of a draft."""

    path: Value
    role: Role | None = None
    alt: Value | None = None
    caption: Value | None = None
    credit: str | None = None
    title: str = ""
    captions: tuple[str, ...] = ()
    display_width_px: int | None = None
    display_height_px: int | None = None


@dataclass(slots=True)
class FieldSet:
    """What was read from a draft's fields. `written` keeps the raw value of each text field."""

    fields: Fields
    written: dict[str, Value] = field(default_factory=dict)
    images: list[MediaEntry] = field(default_factory=list)
    videos: list[MediaEntry] = field(default_factory=list)
    attachments: list[MediaEntry] = field(default_factory=list)


def read_fields(raw: Mapping[str, Raw]) -> FieldSet:
    """Read the fields of an article; names may be Vietnamese or English (see `_names`)."""
    named: dict[str, Raw] = {}
    document: dict[str, Raw] = {}
    unknown: list[str] = []
    extra: dict[str, str] = {}
    for name, value in raw.items():
        known = article_field(name)
        if known is None:
            unknown.append(name)
            extra[name] = plain(value) or ""
        elif known.startswith("document."):
            document.setdefault(known.removeprefix("document."), value)
        elif known == "document" and isinstance(value, Mapping):
            document.update({document_field(k) or k: v for k, v in value.items()})
        else:
            named.setdefault(known, value)
    invalid: dict[str, str] = {}
    values = _article_values(named, invalid)
    values["document"] = _document(document, invalid)
    fields = Fields(**values, invalid=invalid, unknown=tuple(unknown), extra=extra)
    return FieldSet(
        fields,
        _written(named, document),
        [entry for each in _list(named.get("images")) if (entry := _entry(each))],
        [entry for each in _list(named.get("videos")) if (entry := _entry(each))],
        [entry for each in _list(named.get("attachments")) if (entry := _entry(each))],
    )


def parse_date(text: str) -> datetime | None:
    """A date as editors write it: 2024-05-20, 20/05/2024, 20/5/2024 14:30. Zones are dropped."""
    match = DATE.fullmatch(text.strip())
    if match is None:
        return None
    part = match.group
    year, month, day = (int(part(k) or part(f"{k}2")) for k in ("y", "m", "d"))
    try:
        return datetime(
            year, month, day, int(part("h") or 0), int(part("min") or 0), int(part("s") or 0)
        )
    except ValueError:
        return None


def parse_flag(text: str) -> bool | None:
    """Yes or no, in Vietnamese or English."""
    lowered = text.strip().lower()
    return True if lowered in YES else False if lowered in NO else None


def parse_role(text: str) -> Role | None:
    """The role of a picture as written in a draft."""
    lowered = text.strip().lower()
    return next((Role(role) for role, names in ROLES.items() if lowered in names), None)


def _article_values(named: Mapping[str, Raw], invalid: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in ("title", "sapo", "author", "source", "source_url", "category", "language"):
        values[name] = plain(named.get(name))
    for name in ("approved_by", "featured_image"):
        values[name] = plain(named.get(name))
    for name in ("published_at", "updated_at", "expires_at"):
        values[name] = _parsed(name, named.get(name), parse_date, invalid)
    values["kind"] = _parsed("kind", named.get("kind"), article_kind, invalid)
    values["ai_generated"] = _parsed("ai_generated", named.get("ai_generated"), parse_flag, invalid)
    for name in ("tags", "consent_ids"):
        values[name] = tuple(text for each in items(named.get(name)) if (text := plain(each)))
    return values


def _document(raw: Mapping[str, Raw], invalid: dict[str, str]) -> DocumentFields:
    def day(name: str) -> date | None:
        read = _parsed(f"document.{name}", raw.get(name), parse_date, invalid)
        return read.date() if read else None

    return DocumentFields(
        kind=plain(raw.get("kind")),
        number=plain(raw.get("number")),
        issued_on=day("issued_on"),
        effective_on=day("effective_on"),
        issuer=plain(raw.get("issuer")),
        summary=plain(raw.get("summary")),
        signer=plain(raw.get("signer")),
        file=plain(raw.get("file")),
    )


def _parsed(
    name: str, raw: Raw | None, parse: Callable[[str], Any], invalid: dict[str, str]
) -> Any:
    text = plain(raw)
    if text is None:
        return None
    value = parse(text)
    if value is None:
        invalid[name] = text
    return value


def _written(named: Mapping[str, Raw], document: Mapping[str, Raw]) -> dict[str, Value]:
    names = ("title", "sapo", "author", "source", "category", "approved_by")
    texts = {name: raw for name in names if isinstance(raw := named.get(name), Value)}
    for name, raw in document.items():
        if isinstance(raw, Value):
            texts[f"document.{name}"] = raw
    return {name: value for name, value in texts.items() if value.text.strip()}


def _list(raw: Raw | None) -> list[Raw]:
    if raw is None:
        return []
    return [raw] if isinstance(raw, Value | Mapping) else list(raw)


def _entry(raw: Raw) -> MediaEntry | None:
    if isinstance(raw, Value):
        return MediaEntry(raw) if raw.text.strip() else None
    if not isinstance(raw, Mapping):
        return None
    named = {media_field(name) or name: value for name, value in raw.items()}
    path = named.get("path")
    if not isinstance(path, Value):
        return None
    alt, caption = named.get("alt"), named.get("caption")
    return MediaEntry(
        path,
        parse_role(plain(named.get("role")) or ""),
        alt if isinstance(alt, Value) else None,
        caption if isinstance(caption, Value) else None,
        plain(named.get("credit")),
        plain(named.get("title")) or "",
        tuple(text for each in items(named.get("captions")) if (text := plain(each))),
        _pixels(named.get("display_width")),
        _pixels(named.get("display_height")),
    )


def _pixels(raw: Raw | None) -> int | None:
    text = (plain(raw) or "").removesuffix("px").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else None
