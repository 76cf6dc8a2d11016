"""Small files built in memory for the tests of attachments."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx(body: str, **parts: bytes | str) -> bytes:
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    files.update({name.replace("__", "/"): data for name, data in parts.items()})
    return packed(files)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx_table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def xlsx(rows: list[list[str]], *, state: str = "visible") -> bytes:
    cells = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in row)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="DS" state="{state}"/>'
            "</sheets></workbook>",
            "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{cells}</sheetData>"
            "</worksheet>",
        }
    )


PAGE = "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"


def pdf(catalog: str = "", more: str = PAGE, kids: str = "[3 0 R]") -> bytes:
    return (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids{kids}/Count {kids.count(' R')}>>endobj\n{more}"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode("latin-1")


def pdf_with_text(lines: list[str]) -> bytes:
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F 12 Tf 20 700 Td {shown}ET"
    more = (
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n"
    )
    return pdf("", more, "[3 0 R]")


def png(width: int = 1, height: int = 1, *, extra: bytes = b"", tail: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
        + tail
    )


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(comment: bytes = b"", tail: bytes = b"") -> bytes:
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + segment
        + b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0"
        + b"\xff\xda\0\x08\x01\x01\0\0?\0\x7f\xff\xd9"
        + tail
    )


def gif(comment: bytes = b"", tail: bytes = b"") -> bytes:
    block = b"!\xfe" + bytes([len(comment)]) + comment + b"\0" if comment else b""
    return (
        b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
        + block
        + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
        + tail
    )
