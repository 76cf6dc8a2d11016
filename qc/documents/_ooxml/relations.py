"""Relationships of the parts of a docx: where pictures, headers, notes and links lie."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from qc.core.record import dataclass
from qc.documents._ooxml.archive import Archive
from qc.documents._ooxml.xml import parse_xml


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its kind (the last word of its type) and the part or address it names."""

    id: str
    kind: str
    target: str
    external: bool


def read_relations(archive: Archive, part: str) -> dict[str, Relation]:
    """The relationships of a part by id, in document order; "" is the document as a whole."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive:
        return {}
    relations = {}
    for each in parse_xml(archive.read(path), path):
        target = each.get("Target") or ""
        external = each.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        identity = each.get("Id") or ""
        kind = (each.get("Type") or "").rsplit("/", 1)[-1]
        relations[identity] = Relation(identity, kind, target, external)
    return relations
