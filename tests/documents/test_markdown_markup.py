"""Raw HTML inside Markdown reaches the markup checks, wherever it stands."""

from __future__ import annotations

import pytest

from tests.security.drafts import article_of, findings_of, rule_ids


@pytest.mark.parametrize(
    "text",
    [
        "Tin <script>alert(1)</script> hết",
        "# Tin <script>alert(1)</script>",
        "- một\n- hai <script>a()</script>",
        "> trích <script>a()</script>",
        "| a | b |\n|---|---|\n| <script>a()</script> | x |",
        "Tin\n\n<script>\nalert(1)\n</script>\n\nhết",
        "[<script>a()</script>](https://a.vn)",
    ],
)
def test_a_script_anywhere_is_markup(text: str) -> None:
    assert "markup-script" in rule_ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tin `<script>alert(1)</script>` hết",
        "```html\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "a < b và c > d",
        "Viết \\<script> trong mã",
        "Xem <https://truong.edu.vn>",
        "",
    ],
)
def test_code_is_no_markup(text: str) -> None:
    assert not article_of("Tin\n\n" + text).markups


def test_code_beside_markup_stays_code() -> None:
    text = "Tin <b>đậm</b> `<script>a()</script>` và <i onclick=a()>x</i>"
    assert rule_ids(text) == {"markup-handler"}


def test_offsets_are_those_of_the_file() -> None:
    text = "---\ntieu_de: Tin\n---\n\nBài & tin <b>a</b> `<x>` rồi <i onclick=a()>x</i>"
    (finding,) = findings_of(text, "markup-handler")
    offsets = finding.subject.offsets
    assert offsets is not None
    assert finding.start is not None
    assert finding.end is not None
    span = offsets.source(finding.start, finding.end)
    assert span is not None
    assert text[slice(*span)] == "onclick=a()"


def test_an_element_may_span_paragraphs() -> None:
    text = 'Tin\n\n<div style="display:none">\n\n[giày rẻ](https://shop.example.com)\n\n</div>\n'
    (finding,) = findings_of(text, "hidden-display")
    assert finding.facts["links"] == 1
