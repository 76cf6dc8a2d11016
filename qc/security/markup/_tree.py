"""The HTML5 tree of a piece of markup, flat and in document order, with offsets.

justhtml is the parser: it follows the HTML5 algorithm, is near-linear on hostile nesting and
sees any depth (libxml2 silently drops what lies below depth 256). Two limits are checked
before it runs, so that the cost of an article stays bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qc.core.lazy import regex
from qc.core.record import dataclass, field

if TYPE_CHECKING:
    from qc.core.article import Markup

MAX_TAGS = 100_000
MAX_OPEN = 2_000
MAX_BRACKETS = 250_000
_MAX_STRAY = 500
_STRAY = regex(r"<(?![a-zA-Z/!?])")
_FRAME = regex(r"<fram(?:e|eset)(?=[\s/>])", re.IGNORECASE)
_FRAME_TWINS = {"framx": "frame", "framesex": "frameset"}
_BOGUS = regex(r"<(?:\?|!(?!--|doctype)|/(?![a-zA-Z]))", re.IGNORECASE)
MAX_BOGUS = 10_000
_BRACKET = regex(r"<[a-zA-Z/!?]")
_TAG = regex(r"<(/?)([a-zA-Z][^\s/>]*)")
_RAW_TEXT = frozenset(
    ["style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext", "noscript"]
)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr keygen frame".split()
)
_IMPLIED_END = frozenset(
    "p li td th tr dt dd option optgroup tbody thead tfoot colgroup col rt rp area base br embed hr"
    " img input link meta param source track wbr".split()
)


@dataclass(slots=True, eq=False)
class Element:
    """One element; `start` and `end` are the span of its start tag in the markup."""

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    end: int
    parent: Element | None
    depth: int
    template: bool = False

    def get(self, name: str) -> str:
        """The value of an attribute, or an empty string."""
        return self.attributes.get(name, "")

    def within(self, *names: str) -> bool:
        """Whether this element or one around it has one of the names."""
        each: Element | None = self
        for _ in range(256):
            if each is None:
                return False
            if each.name in names:
                return True
            each = each.parent
        return False


@dataclass(slots=True, eq=False)
class Piece:
    """A text or comment; `start` is its offset in the markup, -1 where it is not known."""

    kind: str
    data: str
    parent: Element | None
    start: int


@dataclass(slots=True, eq=False)
class Tree:
    """Elements and texts in document order. `limit` says which limit stopped the parser."""

    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    order: list[Element | Piece] = field(default_factory=list)
    depth: int = 0
    limit: str | None = None
    measure: int = 0


def tree_of(markup: Markup) -> Tree:
    """The tree of a markup, parsed once for all checks."""
    return markup.memo("html-tree", lambda: parse(markup.text))


def parse(text: str, *, scripting: bool = True, locate: bool = True) -> Tree:
    """Parse HTML. Where a limit is passed, the tree is empty and `limit` names the limit."""
    limit, measure = _over_limit(text)
    if limit:
        return Tree(limit=limit, measure=measure)
    return flatten(_root(text, scripting=scripting, locate=locate), int(text[:1] == "\ufeff"))


def flatten(root: Any, shift: int = 0) -> Tree:
    """Flatten a justhtml tree without recursion."""
    tree = Tree()
    stack: list[tuple[Any, Element | None, int, bool]] = [(root, None, 0, False)]
    while stack:
        node, parent, depth, template = stack.pop()
        name: str = node.name
        if name.startswith(("#", "!")):
            if name in ("#text", "#comment", "#processing-instruction"):
                offset = node.origin_offset
                start = -1 if offset is None else offset + shift
                piece = Piece(name[1:], node.data or "", parent, start)
                tree.pieces.append(piece)
                tree.order.append(piece)
        else:
            parent = _element(node, parent, depth, template, shift)
            tree.elements.append(parent)
            tree.order.append(parent)
            depth += 1
            tree.depth = max(tree.depth, depth)
            content = getattr(node, "template_content", None)
            if content is not None:
                stack.append((content, parent, depth, True))
        children = getattr(node, "children", None)
        if children:
            stack.extend((child, parent, depth, template) for child in reversed(children))
    return tree


def serialize(tree: Tree) -> str:
    """What browsers write back for a tree: the second life that mutation attacks use.

    Brackets inside attribute values stay as they are, as in browsers before 2025.
    """
    from html import escape

    out: list[str] = []
    open_now: list[Element] = []
    for each in tree.order:
        while open_now and open_now[-1] is not each.parent:
            _close(open_now.pop(), out)
        if isinstance(each, Element):
            values = (
                f' {name}="{value.replace("&", "&amp;").replace(chr(34), "&quot;")}"'
                for name, value in each.attributes.items()
            )
            out.append(f"<{each.name}{''.join(values)}>")
            open_now.append(each)
        elif each.kind == "text":
            parent = each.parent
            raw = parent is not None and parent.namespace == "html" and parent.name in _RAW_TEXT
            out.append(each.data if raw else escape(each.data, quote=False))
        else:
            out.append(f"<!--{each.data}-->" if each.kind == "comment" else f"<?{each.data}>")
    while open_now:
        _close(open_now.pop(), out)
    return "".join(out)


def _close(element: Element, out: list[str]) -> None:
    if element.namespace != "html" or element.name not in _VOID:
        out.append(f"</{element.name}>")


def _root(text: str, *, scripting: bool, locate: bool) -> Any:
    from justhtml import JustHTML

    if text.count("<") > _MAX_STRAY:
        # the parser joins texts at each stray bracket, in quadratic time
        text = _STRAY.sub("\u2039", text)
    if "<frame" in text.lower():
        # frames end the body in a page and are ignored in a fragment: read as plain elements,
        # they show what either reading would run
        text = _FRAME.sub(lambda match: match[0][:-1] + "x", text)
    return JustHTML(
        text, sanitize=False, track_node_locations=locate, scripting_enabled=scripting
    ).root


def _element(node: Any, parent: Element | None, depth: int, template: bool, shift: int) -> Element:
    span = node._metadata
    if span is not None and span[4] is not None:
        start, end = span[4] + shift, span[5] + shift
    elif parent is not None:
        start, end = parent.start, parent.end
    else:
        start = end = 0
    attributes = {key.lower(): value or "" for key, value in (node.attrs or {}).items()}
    name = _FRAME_TWINS.get(node.name.lower(), node.name.lower())
    return Element(name, node.namespace or "html", attributes, start, end, parent, depth, template)


def _over_limit(text: str) -> tuple[str | None, int]:
    if text.count("<") <= MAX_OPEN:
        return None, 0
    if len(_BRACKET.findall(text)) > MAX_BRACKETS:
        return "tags", MAX_BRACKETS
    if len(_BOGUS.findall(text)) > MAX_BOGUS:
        return "tags", MAX_BOGUS
    count = open_now = deepest = 0
    for closing, name in _tags(text):
        if closing:
            open_now = max(open_now - 1, 0)
            continue
        count += 1
        if count > MAX_TAGS:
            return "tags", MAX_TAGS
        if name not in _IMPLIED_END:
            open_now += 1
            deepest = max(deepest, open_now)
    return ("depth", deepest) if deepest > MAX_OPEN else (None, 0)


def _tags(text: str) -> Iterator[tuple[bool, str]]:
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if match[1] and name in _IMPLIED_END:
            continue
        yield bool(match[1]), name


def attribute_span(text: str, element: Element, name: str) -> tuple[int, int]:
    """The span of an attribute inside its start tag; the span of the tag where it is not seen."""
    tag = text[element.start : element.end]
    pattern = rf"(?<=[\s/\"']){re.escape(name)}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']*))?"
    match = re.search(pattern, tag[:20_000], re.IGNORECASE)
    if match is None:
        return element.start, element.end
    return element.start + match.start(), element.start + match.end()
