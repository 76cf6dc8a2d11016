"""The CSS reader and the rules that stand on it."""

from __future__ import annotations

import pytest

from qc.security.markup._css import declarations, rules
from tests.security.drafts import findings_of, rule_ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("color: red", [("color", "red", False)]),
        ("COLOR:Red!important;", [("color", "Red", True)]),
        ("a:url(data:a;b);c:d", [("a", "url(data:a;b)", False), ("c", "d", False)]),
        ('content:";}";c:d', [("content", '";}"', False), ("c", "d", False)]),
        ("dis/**/play:none", [("display", "none", False)]),
        ("\\64 isplay:none", [("display", "none", False)]),
        ('content:"/*";display:none', [("content", '"/*"', False), ("display", "none", False)]),
    ],
)
def test_declarations(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(each.name, each.value, each.important) for each in declarations(text)] == expected


def test_rules_inside_media_keep_their_condition() -> None:
    sheet = "@import 'x'; @media print { p { a: b } } q { c: d } @font-face { e: f }"
    found = list(rules(sheet))
    assert [(each.selector, each.conditions) for each in found] == [
        ("p", ("@media print",)),
        ("q", ()),
    ]


@pytest.mark.parametrize(
    ("text", "rule_id"),
    [
        ('<p style="width:exp/**/ression(a())">x</p>', "markup-style-active"),
        ('<p style="background:url(javascript:a())">x</p>', "markup-style-active"),
        ('<p style="-moz-binding:url(x.xml#a)">x</p>', "markup-style-active"),
        ("<style>@import '//x.y/a.css';</style><p>x</p>", "markup-style-remote"),
        ('<p style="background:url(https://x.y/a.png)">x</p>', "markup-style-remote"),
        ('<a style="position:fixed;inset:0" href="/x">x</a>', "markup-overlay"),
    ],
)
def test_style_rules(text: str, rule_id: str) -> None:
    assert findings_of(text, rule_id)


@pytest.mark.parametrize(
    "text",
    [
        "<p style=\"font-family:'Times New Roman';margin:0cm 0cm 8pt\">x</p>",
        '<p style="background:url(/uploads/a.png)">x</p>',
        '<p style="position:relative;left:10px">expression(1)</p>',
        '<div style="position:fixed;top:0;height:40px;width:100%">x</div>',
    ],
)
def test_plain_styles_pass(text: str) -> None:
    assert not {each for each in rule_ids(text) if each.startswith("markup-")}
