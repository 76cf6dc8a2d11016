"""XML parts of office documents: no DTD, no entities, nothing fetched, depth bounded."""

from __future__ import annotations

from typing import Any

from qc.core.errors import LoadError
from qc.documents._ooxml.archive import RESAVE, RESAVE_VI

Element = Any
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMES = (
    (STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        STRICT + b"drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (STRICT + b"drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)  # fmt: skip


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of a part. Raises LoadError for broken XML and for any DTD."""
    from lxml import etree

    if b"<!DOCTYPE" in data:
        raise _has_dtd(name)
    if STRICT in data:
        for strict, transitional in STRICT_NAMES:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LoadError(
            f"the part {name} is not sound XML: {error}",
            remedy=RESAVE,
            vi=f"phần {name} của tệp bị hỏng; {RESAVE_VI}",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _has_dtd(name)
    return root


def _has_dtd(name: str) -> LoadError:
    return LoadError(
        f"the part {name} declares a DTD, which no office program writes",
        remedy="This looks like an attack: do not open the file; ask its sender.",
        vi=f"phần {name} khai báo DTD, giống tệp tấn công; không nên mở, hãy hỏi lại người gửi",
    )
