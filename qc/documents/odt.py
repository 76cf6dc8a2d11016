"""OpenDocument: the text of an .odt with its places, and what is embedded in it.

Read are the body, tables, text boxes and shapes, headers, footers, notes, comments, properties,
pictures and links. Deleted text of tracked changes is no text; text not displayed is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from qc.core.blob import Blob
from qc.core.errors import LoadError
from qc.core.lazy import regex
from qc.core.record import replace
from qc.documents._builder import Builder
from qc.documents._fields import FieldSet
from qc.documents._legacy.convert import convert_stretches, converted
from qc.documents._legacy.fonts import FontEncodings
from qc.documents._odf.names import DC, DECORATIVE, DRAW, META, OFFICE, STYLE, SVG, TEXT, XLINK
from qc.documents._odf.paragraphs import OdfParagraph, OdfPiece, OdfReader
from qc.documents._odf.styles import OdfStyles
from qc.documents._office import HiddenText, Line, LineLink, Shown, build_lines
from qc.documents._ooxml.archive import RESAVE, Archive
from qc.documents._ooxml.properties import property_values, with_properties
from qc.documents._ooxml.xml import Element, parse_xml

CONTENT, STYLES, INFO, MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
LENGTH = regex(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|px)")
PX = {"cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 96 / 72, "px": 1.0}
CAPTION_STYLES = frozenset(("illustration", "figure", "drawing", "caption"))
STYLE_NAMES = {"quotations": "quote", "preformatted text": "html preformatted"}
MAX_MEDIA_BYTES = 256 * 1024 * 1024


def load_odt(data: bytes, builder: Builder) -> FieldSet:
    """Read an OpenDocument text into `builder`. Raises LoadError for what is no sound .odt."""
    archive = Archive(data)
    if CONTENT not in archive:
        raise LoadError(
            "the archive holds no OpenDocument text",
            remedy=RESAVE,
            vi="tệp không phải văn bản OpenDocument; hãy mở bằng LibreOffice và lưu lại",
        )
    if MANIFEST in archive and b"encryption-data" in archive.read(MANIFEST):
        raise LoadError(
            "the document is protected with a password",
            remedy="Remove the password.",
            vi="tệp được bảo vệ bằng mật khẩu; hãy bỏ mật khẩu rồi kiểm tra lại",
        )
    paragraphs = list(_paragraphs(archive))
    encodings = FontEncodings(
        (piece.look.font, piece.text) for each in paragraphs for piece in each.pieces
    )
    reader = _LineReader(archive, encodings)
    core, custom = _properties(archive)
    fields = build_lines(list(map(reader.line, paragraphs)), builder, property_values(core, custom))
    return replace(fields, fields=with_properties(fields.fields, core))


def _paragraphs(archive: Archive) -> Iterator[OdfParagraph]:
    content = parse_xml(archive.read(CONTENT), CONTENT)
    roots = [content]
    if STYLES in archive:
        roots.insert(0, parse_xml(archive.read(STYLES), STYLES))
    reader = OdfReader(OdfStyles(*roots))
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise LoadError(
            "the document is no text (a sheet or slides?)",
            remedy="Save the article as a text document.",
            vi="tệp không phải văn bản (có thể là bảng tính hoặc bài trình chiếu)",
        )
    yield from reader.story(body, "body")
    for root in roots[:-1]:
        for part in ("header", "footer"):
            for page in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
                for story in page:
                    if story.tag.startswith(f"{STYLE}{part}"):
                        yield from reader.story(story, part)


def _properties(archive: Archive) -> tuple[dict[str, str], dict[str, str]]:
    """Core properties by the names that docx gives them, and those the writer added."""
    if INFO not in archive:
        return {}, {}
    try:
        root = parse_xml(archive.read(INFO, 1024 * 1024), INFO)
    except LoadError:
        return {}, {}
    core: dict[str, str] = {}
    custom: dict[str, str] = {}
    names = {
        META + "initial-creator": "creator",
        DC + "creator": "lastModifiedBy",
        META + "keyword": "keywords",
        META + "creation-date": "created",
        DC + "date": "modified",
    }
    for element in root.iterfind(f"{OFFICE}meta/*"):
        text = "".join(element.itertext()).strip()
        if element.tag == META + "user-defined":
            custom[element.get(META + "name") or ""] = text
        elif text:
            name = names.get(element.tag) or element.tag.rpartition("}")[2]
            core[name] = f"{core[name]}, {text}" if name == "keywords" and name in core else text
    return core, custom


class _LineReader:
    """Turns the paragraphs of an odt into lines of an office document."""

    def __init__(self, archive: Archive, encodings: FontEncodings) -> None:
        self._archive = archive
        self._encodings = encodings

    def line(self, paragraph: OdfParagraph) -> Line:
        """The line of one paragraph."""
        style = paragraph.style
        name = STYLE_NAMES.get(style.name, style.name)
        line = Line("", paragraph.place, "caption" if name in CAPTION_STYLES else name)
        line.level = _level(paragraph)
        line.listed = paragraph.listed
        visible = [piece for piece in paragraph.pieces if not piece.hidden]
        written = [self._encodings.written(piece.text, piece.look.font) for piece in visible]
        line.text, line.legacy = convert_stretches(written)
        line.font = next((w.font for w in written if w.font), None)
        if line.font is None and visible:
            line.font = visible[0].look.font
        line.pieces = visible
        line.centered = style.align == "center"
        line.header_cell = paragraph.header_cell
        line.grid_column = paragraph.grid_column
        if len(visible) < len(paragraph.pieces):
            line.hidden = list(self._hidden(paragraph.pieces))
        line.links = list(_links(paragraph, line))
        line.shown = [shown for frame in paragraph.frames for shown in self._shown(frame)]
        return line

    def _hidden(self, pieces: list[OdfPiece]) -> Iterator[HiddenText]:
        for piece in pieces:
            if piece.hidden:
                written = self._encodings.written(piece.text, piece.look.font)
                text, legacy = convert_stretches([written])
                yield HiddenText(text, piece.look.font, legacy)

    def _shown(self, frame: Element) -> Iterator[Shown]:
        for child in frame:
            path = unquote((child.get(XLINK + "href") or "").removeprefix("./"))
            if child.tag == DRAW + "image" and path:
                title, described = _said(frame, "title"), _said(frame, "desc")
                alt = "" if frame.get(DECORATIVE) == "true" else title or described
                yield replace(
                    self._opened(path),
                    alt=alt,
                    title=described if title and described != title else None,
                    width_px=_pixels(frame.get(SVG + "width")),
                    height_px=_pixels(frame.get(SVG + "height")),
                )
                return
            if child.tag == DRAW + "object-ole" and path:
                yield replace(self._opened(path), picture=False)

    def _opened(self, path: str) -> Shown:
        if "//" in path:
            return Shown(path, remote=True)
        if path.startswith(("..", "/")) or ":" in path:
            return Shown(path, problem="outside")
        if path not in self._archive:
            return Shown(path, problem="missing")
        try:
            return Shown(path, Blob(data=self._archive.read(path, MAX_MEDIA_BYTES)))
        except LoadError:
            return Shown(path, problem="unreadable")


def _links(paragraph: OdfParagraph, line: Line) -> Iterator[LineLink]:
    if not paragraph.links:
        return
    ends = [0]
    for piece in paragraph.pieces:
        ends.append(ends[-1] + (0 if piece.hidden else len(piece.text)))
    for address, first, last in paragraph.links:
        start, end = ends[first], ends[last]
        if line.legacy is not None:
            start, end = converted(line.legacy, start), converted(line.legacy, end)
        yield LineLink(address, start, end)


def _level(paragraph: OdfParagraph) -> int | None:
    if paragraph.element.tag != TEXT + "h":
        return None
    level = paragraph.element.get(TEXT + "outline-level") or "1"
    return int(level) if level.isdecimal() and 0 < int(level[:3]) < 10 else 1


def _said(frame: Element, name: str) -> str | None:
    element = frame.find(SVG + name)
    return (element.text or "") if element is not None else None


def _pixels(length: str | None) -> int | None:
    match = LENGTH.fullmatch(length or "")
    return round(float(match[1]) * PX[match[2]]) if match and len(match[1]) < 9 else None
