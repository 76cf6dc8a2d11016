"""Properties that office programs keep of a document: title, author, keywords, dates …"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from qc.core.article import Fields, Place
from qc.core.errors import LoadError
from qc.core.record import replace
from qc.documents._names import article_field
from qc.documents._ooxml.archive import Archive
from qc.documents._ooxml.xml import parse_xml
from qc.documents._values import Raw, Value

PLACE = Place(part="properties")
CORE = {
    "title": "title",
    "creator": "author",
    "category": "category",
    "keywords": "tags",
    "language": "language",
}
# Names that a computer has by itself; no author of an article is called so.
MACHINE_NAMES = (
    "admin administrator user users username owner windowsuser microsoft microsoftofficeuser word "
    "pythondocx libreoffice openoffice hp dell asus acer lenovo pc mypc laptop computer home sky "
    "vietnam thienip techsi mtc unknown author test guest default "
)


def core_properties(archive: Archive, name: str) -> dict[str, str]:
    """The core properties by their local names; a broken part counts as none."""
    if name not in archive:
        return {}
    try:
        root = parse_xml(archive.read(name, 1024 * 1024), name)
    except LoadError:
        return {}
    return {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in root}


def custom_properties(archive: Archive, name: str) -> dict[str, str]:
    """The properties that the writer added (File > Info > Advanced), by name."""
    if name not in archive:
        return {}
    try:
        root = parse_xml(archive.read(name, 1024 * 1024), name)
    except LoadError:
        return {}
    return {each.get("name") or "": "".join(each.itertext()).strip() for each in root}


def property_values(core: Mapping[str, str], custom: Mapping[str, str]) -> dict[str, Raw]:
    """The properties that name a field of the article; those of the writer come first."""
    values: dict[str, Raw] = {
        name: Value(text, None, PLACE)
        for name, text in custom.items()
        if text and article_field(name) is not None
    }
    for name, field_name in CORE.items():
        text = core.get(name, "")
        if text and not (name == "creator" and is_machine_name(text)):
            values.setdefault(field_name, Value(text, None, PLACE))
    return values


def is_machine_name(text: str) -> bool:
    """Whether an author's name is only what the computer was called."""
    plain = unicodedata.normalize("NFD", text.lower())
    letters = "".join(c for c in plain if c.isalpha() and c.isascii())
    return f" {letters} " in f" {MACHINE_NAMES}"


def with_properties(fields: Fields, core: Mapping[str, str]) -> Fields:
    """The fields with all core properties kept in `extra` as `property.NAME`."""
    kept = {f"property.{name}": text for name, text in core.items() if text}
    return replace(fields, extra={**fields.extra, **kept})
