"""XML files of any size, read element by element in constant memory, with limits.

No entity is expanded, nothing is fetched, and an element larger than the limit ends the reading
with an error rather than the memory. Control characters that XML forbids, which exports of old
portals do hold, become the replacement character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import RawIOBase
from typing import TYPE_CHECKING, Any, BinaryIO

from qc.core.errors import LoadError

if TYPE_CHECKING:
    from lxml.etree import _Element

FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
REPLACEMENT = "\ufffd".encode()
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
READ_BYTES = 1 << 16


class _Cleaned(RawIOBase):
    """A stream without the control characters that XML forbids."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw: bool | None = None

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At least one byte until the end."""
        data = self._stream.read(READ_BYTES if size < 0 else size)
        if self._raw is None:
            self._raw = data[:2] in WIDE
        return data if self._raw else FORBIDDEN.sub(REPLACEMENT, data)


def elements(stream: BinaryIO, names: frozenset[str], where: str) -> Iterator[_Element]:
    """Every element with one of these local names, complete; it is emptied afterwards.

    An element inside another one of these names is not given on its own. Raises LoadError where
    the file is no well-formed XML.
    """
    from lxml import etree

    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    events = etree.iterparse(
        _Cleaned(stream), events=("start", "end"), huge_tree=False, remove_pis=True, **options
    )
    depth = 0
    try:
        for event, element in events:
            if local_name(element) not in names:
                continue
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield element
                _empty(element)
    except etree.XMLSyntaxError as error:
        raise LoadError(
            f"is not well-formed XML: {error.msg}",
            where=where,
            remedy="Export it again.",
            vi=f"tệp XML bị hỏng ({error.msg}); hãy xuất lại",
        ) from error


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_text(element: Any, name: str, space: str = "") -> str:
    """The text of the first child of a local name; `space` is a piece of its namespace."""
    for child in element:
        if local_name(child) == name and space in _namespace(child):
            return element_text(child)
    return ""


def element_text(element: Any) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext())).strip()


def _namespace(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[0] if isinstance(tag, str) else ""


def _empty(element: Any) -> None:
    """Drop an element and everything before it in its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
