"""The safe copy: nothing runs, nothing hides, and the words stay."""

from __future__ import annotations

import pytest

from qc.core.article import Markup
from qc.core.discover import discover
from qc.core.rule import Severity
from qc.security.sanitize import safe_copy

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://evil.xyz/"></iframe>',
    '<iframe srcdoc="<script>a()</script>"></iframe>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=a()&gt;'>",  # noqa: E501
    "<form><input type=password></form>",
    '<p style="position:fixed;inset:0;background:url(javascript:a())">x</p>',
    "<style>p{display:none}</style>",
    "<object data=x></object><embed src=x><base href=//x><meta http-equiv=refresh content=0>",
    "<noscript><p title='</noscript><img src=x onerror=a()>'>",
    '<p style="display:none"><a href="https://x.example">x</a></p>',
    "<!--[if IE]><script>a()</script><![endif]-->",
    "<div>" * 300 + "<script>a()</script>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_blocks_in_a_safe_copy(attack: str) -> None:
    copy = safe_copy("<p>Thông báo</p>" + attack)
    assert copy.changed
    assert "Thông báo" in copy.html
    markup = Markup(text=copy.html)
    for check in discover():
        if check.subject is Markup and check.module.startswith("qc.security"):
            found = list(check.run(markup, check.options()))
            blocking = [each.rule.id for each in found if each.severity is Severity.ERROR]
            assert set(blocking) <= {"markup-depth"}


def test_an_ordinary_article_stays() -> None:
    text = (
        '<h2>Kế hoạch</h2><p style="text-align:center"><strong>Lớp 5A</strong> đi học lúc 7 giờ.</p>'  # noqa: E501
        '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'
        '<img src="/a.jpg" alt="Ảnh"><ul><li>một</li></ul>'
    )
    assert safe_copy(text).html == text


def test_frames_from_allowed_hosts_stay() -> None:
    text = '<iframe src="https://www.youtube.com/embed/a" title="v"></iframe>'
    assert "youtube.com/embed/a" in safe_copy(text, hosts=("youtube.com",)).html
    assert "iframe" not in safe_copy(text).html
    evil = text.replace("www.youtube.com", "youtube.com.evil.xyz")
    assert "evil" not in safe_copy(evil, hosts=("youtube.com",)).html


def test_empty() -> None:
    assert safe_copy("").html == ""
    assert not safe_copy("").changed
