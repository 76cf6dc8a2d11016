"""Minimal writers of .docx and .odt, for the samples: fixed times, so the bytes never change."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

WHEN = (2024, 5, 20, 8, 0, 0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a style name ("Title", "Heading1", "Caption" or "") and its runs."""

    text: str
    style: str = ""
    bold: str = ""
    font: str = ""


@dataclass(frozen=True)
class Picture:
    """An embedded picture with its alternative text."""

    data: bytes
    alt: str
    width_px: int = 1600
    height_px: int = 900


@dataclass(frozen=True)
class Table:
    """A table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


Piece = Paragraph | Picture | Table


def docx(pieces: list[Piece], *, title: str = "", creator: str = "") -> bytes:
    """A Word document."""
    body, media = [], []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            body.append(_paragraph(piece))
        elif isinstance(piece, Table):
            body.append(_table(piece))
        else:
            media.append(piece)
            body.append(_picture(piece, len(media)))
    relations = "".join(
        f'<Relationship Id="rImg{n}" Type="{R}/image" Target="media/image{n}.jpeg"/>'
        for n in range(1, len(media) + 1)
    )
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
            '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/'
            'relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        ),
        "word/document.xml": _document("".join(body)),
        "word/styles.xml": _styles(),
        "word/_rels/document.xml.rels": _relations(
            f'<Relationship Id="rStyles" Type="{R}/styles" Target="styles.xml"/>{relations}'
        ),
        "docProps/core.xml": _core(title, creator),
    }
    data: dict[str, str | bytes] = dict(files)
    for number, picture in enumerate(media, 1):
        data[f"word/media/image{number}.jpeg"] = picture.data
    return _zipped(data)


def odt(pieces: list[Paragraph | Table], *, title: str = "") -> bytes:
    """An OpenDocument text."""
    body = "".join(
        _odt_table(piece) if isinstance(piece, Table) else _odt_paragraph(piece) for piece in pieces
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}" '
        f'xmlns:text="{text}" xmlns:table="{table}" office:version="1.2"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="{office}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta>'
        f"<dc:title>{escape(title)}</dc:title></office:meta></office:document-meta>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type='
        '"application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path='
        '"content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path='
        '"meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
            "META-INF/manifest.xml": manifest,
        },
        stored=("mimetype",),
    )


def _zipped(files: dict[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def _document(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" '
        f'xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>'
        f"{body}<w:sectPr/></w:body></w:document>"
    )


def _paragraph(piece: Paragraph) -> str:
    style = f'<w:pPr><w:pStyle w:val="{piece.style}"/></w:pPr>' if piece.style else ""
    font = f'<w:rFonts w:ascii="{piece.font}" w:hAnsi="{piece.font}"/>' if piece.font else ""
    runs = f"<w:r>{_properties(font)}{_text(piece.text)}</w:r>"
    if piece.bold and piece.bold in piece.text:
        before, after = piece.text.split(piece.bold, 1)
        runs = (
            f"<w:r>{_properties(font)}{_text(before)}</w:r>"
            f"<w:r>{_properties(font + '<w:b/>')}{_text(piece.bold)}</w:r>"
            f"<w:r>{_properties(font)}{_text(after)}</w:r>"
        )
    return f"<w:p>{style}{runs}</w:p>"


def _properties(inside: str) -> str:
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _table(piece: Table) -> str:
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r>{_text(cell)}</w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in piece.rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


def _picture(piece: Picture, number: int) -> str:
    wide, high = 5_486_400, int(5_486_400 * piece.height_px / piece.width_px)
    alt = quoteattr(piece.alt)
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr={alt}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.jpeg"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rImg{number}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" '
        f'cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _styles() -> str:
    names = {
        "Title": "Title",
        "Heading1": "heading 1",
        "Heading2": "heading 2",
        "Caption": "caption",
    }
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:styles xmlns:w="{W}">{styles}</w:styles>'


def _content_types() -> str:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.'
        'openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{main}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns='
        f'"http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _core(title: str, creator: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
        '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc='
        '"http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        "</cp:coreProperties>"
    )


def _odt_paragraph(piece: Paragraph) -> str:
    if piece.style.startswith(("Heading", "Title")):
        level = piece.style[-1] if piece.style[-1].isdigit() else "1"
        return f'<text:h text:outline-level="{level}">{escape(piece.text)}</text:h>'
    return f"<text:p>{escape(piece.text)}</text:p>"


def _odt_table(piece: Table) -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in piece.rows
    )
    return f'<table:table table:name="Bảng">{rows}</table:table>'
