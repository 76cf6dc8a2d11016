"""Redirects: markup that sends the whole page elsewhere or changes what its links mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.security.markup._tree import Element, tree_of

REFRESH = Rule(
    id="markup-refresh",
    severity=Severity.ERROR,
    title=Text(vi="Tự chuyển trang (meta refresh)", en="The page redirects by itself"),
    message=Text(
        vi="Thẻ <meta http-equiv={header}> điều khiển trang của người đọc",
        en="A <meta http-equiv={header}> element takes over the reader's page",
    ),
    why=Text(
        vi="Người đọc bị đưa sang trang khác, thường là trang cờ bạc hoặc lừa đảo.",
        en="Readers are taken to another page, often betting or phishing.",
    ),
    fix=Text(vi="Xóa thẻ meta này.", en="Remove the meta element."),
    examples=Examples(
        bad=('<meta http-equiv="refresh" content="0;url=https://x.example"><p>Tin</p>',),
        good=('<meta charset="utf-8"><p>Tin</p>',),
    ),
)

BASE = Rule(
    id="markup-base",
    severity=Severity.ERROR,
    title=Text(vi="Đổi gốc của mọi liên kết (base)", en="The base of all links is changed"),
    message=Text(
        vi="Thẻ <base> làm mọi liên kết tương đối trên trang trỏ tới {address}",
        en="A <base> element makes every relative link point to {address}",
    ),
    why=Text(
        vi="Một thẻ base đưa cả trình đơn, ảnh và mã của cổng sang máy chủ khác.",
        en="One base element moves the portal's menus, pictures and code to another server.",
    ),
    fix=Text(vi="Xóa thẻ base.", en="Remove the base element."),
    examples=Examples(
        bad=('<base href="https://x.example/"><p>Tin</p>',),
        good=('<base target="_blank"><p>Tin</p>',),
    ),
)

IMPORT = Rule(
    id="markup-import",
    severity=Severity.ERROR,
    title=Text(vi="Nạp tài nguyên ngoài vào trang", en="An outside resource is loaded"),
    message=Text(
        vi="Thẻ <link rel={relation}> nạp {address} vào trang",
        en="A <link rel={relation}> element loads {address} into the page",
    ),
    why=Text(
        vi="Kiểu dáng hoặc tài liệu nạp từ ngoài có thể đổi cả giao diện và che nội dung.",
        en="A style sheet or document from outside can change the look and hide content.",
    ),
    fix=Text(
        vi="Xóa thẻ link; kiểu dáng do giao diện của cổng quy định.",
        en="Remove the link element; the portal's theme sets the style.",
    ),
    examples=Examples(
        bad=('<link rel="stylesheet" href="https://x.example/a.css"><p>Tin</p>',),
        good=('<link rel="canonical" href="https://truong.edu.vn/tin"><p>Tin</p>',),
    ),
)

_BLOCKED = frozenset(["refresh", "set-cookie"])
_LOADERS = frozenset(
    ["stylesheet", "import", "serviceworker", "modulepreload", "preload", "prerender", "manifest"]
)


@check(REFRESH, BASE, IMPORT, subject=Markup, requires=("module:justhtml",))
def redirects(markup: Markup, options: Options) -> Iterator[Finding]:
    """meta refresh, base and loading link elements."""
    for element in tree_of(markup).elements:
        place = (element.start, element.end)
        if element.name == "meta":
            header = element.get("http-equiv").strip().lower()
            if header in _BLOCKED and (header != "refresh" or element.get("content").strip()):
                yield REFRESH.at(markup, *place, header=header)
        elif element.name == "base" and element.get("href").strip():
            yield BASE.at(markup, *place, address=element.get("href").strip()[:80])
        elif element.name == "link":
            yield from _loads(markup, element)


def _loads(markup: Markup, element: Element) -> Iterator[Finding]:
    relations = set(element.get("rel").lower().split()) & _LOADERS
    address = re.sub(r"\s", "", element.get("href"))
    if not relations or not address:
        return
    relation = min(relations)
    outside = bool(re.match(r"(?:[a-z][a-z0-9+.\-]*:|//|\\\\)", address, re.I))
    if relation == "import" or (outside and relation != "manifest"):
        severity = None if relation in ("import", "serviceworker") else Severity.WARNING
        yield IMPORT.at(
            markup,
            element.start,
            element.end,
            severity=severity,
            relation=relation,
            address=address[:80],
        )
