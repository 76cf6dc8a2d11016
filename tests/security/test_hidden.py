"""Hidden text: by inline style, attribute and style sheet; and what readers may well hide."""

from __future__ import annotations

import pytest

from qc.core.errors import Unavailable
from qc.core.rule import Severity
from tests.security.drafts import findings_of, rule_ids

LINK = '<a href="https://shop.example.com/">mua giày giá rẻ</a>'

HIDES = [
    ("display", f'<div style="display:none">{LINK}</div>', "hidden-display"),
    ("important", f'<div style="DISPLAY : none !important">{LINK}</div>', "hidden-display"),
    ("attribute", f"<div hidden>{LINK}</div>", "hidden-display"),
    ("visibility", f'<u style="visibility:hidden">{LINK}</u>', "hidden-display"),
    ("opacity", f'<u style="opacity:0.01">{LINK}</u>', "hidden-display"),
    ("escape", f'<u style="d\\69splay:none">{LINK}</u>', "hidden-display"),
    ("off left", f'<u style="position:absolute;left:-9999px">{LINK}</u>', "hidden-offscreen"),
    ("off top em", f'<u style="position:fixed;top:-200em">{LINK}</u>', "hidden-offscreen"),
    ("indent", f'<u style="text-indent:-9999px">{LINK}</u>', "hidden-offscreen"),
    ("box", f'<div style="overflow:hidden;height:0">{LINK}</div>', "hidden-offscreen"),
    ("box auto", f'<div style="overflow:auto;width:1pt;height:1pt">{LINK}</div>', "hidden-offscreen"),  # noqa: E501
    ("clip", f'<b style="position:absolute;clip:rect(0,0,0,0)">{LINK}</b>', "hidden-offscreen"),
    ("scale", f'<b style="transform:scale(0)">{LINK}</b>', "hidden-offscreen"),
    ("tiny", f'<b style="font-size:1px">{LINK}</b>', "hidden-invisible"),
    ("tiny below", f'<b style="font-size:10%"><i style="font-size:50%">{LINK}</i></b>', "hidden-invisible"),  # noqa: E501
    ("white", f'<p style="color:#fff">{LINK}</p>', "hidden-invisible"),
    ("white on white", f'<p style="background:white"><b style="color:#fefefe">{LINK}</b>', "hidden-invisible"),  # noqa: E501
    ("black on black", f'<p style="background:#000;color:#010101">{LINK}</p>', "hidden-invisible"),
    ("font element", f'<font color="white">{LINK}</font>', "hidden-invisible"),
    ("clear", f'<p style="color:rgba(0,0,0,0)">{LINK}</p>', "hidden-invisible"),
    ("class", f"<style>.k{{display:none}}</style><p class=k>{LINK}</p>", "hidden-display"),
    ("id", f"<style>#k{{left:-999em;position:absolute}}</style><p id=k>{LINK}", "hidden-offscreen"),
    ("child", f"<style>div > p.k b{{font-size:0}}</style><div><p class=k><b>{LINK}", "hidden-invisible"),  # noqa: E501
    ("media", f"<style>@media screen{{.k{{display:none}}}}</style><p class=k>{LINK}", "hidden-display"),  # noqa: E501
    ("late", f"<p class=k>{LINK}</p><style>p.k{{opacity:0}}</style>", "hidden-display"),
    ("not", f"<style>p:not(.on){{display:none}}</style><p class=k>{LINK}", "hidden-display"),
]  # fmt: skip

SHOWS = [
    ("empty", "<p></p>"),
    ("tab", '<div class="tab-pane" style="display:none"><p>Nội dung dài của thẻ hai</p></div>'),
    (
        "reader text",
        '<span style="position:absolute;clip:rect(0,0,0,0);height:1px;width:1px">Mở</span>',
    ),
    ("short", '<span style="display:none">Đóng</span>'),
    ("own link", '<p style="display:none"><a href="https://thcs.edu.vn/">Trường</a></p>'),
    ("print", f"<style>@media print{{.k{{display:none}}}}</style><p class=k>{LINK}</p>"),
    (
        "phone",
        f"<style>@media (max-width:600px){{.k{{display:none}}}}</style><p class=k>{LINK}</p>",
    ),
    ("hover", f"<style>p:hover{{display:none}}</style><p>{LINK}</p>"),
    ("overridden", f'<style>.k{{display:none}}</style><p class=k style="display:block">{LINK}</p>'),
    ("specific", f"<style>p.k{{display:block}}p{{display:none}}</style><p class=k>{LINK}</p>"),
    ("white on blue", f'<p style="background:#036;color:#fff">{LINK}</p>'),
    (
        "white on picture",
        f'<p style="background:url(/a.png)"><b style="color:white">{LINK}</b></p>',
    ),
    ("white in cell", f'<table><tr><td bgcolor="#036"><font color="white">{LINK}</font></table>'),
    ("grey", f'<p style="color:#ddd">{LINK}</p>'),
    ("small", f'<p style="font-size:9px">{LINK}</p>'),
    ("sup", f'<p style="font-size:50%">{LINK}</p>'),
    ("visible again", f'<p style="visibility:hidden"><b style="visibility:visible">{LINK}</b></p>'),
    ("negative margin", f'<p style="margin-left:-40px">{LINK}</p>'),
    ("blank", '<p style="display:none">&nbsp;</p>'),
]


