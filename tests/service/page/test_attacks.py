"""Attacks on the page: nothing of an article, a file or a draft runs, loads or becomes a link."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.office import Paragraph, docx
from tests.service.page.conftest import Opened

pytestmark = pytest.mark.browser
Open = Callable[..., Opened]

TITLE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{7*7}} ${7*7} </script>'
PASTED = [
    "<p>chữ<script>alert(1)</script></p>",
    '<img src=x onerror="alert(1)">',
    '<img src="https://evil.example/a.png">',
    '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<a href="javascript:alert(1)">một</a>',
    '<a href=" jAvA\tscript:alert(1)">hai</a>',
    '<a href="data:text/html,<script>alert(1)</script>">ba</a>',
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    '<form action="https://evil.example"><input name=a autofocus onfocus=alert(1)></form>',
    "<math><mtext><table><mglyph><style><!--</style>"
    '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<p style="background:url(https://evil.example/b.png)" onclick="alert(1)">bốn</p>',
    '<div id="verdict" name="body" class="verdict pass">năm</div>',
    '<template><img src=x onerror=alert(1)></template><base href="https://evil.example/">',
    '<link rel=stylesheet href="https://evil.example/c.css"><meta http-equiv=refresh content=0>',
    '<video autoplay onloadstart=alert(1) src="https://evil.example/d.mp4"></video>',
    '<img data-path="../../etc/passwd" src="page/picture.svg" style="position:fixed">',
]
ALLOWED = {"class", "alt", "contenteditable", "data-path", "src", "href", "style", "data-block"}


def test_pasted_html_is_made_safe(opened: Open) -> None:
    one = opened()
    one.page.click("#title")
    one.page.keyboard.insert_text(TITLE)
    for html in PASTED:
        one.paste(html, "x")
    one.paste("".join(PASTED), "x")
    one.checked("block", "review")
    found = one.page.evaluate(
        """() => [...document.querySelectorAll("#body *")].map((e) => [e.localName,
             [...e.attributes].map((a) => [a.name, a.value])])"""
    )
    assert {name for name, _ in found} <= {"p", "a", "img", "br", "b", "span"}
    for name, attributes in found:
        for key, value in attributes:
            assert key in ALLOWED, (name, key)
            assert key != "style" or not any(each in value for each in ("url", "position")), value
            assert key != "href" or value.startswith(("http", "/")), value
            assert key != "src" or value.startswith(("page/picture.svg", "blob:")), value
    assert one.page.inner_text("#title") == TITLE
    assert one.page.locator("#body #verdict").count() == 0
    one.calm()


def test_files_and_findings_are_shown_as_text(opened: Open) -> None:
    one = opened()
    name = '"><img src=x onerror=alert(1)>.docx'
    text = "<img src=x onerror=alert(3)> khai giãng xxx javascript:alert(1)"
    one.drop((name, docx([Paragraph(TITLE), Paragraph(text)])))
    one.checked("block")
    one.drop(("<img src=x onerror=alert(4)>.jpg", b"<script>alert(5)</script>"))
    one.page.wait_for_selector("#media-list .found")
    one.checked("block")
    assert "<img src=x onerror=alert(3)>" in one.page.inner_text("#body")
    assert one.page.locator("#list script, #list img, #original img").count() == 0
    assert one.page.locator("a[href^=javascript]").count() == 0
    one.calm()


def test_an_html_draft_runs_nothing_and_says_what_it_holds(opened: Open) -> None:
    one = opened()
    draft = (
        "<html><head><title>Tin</title></head><body><h1>Tin</h1><p>Sáng nay khai giảng.</p>"
        "<script>alert(1)</script><img src=x onerror=alert(2)>"
        "<p style='display:none'>nhà cái uy tín</p></body></html>"
    )
    one.drop(("bai.html", draft.encode()))
    one.checked("block")
    assert one.page.locator("#file-part .card").count() > 0
    assert "nhà cái" not in one.page.inner_text("#body")
    one.calm()


def test_a_forged_draft_is_cleaned(opened: Open) -> None:
    forged = {
        "at": 1,
        "values": {"title": TITLE, "author": '"><script>alert(1)</script>'},
        "html": "<p>lễ khai giãng năm học mới</p>" + "".join(PASTED),
        "media": [{"path": '"><img src=x onerror=alert(1)>', "kind": "image", "alt": "<b>"}],
        "policy": "khong-co",
    }
    script = f"localStorage.setItem('qc-draft-1', {json.dumps(json.dumps(forged))})"
    one = opened(init=f"if (!localStorage.getItem('qc-draft-1')) {script}")
    one.checked("block", "review", "incomplete")
    assert "giãng" in one.marked("warning")
    assert one.page.locator("#body script, #body svg, #body iframe").count() == 0
    one.calm()


def test_headers_forbid_what_the_page_does_not_need(opened: Open, address: str) -> None:
    one = opened()
    response = one.page.request.get(address)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    html = response.text()
    assert not re.search(r"<style| style=| on[a-z]+=|<script(?![^>]* src=)", html)
    assert one.page.request.get(f"{address}page/..%2f..%2fwords.py").status == 404
    assert one.page.request.get(f"{address}page/page.html.j2").status == 404


STATIC = Path(__file__).parents[3] / "qc" / "service" / "page" / "static"


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_build_no_markup_from_text(path: Path) -> None:
    """Markup is parsed and handed over in one module only."""
    source = path.read_text(encoding="utf-8")
    for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert danger not in source or path.name == "sanitise.js", danger
    assert "http://" not in source.replace("http://www.w3.org/2000/svg", "")
