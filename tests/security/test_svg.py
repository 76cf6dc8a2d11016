"""SVG files: both readings, entities, external files and bombs."""

from __future__ import annotations

import gzip

import pytest

from qc.security.svg import SvgOptions, read_svg

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(body: str, attributes: str = "") -> bytes:
    return f"<svg {NS} {attributes}>{body}</svg>".encode()


LAUGHS = (
    '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + svg("<text>&b;</text>").decode()
).encode()
NESTED = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 7))

CASES = [
    ("plain", svg('<path d="M0 0h1"/>'), set()),
    ("script", svg("<script>a()</script>"), {"active"}),
    ("handler", svg("", "onload='a()'"), {"active"}),
    ("link", svg('<a xlink:href="javascript:a()"><text>x</text></a>'), {"active"}),
    ("animated", svg('<set attributeName="onclick" to="a()"/>'), {"active"}),
    ("html inside", svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), {"active"}),  # noqa: E501
    ("prefixed", b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>a()</s:script></s:svg>', {"active"}),  # noqa: E501
    ("cdata differential", svg("<desc><![CDATA[</desc><script>a()</script>]]></desc>"), {"active"}),
    ("laughs", LAUGHS, {"entities"}),
    ("file entity", b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;"), {"entities"}),  # noqa: E501
    ("external", svg('<image href="https://x.y/a.png"/>'), {"external"}),
    ("style import", svg("<style>@import url(//x.y/a.css);</style>"), {"external"}),
    ("inside link", svg('<use href="#a"/><path id="a"/>'), set()),
    ("outside link", svg('<a href="https://x.y/"><text>x</text></a>'), set()),
    ("nested use", svg(NESTED), {"bomb"}),
    ("endless use", svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), {"bomb"}),
    ("broken", b"<svg><path></svg>", {"error"}),
    ("packed", gzip.compress(svg("<script>a()</script>")), {"active"}),
    ("packed bomb", gzip.compress(b" " * 6_000_000), {"bomb"}),
    ("utf-16", svg("<script>a()</script>").decode().encode("utf-16"), {"active"}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_reading(data: bytes, expected: set[str]) -> None:
    reading = read_svg(data, SvgOptions())
    told = {
        name
        for name in ("active", "entities", "external", "bomb", "error")
        if getattr(reading, name)
    }
    assert told - {"error"} == expected - {"error"}
    if expected == {"error"}:
        assert reading.error


def test_host_file_never_reaches_the_report() -> None:
    data = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>")
    assert "root:" not in repr(read_svg(data, SvgOptions()))
