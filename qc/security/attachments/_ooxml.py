"""Office and OpenDocument files (ZIP with XML): active parts, traces of editing, and the text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element, ParseError

from qc.core.lazy import regex
from qc.security.attachments._archive import read_member, read_zip
from qc.security.attachments._note import Budget, Notes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TB = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DDE = regex(r"(?i)\bDDE(?:AUTO)?\b|\bddeLink\b")
_DOCX_PARTS = regex(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
_OUTER = regex(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_TYPE = regex(rb"Type\s*=\s*[\"'][^\"']*/(\w+)[\"']")
MAX_CELLS = 200_000
MAX_COLUMNS = 64


class _Office:
    """One opened document."""

    def __init__(self, archive: zipfile.ZipFile, notes: Notes, budget: Budget) -> None:
        self.archive = archive
        self.notes = notes
        self.budget = budget
        self.infos = {info.filename: info for info in archive.infolist()}

    def part(self, name: str) -> bytes | None:
        info = self.infos.get(name)
        return read_member(self.archive, info, self.notes, self.budget) if info else None

    def xml(self, name: str) -> Element | None:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        data = self.part(name)
        if data is None:
            return None
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException:
            self.notes.add("xml-dtd", name=name)
            return None
        except (ParseError, ValueError, UnicodeError) as error:
            self.notes.add("damaged", what=type(error).__name__)
            return None
        return root


def office_kind(data: bytes) -> str | None:
    """docx, xlsx, pptx, odf, jar or None, by the names in the directory."""
    import io

    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError):
        return None
    for prefix, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[Content_Types].xml" in names and any(name.startswith(prefix) for name in names):
            return kind
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "odf"
    if "classes.dex" in names or "AndroidManifest.xml" in names:
        return "apk"
    return "jar" if "META-INF/MANIFEST.MF" in names else None


def inspect_office(kind: str, data: bytes, notes: Notes, budget: Budget) -> None:
    """Note what is active or left over in the document, and take its text."""
    archive = read_zip(data, notes, budget)
    if archive is None:
        return
    office = _Office(archive, notes, budget)
    _active_parts(office)
    _properties(office)
    reader = {"docx": _docx, "xlsx": _xlsx, "pptx": _pptx, "odf": _odf}.get(kind)
    if reader is not None:
        for place, text in reader(office):
            notes.text(place, text)
            if notes.full:
                break


def _active_parts(office: _Office) -> None:
    for name in office.infos:
        low = name.lower()
        if low.endswith("vbaproject.bin"):
            office.notes.add("macro", what="VBA")
        elif "/macrosheets/" in low:
            office.notes.add("macro", what="XLM")
        elif low.startswith(("basic/", "scripts/")) and not low.endswith(("/", "script-lc.xml")):
            office.notes.add("macro", what="Basic")
        elif "/activex/" in low:
            office.notes.add("office-active", what="ActiveX")
        elif "/embeddings/" in low and low.endswith(".bin"):
            office.notes.add("office-object", what="OLE")
        elif low.endswith("encryption.xml") or low == "encryptedpackage":
            office.notes.add("encrypted", what="office")
        elif low.endswith(".rels"):
            _relations(office, office.part(name) or b"")


def _relations(office: _Office, data: bytes) -> None:
    for match in _OUTER.finditer(data):
        kind = _TYPE.search(match[0])
        word = kind[1].decode() if kind else ""
        if word in ("attachedTemplate", "frame", "oleObject", "subDocument", "externalLinkPath"):
            code = "office-remote" if word != "externalLinkPath" else "office-object"
            office.notes.add(code, what=word)
        elif word == "image":
            office.notes.add("office-object", what="remote image")


def _properties(office: _Office) -> None:
    found: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
        root = office.xml(part) if part in office.infos else None
        for element in root.iter() if root is not None else ():
            name = element.tag.rpartition("}")[2]
            if name in _PROPERTY_NAMES and (element.text or "").strip():
                found.setdefault(_PROPERTY_NAMES[name], (element.text or "").strip()[:200])
    for name, value in found.items():
        office.notes.add("property", name=name, value=value)


_PROPERTY_NAMES = {
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "Manager": "manager",
    "Company": "company",
    "initial-creator": "author",
    "description": "comments",
}


def _docx(office: _Office) -> Iterator[tuple[str, str]]:
    for name in sorted(filter(_DOCX_PARTS.match, office.infos), key=lambda n: "document" not in n):
        root = office.xml(name)
        if root is None:
            continue
        part = name.removeprefix("word/").removesuffix(".xml")
        changes = sum(1 for tag in ("ins", "del", "moveFrom") for _ in root.iter(_W + tag))
        if changes:
            office.notes.add("tracked-changes", count=changes, part=part)
        if part == "comments":
            count = sum(1 for _ in root.iter(_W + "comment"))
            if count:
                office.notes.add("comments", count=count)
        codes = " ".join(filter(None, (e.text for e in root.iter(_W + "instrText"))))
        codes += " ".join(e.get(_W + "instr", "") for e in root.iter(_W + "fldSimple"))
        if _DDE.search(codes):
            office.notes.add("office-active", what="DDE")
        if any(e.get(_W + "val") not in ("0", "false") for e in root.iter(_W + "vanish")):
            office.notes.add("hidden-content", what="text")
        yield from _paragraphs(root, part)


def _paragraphs(root: Element, part: str) -> Iterator[tuple[str, str]]:
    number = 0
    done: set[int] = set()  # paragraphs inside a row or inside another paragraph
    for element in root.iter():
        if element.tag not in (_W + "tr", _W + "p") or id(element) in done:
            continue
        done.update(id(inner) for inner in element.iter() if inner.tag in (_W + "p", _W + "tr"))
        if element.tag == _W + "tr":
            cells = [_joined(cell, _W + "t", _W + "p") for cell in element.findall(_W + "tc")]
            yield f"{part}, bảng", "\t".join(cells)
            continue
        number += 1
        text = _joined(element, _W + "t", _W + "p")
        if text:
            yield f"{part}, đoạn {number}", text


def _joined(element: Element, leaf: str, breaker: str | None) -> str:
    parts: list[str] = []
    for inner in element.iter():
        if inner.tag == leaf:
            parts.append(inner.text or "")
        elif inner.tag in (_W + "tab", _W + "br") or (breaker and inner.tag == breaker and parts):
            parts.append(" ")
    return "".join(parts).strip()


def _xlsx(office: _Office) -> Iterator[tuple[str, str]]:
    shared = office.xml("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in office.infos else None
    strings = [
        "".join(t.text or "" for t in item.iter(_S + "t"))
        for item in (shared.findall(_S + "si") if shared is not None else ())
    ]
    dates = _date_styles(office)
    workbook = office.xml("xl/workbook.xml")
    names: list[str] = []
    for sheet in workbook.iter(_S + "sheet") if workbook is not None else ():
        names.append(sheet.get("name", ""))
        if sheet.get("state") in ("hidden", "veryHidden"):
            office.notes.add("hidden-content", what=f"sheet {names[-1]}"[:80])
    for name in office.infos:
        if name.startswith("xl/externalLinks/") and name.endswith(".xml"):
            data = office.part(name) or b""
            office.notes.add(
                "office-active" if b"ddeLink" in data else "office-object",
                what="DDE" if b"ddeLink" in data else "external link",
            )
        elif re.match(r"xl/(?:comments|threadedComments)", name):
            root = office.xml(name)
            texts = (
                [e.text or "" for e in root.iter() if e.tag.endswith("}t")]
                if root is not None
                else []
            )
            office.notes.add("comments", count=max(len(texts), 1))
            yield "ghi chú", "\n".join(texts)
    sheets = [n for n in office.infos if re.match(r"xl/worksheets/sheet\d+\.xml$", n)]
    for index, name in enumerate(sorted(sheets, key=_number)):
        title = names[index] if index < len(names) else name
        root = office.xml(name)
        if root is None:
            continue
        if any(row.get("hidden") == "1" for row in root.iter(_S + "row")) or any(
            col.get("hidden") == "1" for col in root.iter(_S + "col")
        ):
            office.notes.add("hidden-content", what=f"rows or columns of {title}"[:80])
        yield from _rows(root, title, strings, dates)


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name)) or 0)


def _rows(
    root: Element, title: str, strings: list[str], dates: frozenset[str]
) -> Iterator[tuple[str, str]]:
    cells = 0
    for row in root.iter(_S + "row"):
        values: list[str] = []
        for cell in row.findall(_S + "c"):
            values += [""] * (min(_column(cell), MAX_COLUMNS) - len(values) - 1)
            values.append(_cell(cell, strings, dates))
        cells += len(values)
        if cells > MAX_CELLS:
            return
        if any(values):
            yield f"{title}, dòng {row.get('r', '?')}", "\t".join(values)


def _column(cell: Element) -> int:
    """The column of a cell from its reference (C5 is 3); 0 where it has none."""
    number = 0
    for letter in cell.get("r", "").rstrip("0123456789").upper()[:3]:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(cell: Element, strings: list[str], dates: frozenset[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(_S + "t"))
    value = cell.findtext(_S + "v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    if kind is None or kind == "n":
        return _number_text(value, is_date=cell.get("s", "0") in dates)
    return value.replace("\t", " ").replace("\n", " ")


def _number_text(value: str, *, is_date: bool) -> str:
    """A number as it is shown: days since 1899-12-30 as a date, 9.1E8 in full."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_date and 1 <= number < 100_000:
        day = date(1899, 12, 30) + timedelta(days=int(number))
        return f"{day.day:02}/{day.month:02}/{day.year}"
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return value


