"""Depth and size: hostile markup ends in a finding, never in silence."""

from __future__ import annotations

import pytest

from qc.security.markup._tree import MAX_TAGS, parse, serialize
from tests.security.drafts import findings_of, rule_ids


@pytest.mark.parametrize("depth", [300, 1_900, 5_000, 20_000])
def test_deep_script_is_never_clean(depth: int) -> None:
    ids = rule_ids("<div>" * depth + "<script>alert(1)</script>")
    assert ids & {"markup-script", "markup-limit"}
    assert ids & {"markup-depth", "markup-limit"}


@pytest.mark.parametrize("fragment", ["<div>", "<b>", "<table>", "<svg>", "<a<", "<x a=1>"])
def test_five_megabytes_end_in_a_result(fragment: str) -> None:
    text = fragment * (5_000_000 // len(fragment))
    tree = parse(text)
    assert tree.limit or fragment == "<a<"


def test_a_million_attributes() -> None:
    text = "<a " + " ".join(f"x{number}" for number in range(100_000)) + " onclick=a()>"
    assert rule_ids(text) >= {"markup-handler", "markup-limit"}


@pytest.mark.parametrize("page", ["{}", "<html><head></head>{}</html>", "<body>{}</body>"])
def test_frames_hide_nothing(page: str) -> None:
    after = page.format("<frameset></frameset><img src=x onerror=a()>")
    assert "markup-handler" in rule_ids(after)
    inside = page.format("<frameset><frame src=javascript:a()></frameset>")
    assert "markup-script-address" in rule_ids(inside)


def test_many_tags_are_a_finding() -> None:
    (finding,) = findings_of("<p>a</p>" * (MAX_TAGS + 1), "markup-limit")
    assert finding.facts["measure"] == MAX_TAGS


def test_a_long_table_is_no_finding() -> None:
    row = "<tr>" + "<td>Nguyễn Văn A</td>" * 10 + "</tr>"
    assert not findings_of("<table>" + row * 500 + "</table>", "markup-limit")


def test_second_life_is_what_browsers_write() -> None:
    text = '<p title="a&lt;b">x &lt; y</p><br>'
    assert serialize(parse(text)).endswith('<p title="a<b">x &lt; y</p><br></body></html>')


@pytest.mark.parametrize(
    "text",
    [
        "<p>a</p><form><math><mtext></form><form><mglyph><style></math><img src onerror=a()>",
        '<svg></p><style><a id="</style><img src=x onerror=a()>">',
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=a()&gt;">',  # noqa: E501
        '<noscript><p title="</noscript><img src=x onerror=a()>">',
    ],
)
def test_mutations_block(text: str) -> None:
    assert rule_ids(text) & {"markup-handler", "markup-mutation"}
