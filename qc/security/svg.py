"""SVG files: drawings that can carry scripts, open other files or grow without end.

A file is read twice: as XML, as a browser does when it is opened, and as HTML5, as happens when
a portal pastes it into a page. Either reading may be the one that runs.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from qc.core.article import Article, File
from qc.core.errors import QcError
from qc.core.finding import Finding
from qc.core.record import dataclass, field
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.security.markup._active import Active, active_in
from qc.security.markup._css import at_imports
from qc.security.markup._tree import Element, parse

ACTIVE = Rule(
    id="file-svg-active",
    severity=Severity.ERROR,
    title=Text(vi="Tệp SVG chứa mã chạy được", en="An SVG file with active content"),
    message=Text(
        vi="Tệp SVG chạy mã ở thẻ <{element}> ({reading})",
        en="The SVG file runs code at <{element}> ({reading})",
    ),
    why=Text(
        vi="SVG mở trực tiếp trong trình duyệt là một trang web: mã trong đó có quyền của cổng.",
        en="An SVG opened in a browser is a page: its code has the rights of the portal.",
    ),
    fix=Text(
        vi="Xuất hình thành PNG, hoặc lưu lại SVG không có mã.",
        en="Export a PNG, or save the SVG without code.",
    ),
)

ENTITY = Rule(
    id="file-svg-entity",
    severity=Severity.ERROR,
    title=Text(vi="Tệp SVG khai báo thực thể", en="An SVG file that declares entities"),
    message=Text(
        vi="Tệp SVG có khai báo thực thể (DTD)", en="The SVG file declares entities in a DTD"
    ),
    why=Text(
        vi="Thực thể XML đọc được tệp trên máy chủ hoặc phình ra làm hết bộ nhớ.",
        en="XML entities can read files of the server or grow until memory runs out.",
    ),
    fix=Text(vi="Lưu lại SVG không có phần DOCTYPE.", en="Save the SVG without a DOCTYPE."),
)

EXTERNAL = Rule(
    id="file-svg-external",
    severity=Severity.WARNING,
    title=Text(vi="Tệp SVG nạp tệp từ nơi khác", en="An SVG file that loads from elsewhere"),
    message=Text(vi="Tệp SVG nạp {address}", en="The SVG file loads {address}"),
    why=Text(
        vi="Tài nguyên ngoài theo dõi người đọc và có thể đổi thành nội dung khác.",
        en="What is loaded from elsewhere tracks readers and can change.",
    ),
    fix=Text(vi="Nhúng hình vào tệp hoặc xuất thành PNG.", en="Embed it or export a PNG."),
)

BOMB = Rule(
    id="file-svg-bomb",
    severity=Severity.ERROR,
    title=Text(vi="Tệp SVG làm treo máy", en="An SVG file that exhausts the reader"),
    message=Text(vi="Tệp SVG vượt giới hạn: {reason}", en="The SVG file passes a limit: {reason}"),
    why=Text(
        vi="Hình lặp lồng nhau hoặc quá lớn làm treo trình duyệt và máy chủ.",
        en="Nested repeats or huge drawings hang browsers and servers.",
    ),
    fix=Text(vi="Xuất hình thành PNG.", en="Export a PNG."),
)

UNREADABLE = Rule(
    id="file-svg-unreadable",
    severity=Severity.WARNING,
    title=Text(vi="Tệp SVG không đọc được", en="An SVG file that cannot be read"),
    message=Text(
        vi="Tệp SVG không phải XML hợp lệ: {reason}", en="The SVG file is no valid XML: {reason}"
    ),
    why=Text(
        vi="Tệp hỏng không hiển thị, hoặc được viết để bộ kiểm tra và trình duyệt đọc khác nhau.",
        en="A broken file does not show, or is made so that checks and browsers read differently.",
    ),
    fix=Text(vi="Mở bằng phần mềm vẽ và lưu lại.", en="Open it in a drawing program and save."),
)


class SvgOptions(Options):
    """Limits of one SVG file."""

    max_bytes: int = Field(5_000_000, ge=1, description="Largest file, unpacked, in bytes")
    max_copies: int = Field(10_000, ge=1, description="Most copies nested <use> may draw")


@dataclass(slots=True)
class _Reading:
    """What one file told."""

    active: Active | None = None
    how: str = ""
    entities: bool = False
    external: list[str] = field(default_factory=list)
    bomb: str = ""
    error: str = ""


@check(
    ACTIVE,
    ENTITY,
    EXTERNAL,
    BOMB,
    UNREADABLE,
    subject=Article,
    options=SvgOptions,
    requires=("module:justhtml", "module:lxml"),
)
def svg_files(article: Article, options: SvgOptions) -> Iterator[Finding]:
    """SVG pictures and attachments, by name or by their first bytes."""
    for file in (*article.images, *article.attachments):
        data = _svg_bytes(file, options)
        if data is not None:
            yield from _findings(file, read_svg(data, options))


def read_svg(data: bytes, options: SvgOptions) -> _Reading:
    """Judge one file by both readings."""

    import gzip

    reading = _Reading()
    if data[:2] == b"\x1f\x8b":
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacked:
            try:
                data = unpacked.read(options.max_bytes + 1)
            except (OSError, EOFError) as error:
                reading.error = type(error).__name__
                return reading
    if len(data) > options.max_bytes:
        reading.bomb = f"lớn hơn {options.max_bytes // 1_000_000} MB"
        return reading
    text = _decode(data)
    reading.entities = bool(re.search(r"<!(?:ENTITY|DOCTYPE[^>\[]*\[)", text, re.IGNORECASE))
    root = _xml_root(data, reading)
    if root is not None:
        _read_xml(root, reading, options)
    if reading.active is None:
        _read_html(text, reading)
    return reading


def _findings(file: File, reading: _Reading) -> Iterator[Finding]:
    if reading.active is not None:
        yield ACTIVE.at(file, element=reading.active.element.name, reading=reading.how)
    if reading.entities:
        yield ENTITY.at(file)
    if reading.bomb:
        yield BOMB.at(file, reason=reading.bomb)
    for address in reading.external[:3]:
        yield EXTERNAL.at(file, address=address)
    if reading.error:
        yield UNREADABLE.at(file, confidence=Confidence.MEDIUM, reason=reading.error[:80])


def _svg_bytes(file: File, options: SvgOptions) -> bytes | None:
    if file.blob is None:
        return None
    named = file.path.lower().split("?")[0].endswith((".svg", ".svgz"))
    try:
        if not named and file.blob.size_bytes > options.max_bytes:
            return None
        if file.blob.size_bytes > 4 * options.max_bytes:
            return b" " * (options.max_bytes + 1)
        data = file.blob.bytes
    except (OSError, QcError):
        return None  # the file checks report what cannot be opened
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        data
        if named or (head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in head)
        else None
    )


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[:1] == b"<" and data[1:2] == b"\0":
        return data.decode("utf-16-le", "replace")
    return data.decode("utf-8-sig", "replace")


def _xml_root(data: bytes, reading: _Reading) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reading.error = str(error)
        return None


def _read_xml(root: Any, reading: _Reading, options: SvgOptions) -> None:
    uses: dict[str, Counter[str]] = {}
    for node in root.iter():
        if not isinstance(node.tag, str):
            target = getattr(node, "target", "")
            if target == "xml-stylesheet" and "href" in (node.text or ""):
                reading.external.append("xml-stylesheet")
            continue
        namespace, _, name = node.tag.rpartition("}")
        attributes = {_plain(key): str(value) for key, value in node.attrib.items()}
        kind = "html" if namespace.endswith("xhtml") else "svg"
        element = Element(name.lower(), kind, attributes, 0, 0, None, 0)
        if reading.active is None:
            found = next((each for each in active_in(element) if not each.inert), None)
            if found is None and element.name in (
                "iframe",
                "object",
                "embed",
                "handler",
                "listener",
            ):
                found = Active("embed", element)
            if found is not None:
                reading.active, reading.how = found, "đọc như XML"
        reading.external += _loads(element, node.text or "")
        target = (attributes.get("href") or attributes.get("xlink:href") or "").strip()
        if element.name == "use" and target.startswith("#"):
            for around in node.iterancestors():
                if around.get("id"):
                    uses.setdefault(around.get("id"), Counter())[target[1:]] += 1
    copies = _copies(uses)
    if copies > options.max_copies:
        reading.bomb = "thẻ <use> lặp lồng nhau"


def _plain(key: object) -> str:
    name = str(key)
    if name.startswith("{http://www.w3.org/1999/xlink}"):
        return "xlink:" + name.rpartition("}")[2].lower()
    return name.rpartition("}")[2].lower()


def _loads(element: Element, text: str) -> list[str]:
    """Addresses the drawing loads by itself; links a reader clicks do not count."""
    found = []
    if element.name in ("image", "use", "feimage", "script", "link", "a", "img", "font-face-uri"):
        address = (element.get("href") or element.get("xlink:href") or element.get("src")).strip()
        if element.name != "a" and re.match(r"(?:https?:|file:|ftp:)?//|file:", address, re.I):
            found.append(address[:80])
    styles = element.get("style") + (text if element.name == "style" else "")
    for value in (styles, element.get("fill"), element.get("filter"), element.get("mask")):
        found += re.findall(r"url\(\s*['\"]?((?:https?:)?//[^'\")\s]{1,80})", value, re.I)
    if element.name == "style":
        found += at_imports(text)
    return found


def _copies(uses: dict[str, Counter[str]]) -> int:
    """How many copies nested <use> elements draw; a circle counts as endless."""
    totals: dict[str, int] = {}
    for start in uses:
        stack = [(start, False)]
        path: set[str] = set()
        while stack:
            name, done = stack.pop()
            if done:
                path.discard(name)
                totals[name] = min(
                    1 + sum(n * totals.get(to, 1) for to, n in uses.get(name, {}).items()), 10**9
                )
            elif name in path:
                return 10**9
            elif name not in totals:
                path.add(name)
                stack.append((name, True))
                stack += [(to, False) for to in uses.get(name, {}) if to not in totals]
    return max(totals.values(), default=0)


def _read_html(text: str, reading: _Reading) -> None:
    # a reader without CDATA sections sees what stands inside them as markup
    tree = parse(text.replace("<![CDATA[", "").replace("]]>", ""), locate=False)
    if tree.limit:
        reading.bomb = reading.bomb or "quá nhiều thẻ lồng nhau"
        return
    for element in tree.elements:
        found = next((each for each in active_in(element) if not each.inert), None)
        if found is not None:
            reading.active, reading.how = found, "đọc như HTML"
            return
