"""Style: CSS that runs code, loads things from elsewhere or covers the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.record import replace
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.security.markup._css import Declaration, at_imports, declarations, rules
from qc.security.markup._tree import Element, Tree, attribute_span, tree_of

ACTIVE = Rule(
    id="markup-style-active",
    severity=Severity.ERROR,
    title=Text(vi="Kiểu dáng chạy mã", en="Style that runs code"),
    message=Text(
        vi="Khai báo {name} chứa mã: {value}", en="The declaration {name} holds code: {value}"
    ),
    why=Text(
        vi="expression(), -moz-binding, behavior và url(javascript:) chạy mã từ trong kiểu dáng.",
        en="expression(), -moz-binding, behavior and url(javascript:) run code from a style.",
    ),
    fix=Text(vi="Xóa thuộc tính kiểu dáng này.", en="Remove the style."),
    examples=Examples(
        bad=('<p style="width:expression(alert(1))">Tin</p>',),
        good=('<p style="text-align:center">Tin</p>',),
    ),
)

REMOTE = Rule(
    id="markup-style-remote",
    severity=Severity.WARNING,
    title=Text(vi="Kiểu dáng nạp tài nguyên ngoài", en="Style loads from outside"),
    message=Text(vi="Kiểu dáng nạp {address}", en="The style loads {address}"),
    why=Text(
        vi="Tài nguyên nạp từ nơi khác theo dõi người đọc và có thể bị thay đổi.",
        en="What is loaded from elsewhere tracks readers and can be changed.",
    ),
    fix=Text(
        vi="Xóa, hoặc tải tệp lên cổng thông tin.", en="Remove it or upload the file to the portal."
    ),
    examples=Examples(
        bad=("<style>@import url(https://x.example/a.css);</style><p>Tin</p>",),
        good=('<p style="background:url(/uploads/nen.png)">Tin</p>',),
    ),
)

OVERLAY = Rule(
    id="markup-overlay",
    severity=Severity.ERROR,
    title=Text(vi="Lớp phủ che cả trang", en="A layer that covers the page"),
    message=Text(
        vi="Thẻ <{element}> được đặt phủ lên toàn bộ trang",
        en="The <{element}> element is laid over the whole page",
    ),
    why=Text(
        vi="Lớp phủ làm người đọc bấm nhầm vào liên kết ẩn hoặc không xem được nội dung.",
        en="An overlay makes readers click a hidden link or hides the content.",
    ),
    fix=Text(
        vi="Xóa các khai báo position, width, height của thẻ này.",
        en="Remove position, width and height from the element.",
    ),
    examples=Examples(
        bad=(
            '<a style="position:fixed;top:0;left:0;width:100%;height:100%" '
            'href="https://x.example">x</a>',
        ),
        good=('<p style="position:relative;width:100%">Tin</p>',),
    ),
)

_CODE = regex(
    r"expression ?\(|(?:java|vb|live) ?script ?:|url\( ?['\"]? ?data:text/", re.IGNORECASE
)
_REMOTE = regex(r"(?:url|image|src)\( ?['\"]? ?((?:https?:)?//[^\s'\")]{1,100})", re.IGNORECASE)
_FULL = regex(r"(?:9\d|[1-9]\d{2,})(?:\.\d+)?(?:%|vw|vh|dvh|svh|lvh)|[1-9]\d{3,}px", re.I)
_ZERO = regex(r"-?0(?:\.0+)?(?:px|%|em|rem|vw|vh)?|-\d.*", re.IGNORECASE)


class StyleOptions(Options):
    """Where the style of an article may load things from."""

    hosts: tuple[str, ...] = Field(
        ("fonts.googleapis.com", "fonts.gstatic.com", "edu.vn", "gov.vn"),
        description="Hosts a style may load from, exact or as a dot-suffix",
    )


@check(ACTIVE, REMOTE, OVERLAY, subject=Markup, options=StyleOptions, requires=("module:justhtml",))
def styles(markup: Markup, options: StyleOptions) -> Iterator[Finding]:
    """Style attributes and style elements."""
    tree = tree_of(markup)
    for element in tree.elements:
        if element.get("style"):
            found = declarations(element.get("style"))
            for finding in _judge(markup, None, found, options):
                start, end = attribute_span(markup.text, element, "style")
                yield replace(finding, start=start, end=end)
            if _covers(found):
                start, end = attribute_span(markup.text, element, "style")
                yield OVERLAY.at(markup, start, end, element=element.name)
    for element, text in sheets(tree):
        yield from _judge_sheet(markup, element, text, options)


def sheets(tree: Tree) -> list[tuple[Element, str]]:
    """The style elements of a tree with their text, in document order."""
    texts: dict[int, list[str]] = {}
    for piece in tree.pieces:
        if piece.parent is not None and piece.parent.name == "style" and piece.kind == "text":
            texts.setdefault(id(piece.parent), []).append(piece.data)
    styled = (element for element in tree.elements if id(element) in texts)
    return [(element, "".join(texts[id(element)])) for element in styled]


def _judge_sheet(
    markup: Markup, element: Element, text: str, options: StyleOptions
) -> Iterator[Finding]:
    span = (element.start, element.end)
    for address in at_imports(text):
        if not _trusted(address, options.hosts):
            yield REMOTE.at(markup, *span, address=address)
    for rule in rules(text):
        yield from _judge(markup, span, rule.declarations, options)
        if _covers(rule.declarations) and "::" not in rule.selector:
            yield OVERLAY.at(
                markup, *span, severity=Severity.WARNING, element=rule.selector[:40].strip()
            )


def _judge(
    markup: Markup,
    span: tuple[int, int] | None,
    found: tuple[Declaration, ...],
    options: StyleOptions,
) -> Iterator[Finding]:
    start, end = span or (None, None)
    for each in found:
        if (each.name in ("-moz-binding", "behavior", "-ms-behavior") and "(" in each.value) or (
            "(" in each.value and _CODE.search(each.value)
        ):
            yield ACTIVE.at(markup, start, end, name=each.name, value=each.value[:60])
        elif "//" in each.value:
            match = _REMOTE.search(each.value)
            if match and not _trusted(match[1], options.hosts):
                yield REMOTE.at(markup, start, end, severity=Severity.INFO, address=match[1][:80])


def _trusted(address: str, hosts: tuple[str, ...]) -> bool:
    match = re.search(r"//([^/\s'\"?#:)]+)", address)
    if match is None:
        return False
    host = match[1].lower()
    return any(host == name or host.endswith("." + name) for name in hosts)


def _covers(found: tuple[Declaration, ...]) -> bool:
    """Fixed, or absolute with a high z-index, and as large as the window."""
    values = {each.name: each.value.strip().lower() for each in found}
    position = values.get("position", "")
    if position == "absolute":
        order = values.get("z-index", "")
        if not re.fullmatch(r"\d{3,}", order):
            return False
    elif position != "fixed":
        return False
    inset = values.get("inset", "").split()
    sides = [values.get(side, "") for side in ("top", "right", "bottom", "left")]
    if (inset and all(_ZERO.fullmatch(part) for part in inset)) or all(
        side and _ZERO.fullmatch(side) for side in sides
    ):
        return True
    wide, tall = (
        values.get(name) or values.get("min-" + name) or "" for name in ("width", "height")
    )
    return bool(_FULL.match(wide) and _FULL.match(tall))