@pytest.mark.parametrize(("text", "rule_id"), [c[1:] for c in HIDES], ids=[c[0] for c in HIDES])
def test_hidden_link_blocks(text: str, rule_id: str) -> None:
    (finding,) = findings_of("<h1>Tin</h1>" + text, rule_id)
    assert finding.severity is Severity.ERROR
    assert finding.facts["links"] == 1
    assert "giày" in str(finding.facts["excerpt"])


@pytest.mark.parametrize("text", [c[1] for c in SHOWS], ids=[c[0] for c in SHOWS])
def test_what_readers_see_passes(text: str) -> None:
    assert not {each for each in rule_ids("<h1>Tin</h1>" + text) if each.startswith("hidden-")}


def test_long_hidden_text_without_links_asks_for_review() -> None:
    text = '<p>Tin</p><p style="display:none">Đoạn nháp cũ mà người viết quên xóa đi.</p>'
    (finding,) = findings_of(text, "hidden-display")
    assert finding.severity is Severity.WARNING


def test_hidden_betting_words_block_even_in_a_tab() -> None:
    text = '<div class="tab-pane" style="display:none">nhà cái uy tín, nổ hũ đổi thưởng</div>'
    (finding,) = findings_of("<p>Tin</p>" + text, "hidden-display")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("element", "severity"),
    [
        ("noscript", Severity.WARNING),
        ("template", Severity.WARNING),
        ("marquee width=0 height=0", Severity.ERROR),
        ("marquee", None),
        ("dialog open", None),
        ("details", None),
    ],
)
def test_elements_that_are_never_shown(element: str, severity: Severity | None) -> None:
    text = f"<p>Tin</p><{element}>{LINK}</{element.split(maxsplit=1)[0]}>"
    found = findings_of(text, "hidden-display")
    assert [each.severity for each in found] == ([severity] if severity else [])


def test_betting_in_noscript_blocks() -> None:
    text = '<p>Tin</p><noscript><a href="https://a.example/">tài xỉu, nổ hũ</a></noscript>'
    (finding,) = findings_of(text, "hidden-display")
    assert finding.severity is Severity.ERROR
    assert finding.facts["links"] == 1


def test_custom_properties_are_filled_in() -> None:
    text = f"<style>:root{{--h:none}}.q{{display:var(--h)}}</style><p class=q>{LINK}</p>"
    assert findings_of("<p>Tin</p>" + text, "hidden-display")


def test_personal_data_in_the_excerpt_is_masked() -> None:
    text = '<p>Tin</p><p style="display:none">Gọi số 0912 345 678 gặp cô chủ nhiệm lớp.</p>'
    (finding,) = findings_of(text, "hidden-display")
    assert "345" not in str(finding.facts["excerpt"])


def test_one_finding_for_one_passage() -> None:
    inner = f'<p style="display:none">{LINK}</p>' * 3
    assert len(findings_of(f'<div style="display:none">{inner}{LINK}</div>', "hidden-display")) == 1


def test_span_runs_from_the_hiding_tag_to_the_end_of_the_text() -> None:
    text = f'<p>Tin</p><div style="display:none">{LINK} và nữa</div>'
    (finding,) = findings_of(text, "hidden-display")
    assert text[finding.start : finding.end].startswith("<div style")
    assert text[finding.start : finding.end].endswith("và nữa")


@pytest.mark.parametrize(
    "sheet", ["p.a{display:none}" * 60_000, "a" + ">a" * 6_000 + "{display:none}"]
)
def test_a_sheet_too_large_to_apply_is_said(sheet: str) -> None:
    with pytest.raises(Unavailable):
        findings_of(f"<style>{sheet}</style><p>Tin</p>", "hidden-display")
