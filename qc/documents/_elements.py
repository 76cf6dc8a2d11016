"""What the elements of HTML mean for an article: blocks, hidden text, roles of pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qc.core.article import BlockKind, Role
from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.documents._tokens import Attr

KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
}
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "main",
        "marquee",
        "menu",
        "nav",
        "noscript",
        "ol",
        "option",
        "optgroup",
        "p",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "template",
        "head",
        "title",
        "textarea",
        "object",
        "video",
        "audio",
        "svg",
        "math",
    ]
) | frozenset(KINDS)
LEVELS = {f"h{level}": level for level in range(1, 7)}
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
SELF_CLOSING = {"p": "p", "li": "li", "td": "td", "th": "th", "tr": "tr", "option": "option"}
HIDDEN_STYLE = regex(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*(?:\.0+)?\s*(?:;|!|\Z)"
    r"|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|\Z)|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top|right|margin-left|margin-top)\s*:\s*-\d{3,}"
)
SAPO_CLASS = regex(r"(?i)(?:^|[\s_-])(?:sapo|hometext|chapeau|lead)(?:$|[\s_-])")
AUTHOR_CLASS = regex(r"(?i)(?:^|[\s_-])(?:author|byline|tac-?gia)(?:$|[\s_-])")
CAPTION_TEXT = regex(r"(?i)\s*(?:ảnh|hình|chú thích|nguồn ảnh)(?: \d+| minh họa| tư liệu)?\s*[:.]")
ROLE_WORD = regex(r"(?i)(?:^|[\W_])(featured|banner|logo|thumbnail|thumb)(?:$|[\W_])")

Attributes = Mapping[str, Attr]


def attribute_map(value: str, attr: Attr) -> OffsetMap:
    if attr.end - attr.start == len(attr.value) == len(value):
        return OffsetMap.shift(len(value), attr.start)
    return OffsetMap.of([(0, len(value), attr.start, attr.end)])


def is_hidden(name: str, attributes: Attributes) -> bool:
    if not attributes:
        return name == "template"
    if "hidden" in attributes or name == "template":
        return True
    style = attributes.get("style")
    return style is not None and HIDDEN_STYLE.search(style.value) is not None


def value_of(name: str, attributes: Attributes) -> str | None:
    if name == "title":
        return "page-title"
    classes = attributes.get("class")
    if classes is None:
        return None
    if SAPO_CLASS.search(classes.value):
        return "sapo"
    return "author" if AUTHOR_CLASS.search(classes.value) else None


def role_of(plain: Mapping[str, str]) -> Role:
    declared = plain.get("data-role") or plain.get("class") or ""
    match = ROLE_WORD.search(declared)
    if match is None:
        return Role.INLINE
    word = match[1].lower()
    return Role.THUMBNAIL if word.startswith("thumb") else Role(word)


def pixels(plain: Mapping[str, str], name: str) -> int | None:
    written = plain.get(name, "").strip().removesuffix("px")
    if not written:
        match = re.search(rf"(?i)(?:^|;)\s*{name}\s*:\s*(\d+)(?:\.\d+)?px", plain.get("style", ""))
        written = match[1] if match else ""
    return int(written) if written.isdecimal() and len(written) < 6 else None
