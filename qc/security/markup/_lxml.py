"""The second opinion: active content as libxml2 sees it.

Only what justhtml does not see counts. libxml2 reads the raw-text elements of old HTML
(`xmp`, `noembed`) as markup, so a script shown inside one is left out of the comparison.
"""

from __future__ import annotations

from collections import Counter

from qc.core.lazy import regex
from qc.security.markup._active import active_in
from qc.security.markup._tree import Element

_RAW = frozenset(["xmp", "noembed", "noframes", "textarea", "title", "style", "iframe", "noscript"])
_MAX = 1_000_000
_CONTROL = regex("[\x00\x0b\x0c\x0e-\x1f]")


def active_in_lxml(text: str, seen: Counter[tuple[str, str, str]]) -> str:
    """The name of the first element that libxml2 finds active and the HTML5 tree does not."""
    from lxml import etree, html

    if len(text) > _MAX:
        return ""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        root = html.document_fromstring(_CONTROL.sub(" ", text).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    counts: Counter[tuple[str, str, str]] = Counter()
    for node in root.iter():
        if not isinstance(node.tag, str) or any(each.tag in _RAW for each in node.iterancestors()):
            continue
        attributes = {str(key).lower(): str(value) for key, value in node.attrib.items()}
        element = Element(node.tag.lower(), "html", attributes, 0, 0, None, 0)
        for each in active_in(element):
            counts[each.signature] += 1
            if counts[each.signature] > seen[each.signature]:
                return element.name
    return ""
