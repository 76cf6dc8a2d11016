"""Frames, forms, redirects and server code."""

from __future__ import annotations

import pytest

from tests.security.drafts import findings_of, rule_ids

CASES = [
    ('<iframe src="https://youtube.com.evil.xyz/embed/a"></iframe>', "markup-embed-foreign", True),
    ('<iframe src="//www.youtube.com/embed/a"></iframe>', "markup-embed-foreign", False),
    (
        '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>',
        "markup-embed-foreign",
        False,
    ),
    ('<iframe src="https://www.google.com/url?q=x"></iframe>', "markup-embed-foreign", True),
    ('<iframe src="https://user@evil.xyz/"></iframe>', "markup-embed-foreign", True),
    ('<iframe src="https:\\\\evil.xyz/"></iframe>', "markup-embed-foreign", True),
    ('<iframe src="/viewer.html?file=a.pdf"></iframe>', "markup-embed-foreign", False),
    ('<embed src="https://evil.xyz/a.swf">', "markup-plugin", True),
    ('<object classid="clsid:D27CDB6E"></object>', "markup-plugin", True),
    ('<input type="text" name="matkhau">', "markup-password-field", True),
    ('<input type="hidden" name="password">', "markup-password-field", False),
    ('<input name="q">', "markup-form", True),
    ('<input type="checkbox" checked disabled>', "markup-form", False),
    ('<meta http-equiv=" Refresh " content="5;url=/x">', "markup-refresh", True),
    ('<meta http-equiv="Content-Type" content="text/html">', "markup-refresh", False),
    ('<base href="//evil.xyz">', "markup-base", True),
    ('<link rel="import" href="a.html">', "markup-import", True),
    ('<link rel="icon" href="https://x.y/a.ico">', "markup-import", False),
    ("<p>a</p><?= $x ?>", "markup-server-code", True),
    ('<p>a</p><!--#exec cmd="ls"-->', "markup-server-code", True),
    ("<p>a</p><%= request %>", "markup-server-code", True),
    ("<p>Tỉ lệ <% 5 là thấp</p>", "markup-server-code", False),
    ("<p>&lt;?php echo 1;</p>", "markup-server-code", False),
    ("<p>{{ user.name }}</p>", "markup-template", True),
    ("<p>{% include 'a' %}</p>", "markup-template", True),
    ("<p>{{a^2 + b^2}}</p>", "markup-template", False),
    ("<p>Tập {1; 2} và {{}}</p>", "markup-template", False),
]


@pytest.mark.parametrize(("text", "rule_id", "expected"), CASES)
def test_rule(text: str, rule_id: str, expected: bool) -> None:
    assert bool(findings_of("<p>Tin</p>" + text, rule_id)) is expected


def test_office_comment_is_no_finding() -> None:
    text = "<p>Tin</p><!--[if gte mso 9]><xml><o:p></o:p></xml><![endif]-->"
    assert rule_ids(text) == set()
