"""Link hygiene: tracking parameters and windows that keep a hand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Link
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.security.links._addresses import read_address

TRACKING = Rule(
    id="link-tracking",
    severity=Severity.INFO,
    title=Text(vi="Liên kết mang mã theo dõi", en="A link with tracking parameters"),
    message=Text(
        vi="Liên kết mang tham số theo dõi {names}", en="The link carries tracking: {names}"
    ),
    why=Text(
        vi="Tham số như fbclid, utm_source cho bên thứ ba biết người đọc từ đâu tới.",
        en="Parameters such as fbclid and utm_source tell third parties about readers.",
    ),
    fix=Text(vi="Xóa các tham số này khỏi địa chỉ.", en="Remove them from the address."),
    examples=Examples(
        bad=('<p><a href="https://example.com/a?fbclid=IwAR0x">Bài</a></p>',),
        good=('<p><a href="https://example.com/a?id=3">Bài</a></p>',),
    ),
)

OPENER = Rule(
    id="link-opener",
    severity=Severity.INFO,
    title=Text(vi="Cửa sổ mới giữ quyền với trang cũ", en="A new window keeps a hand on the page"),
    message=Text(
        vi='Liên kết mở cửa sổ mới tới {host} thiếu rel="noopener"',
        en='The link opens a new window to {host} without rel="noopener"',
    ),
    why=Text(
        vi="Trên trình duyệt cũ, trang mới có thể điều khiển trang của trường.",
        en="In old browsers the new page can steer the school's page.",
    ),
    fix=Text(vi='Thêm rel="noopener" cho liên kết.', en='Add rel="noopener" to the link.'),
    examples=Examples(
        bad=('<p><a target="_blank" href="https://example.com/">Trang</a></p>',),
        good=('<p><a target="_blank" rel="noopener" href="https://example.com/">Trang</a></p>',),
    ),
)

_TRACKERS = regex(
    r"(?:^|&)(utm_[a-z]+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|zarsrc|mc_[ce]id|igshid|igsh"
    r"|twclid|yclid|_hsenc|_hsmi|vero_id|ttclid|gidzl|si)=[^&]*",
    re.IGNORECASE,
)


@check(TRACKING, OPENER, subject=Link)
def link_hygiene(link: Link, options: Options) -> Iterator[Finding]:
    """Tracking parameters; target=_blank without noopener."""
    address = read_address(link.href)
    if not address.host:
        return
    names = [match[1] for match in _TRACKERS.finditer(address.query)]
    if names:
        clean = _without(link.href, address.query)
        suggestion = Suggestion(clean, safe=True)
        yield TRACKING.at(
            link, 0, len(link.href), suggestions=(suggestion,), names=", ".join(names[:4])
        )
    target = (link.attributes.get("target") or "").strip().lower()
    relation = (link.attributes.get("rel") or "").lower()
    if target == "_blank" and "noopener" not in relation and "noreferrer" not in relation:
        yield OPENER.at(link, host=address.host)


def _without(href: str, query: str) -> str:
    kept = "&".join(part for part in query.split("&") if not _TRACKERS.fullmatch(part))
    return href.replace("?" + query, "?" + kept if kept else "", 1)
