"""A known payload put into a clean article adds its rule; taking it out clears it again."""

from __future__ import annotations

import unicodedata
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security.drafts import findings_of, rule_ids

WORDS = st.text(
    alphabet=st.sampled_from(
        "abcdeghiklmnoprstuvxy àáảãạăâđèêếệìòôốơớùưứỳ<>&\"'{}%./:0123456789\n"
    ),
    max_size=60,
)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=5)
PAYLOADS = {
    "<script>alert(1)</script>": "markup-script",
    "<img src=x onerror=alert(1)>": "markup-handler",
    '<a href="java&#9;script:alert(1)">x</a>': "markup-script-address",
    '<iframe src="https://evil.example/"></iframe>': "markup-embed-foreign",
    '<meta http-equiv="refresh" content="0;url=//x.y">': "markup-refresh",
    '<div style="display:none"><a href="https://x.example/">mua</a></div>': "hidden-display",
    '<a href="https://188bet.pro/">x</a>': "link-gambling",
    '<a href="https://moet.gov.vn.evil.xyz/">x</a>': "link-brand-foreign",
    "<p>Mật khẩu: Truong@2024</p>": "secret-password",
}


def article(paragraphs: list[str]) -> str:
    return "<h1>Thông báo</h1>" + "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS, st.sampled_from(sorted(PAYLOADS)), st.integers(0, 5))
def test_planting_adds_the_rule_and_removing_clears_it(
    paragraphs: list[str], payload: str, at: int
) -> None:
    clean = article(paragraphs)
    rule_id = PAYLOADS[payload]
    before = findings_of(clean, rule_id)
    parts = clean.split("</p>")
    at = min(at, len(parts) - 1)
    planted = (
        "</p>".join(parts[:at])
        + ("</p>" if at else "")
        + payload
        + "</p>".join(["", *parts[at:]])[4:]
    )
    assert len(findings_of(planted, rule_id)) == len(before) + 1
    assert len(findings_of(planted.replace(payload, ""), rule_id)) == len(before)


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS, st.sampled_from(sorted(PAYLOADS)))
def test_the_rules_survive_normal_forms_and_entities(paragraphs: list[str], payload: str) -> None:
    text = article(paragraphs) + payload
    expected = rule_ids(unicodedata.normalize("NFC", text))
    assert rule_ids(unicodedata.normalize("NFD", text)) == expected
    coded = "".join(
        f"&#{ord(each)};" if each > "\x7f" else each for each in unicodedata.normalize("NFC", text)
    )
    assert rule_ids(coded) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("<>/=\"' abimgsvtylonr&#;:!-?[]{}%\n\x00\ufeffà"), max_size=300
    )
)
def test_no_markup_crashes_a_check(text: str) -> None:
    from qc.core.article import Markup
    from qc.core.discover import discover

    markup = Markup(text=text)
    for check in discover():
        if check.subject is Markup and check.module.startswith("qc.security"):
            for finding in check.run(markup, check.options()):
                if finding.start is not None:
                    assert 0 <= finding.start <= (finding.end or 0) <= len(text)
