"""Makes small office documents for tests, from the XML that matters."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
</w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Old"/>
<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>
<w:rPr><w:vanish/></w:rPr></w:style>"""


def run(text: str, properties: str = "") -> str:
    """A run with a text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*inner: str, style: str = "") -> str:
    """A paragraph; inner strings that are no XML become runs."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inner)
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of one-paragraph cells."""
    cells = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return "<w:tbl>" + "".join(cells) + "</w:tbl>"


def picture(relation: str, attributes: str = "", size: tuple[int, int] = (952500, 476250)) -> str:
    """A run with an inline picture; `attributes` go on its docPr."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="1" name="Picture 1" {attributes}/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def docx(
    body: str,
    *,
    relations: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    styles: str = STYLES,
) -> bytes:
    """A .docx. `relations`: id -> (kind, target); `parts`: kind -> inner XML of a story.

    A part of kind header1 is word/header1.xml with the relationship kind header; `files` are
    further members by name. A relation target with a colon is external.
    """
    wanted = {"rIdStyles": ("styles", "styles.xml"), **(relations or {})}
    members: dict[str, bytes] = dict(files or {})
    for kind, inner in (parts or {}).items():
        wanted[f"rId-{kind}"] = (kind.rstrip("0123456789"), f"{kind}.xml")
        root = {"header": "hdr", "footer": "ftr"}.get(kind.rstrip("0123456789"), kind)
        members[f"word/{kind}.xml"] = f"<w:{root} {NAMESPACES}>{inner}</w:{root}>".encode()
    rows = (
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for key, (kind, target) in wanted.items()
    )
    members["word/document.xml"] = (
        f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()
    )
    members["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>".encode()
    members["word/_rels/document.xml.rels"] = _relationships("".join(rows))
    members["_rels/.rels"] = _relationships(
        f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
    )
    return archive(members)


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip file with these members."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return stream.getvalue()


def _relationships(rows: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{rows}</Relationships>'.encode()
