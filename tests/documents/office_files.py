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


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{ODF}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
    )
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
ODF_STYLES = """<style:style style:name="P1" style:family="paragraph"
 style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph"><style:text-properties
 style:font-name="F1"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties
 text:display="none"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties
 fo:font-style="italic"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties
 style:font-name="F2"/></style:style>"""
ODF_FONTS = (
    '<style:font-face style:name="F1" svg:font-family="\'.VnTime\'"/>'
    '<style:font-face style:name="F2" svg:font-family="VNI-Times"/>'
)
ODF_COMMON = """<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>
<style:style style:name="Illustration" style:family="paragraph"/>"""


def odt(
    body: str, *, master: str = "", meta: str = "", files: Mapping[str, bytes] | None = None
) -> bytes:
    """An .odt: `body` inside office:text, `master` inside a master page."""
    content = (
        f"<office:document-content {ODF_NAMESPACES}><office:font-face-decls>{ODF_FONTS}"
        f"</office:font-face-decls><office:automatic-styles>{ODF_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {ODF_NAMESPACES}><office:styles>{ODF_COMMON}</office:styles>"
        f"<office:master-styles><style:master-page>{master}</style:master-page>"
        f"</office:master-styles></office:document-styles>"
    )
    info = (
        f"<office:document-meta {ODF_NAMESPACES}><office:meta>{meta}</office:meta>"
        f"</office:document-meta>"
    )
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "styles.xml": styles.encode(),
            "meta.xml": info.encode(),
            **(files or {}),
        }
    )


def odf_paragraph(inner: str, style: str = "Standard") -> str:
    """A paragraph of an odt; `inner` is XML."""
    return f'<text:p text:style-name="{style}">{inner}</text:p>'
