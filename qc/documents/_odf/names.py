"""Names of the elements and attributes of OpenDocument that qc reads."""

from __future__ import annotations

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE = _ODF % "office"
TEXT = _ODF % "text"
TABLE = _ODF % "table"
DRAW = _ODF % "drawing"
STYLE = _ODF % "style"
SVG = _ODF % "svg-compatible"
FO = _ODF % "xsl-fo-compatible"
META = _ODF % "meta"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
DECORATIVE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}decorative"

PARAGRAPHS = (TEXT + "p", TEXT + "h")
# Elements that hold paragraphs.
CONTAINERS = frozenset(
    [
        TEXT + "list",
        TEXT + "list-item",
        TEXT + "list-header",
        TEXT + "section",
        TEXT + "table-of-content",
        TEXT + "illustration-index",
        TEXT + "bibliography",
        TEXT + "index-body",
        TEXT + "index-title",
        TEXT + "numbered-paragraph",
        TABLE + "table-header-rows",
        TABLE + "table-rows",
        TABLE + "table-row-group",
    ]
)
# What a paragraph holds that is no text of it, or is read elsewhere.
SKIPPED = frozenset(
    [
        TEXT + "tracked-changes",
        TEXT + "ruby-text",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        TEXT + "note-citation",
        OFFICE + "forms",
        OFFICE + "annotation-end",
    ]
)