def _date_styles(office: _Office) -> frozenset[str]:
    """The style numbers of cells that show a date."""
    root = office.xml("xl/styles.xml") if "xl/styles.xml" in office.infos else None
    if root is None:
        return frozenset()
    formats = {
        each.get("numFmtId", ""): re.sub(r'"[^"]*"|\[[^\]]*\]', "", each.get("formatCode", ""))
        for each in root.iter(_S + "numFmt")
    }
    styles = root.find(_S + "cellXfs")
    found: set[str] = set()
    for index, style in enumerate(styles if styles is not None else ()):
        number = style.get("numFmtId", "0")
        built_in = number.isdigit() and (14 <= int(number) <= 17 or int(number) == 22)
        if built_in or re.search(r"(?i)d+.*m+|m+.*d+|y{2,}", formats.get(number, "")):
            found.add(str(index))
    return frozenset(found)


def _pptx(office: _Office) -> Iterator[tuple[str, str]]:
    slides = [
        n
        for n in office.infos
        if re.match(r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml$", n)
    ]
    for name in sorted(slides, key=lambda n: (n.startswith("ppt/notes"), _number(n))):
        root = office.xml(name)
        where = "ghi chú trang" if "notes" in name else "trang"
        if root is not None and root.get("show") == "0":
            office.notes.add("hidden-content", what=f"slide {_number(name)}")
        for paragraph in root.iter(_A + "p") if root is not None else ():
            text = "".join(t.text or "" for t in paragraph.iter(_A + "t"))
            yield f"{where} {_number(name)}", text
    if any(name.startswith("ppt/comments/") for name in office.infos):
        office.notes.add("comments", count=1)


def _odf(office: _Office) -> Iterator[tuple[str, str]]:
    root = office.xml("content.xml")
    if root is None:
        return
    if any(e.tag.endswith("}event-listener") for e in root.iter()):
        office.notes.add("macro", what="event")
    changes = sum(1 for e in root.iter() if e.tag.endswith("}changed-region"))
    if changes:
        office.notes.add("tracked-changes", count=changes, part="content")
    notes = sum(1 for e in root.iter() if e.tag.endswith("}annotation"))
    if notes:
        office.notes.add("comments", count=notes)
    in_rows = {id(p) for row in root.iter(_TB + "table-row") for p in row.iter(_T + "p")}
    number = 0
    for element in root.iter():
        if element.tag == _TB + "table-row":
            cells = element.findall(_TB + "table-cell")
            yield (
                "bảng",
                "\t".join(" ".join("".join(p.itertext()) for p in c.iter(_T + "p")) for c in cells),
            )
        elif element.tag in (_T + "p", _T + "h") and id(element) not in in_rows:
            number += 1
            yield f"đoạn {number}", "".join(element.itertext())
