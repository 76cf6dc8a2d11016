"""PDF: actions and embedded files by walking all objects; text by pages."""

from __future__ import annotations

from typing import Any

from qc.security.attachments._note import Budget, Notes

MAX_OBJECTS = 300_000
_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/SubmitForm": "SubmitForm",
    "/ImportData": "ImportData",
    "/GoToE": "GoToE",
    "/Rendition": "Rendition",
    "/Movie": "Movie",
}
_KEYS = {
    "/JS": "JavaScript",
    "/XFA": "XFA",
    "/RichMedia": "RichMedia",
    "/RichMediaContent": "RichMedia",
}


def inspect_pdf(data: bytes, notes: Notes, budget: Budget) -> None:
    """Note active content, encryption and properties of a PDF, and take its text."""
    import io

    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        notes.add("encrypted", what="pdf")
        return
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        notes.add("damaged", what=type(error).__name__)
        _raw(data, notes)
        return
    with pdf:
        for count, item in enumerate(pdf.objects):
            if count > MAX_OBJECTS:
                notes.add("not-inspected", what="objects")
                break
            try:
                _walk(item, notes, 0)
            except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
                notes.add("damaged", what="object")
        _properties(pdf, notes)
    _text(data, notes, budget)


def _walk(item: Any, notes: Notes, depth: int) -> None:
    import pikepdf

    if depth > 12:
        return
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    if isinstance(item, pikepdf.Array):
        for inner in item:
            if not getattr(inner, "is_indirect", False):
                _walk(inner, notes, depth + 1)
        return
    if not isinstance(item, pikepdf.Dictionary):
        return
    kind = str(item.get("/S", "")) if isinstance(item.get("/S"), pikepdf.Name) else ""
    if kind in _ACTIONS:
        notes.add("pdf-action", what=_ACTIONS[kind])
    subtype = str(item.get("/Subtype", ""))
    if subtype in ("/RichMedia", "/Screen", "/3D", "/Movie"):
        notes.add("pdf-action", what=subtype[1:])
    for key, value in item.items():
        if key in _KEYS:
            notes.add("pdf-form" if key == "/XFA" else "pdf-action", what=_KEYS[key])
        if key == "/EF" or (key == "/Type" and str(value) == "/EmbeddedFile"):
            notes.add("pdf-embedded", what="file")
        if not getattr(value, "is_indirect", False):
            _walk(value, notes, depth + 1)


def _raw(data: bytes, notes: Notes) -> None:
    """A damaged PDF may still run in a viewer: look at the plain bytes."""
    for mark, what in (
        (b"/JavaScript", "JavaScript"),
        (b"/Launch", "Launch"),
        (b"/RichMedia", "RichMedia"),
    ):
        if mark in data:
            notes.add("pdf-action", what=what)


def _properties(pdf: Any, notes: Notes) -> None:
    names = {"/Author": "author", "/Manager": "manager", "/Company": "company"}
    for key, name in names.items():
        try:
            value = str(pdf.docinfo.get(key, "")).strip()
        except (ValueError, RuntimeError, UnicodeError):
            continue
        if value:
            notes.add("property", name=name, value=value[:200])


def _text(data: bytes, notes: Notes, budget: Budget) -> None:
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except (pypdfium2.PdfiumError, ValueError) as error:
        notes.add("damaged", what=type(error).__name__)
        return
    empty = 0
    for number in range(min(pages, budget.pages)):
        try:
            page = document[number]
            textpage = page.get_textpage()
            text = textpage.get_text_bounded()
            textpage.close()
            bare = len(text.strip()) < 16
            empty += bare and any(True for _ in page.get_objects([FPDF_PAGEOBJ_IMAGE]))
            page.close()
        except (pypdfium2.PdfiumError, ValueError):
            notes.add("damaged", what="page")
            continue
        notes.text(f"trang {number + 1}", text.replace("\r\n", "\n").replace("\r", "\n"))
        if notes.full:
            break
    document.close()
    if pages > budget.pages:
        notes.add("text-cut")
    if pages and empty:
        notes.add("no-text", pages=empty, of=pages)
