"""Active content: what runs is found, what only shows code is not."""

from __future__ import annotations

import unicodedata

import pytest

from qc.core.rule import Severity
from tests.security.drafts import findings_of, rule_ids

RUNS = [
    ("script", "<p>Tin</p><script>alert(1)</script>", "markup-script"),
    ("script in svg", "<svg><script>alert(1)</script></svg>", "markup-script"),
    ("script in template", "<template><script>a()</script></template>", "markup-script"),
    ("unclosed script", "<p>Tin</p><script src=//x.y/a.js>", "markup-script"),
    ("upper case", "<ScRiPt>alert(1)</sCrIpT>", "markup-script"),
    ("body handler late", "<p>Tin</p><body onload=a()>", "markup-handler"),
    ("slash handler", "<svg/onload=a()>", "markup-handler"),
    ("form feed", "<img\x0csrc=x\x0conerror=a()>", "markup-handler"),
    ("svg animation", "<svg><set attributeName=onclick to=a()></svg>", "markup-handler"),
    ("entity scheme", '<a href="&#106;avascript&colon;a()">x</a>', "markup-script-address"),
    ("tab in scheme", '<a href="java\tscript:a()">x</a>', "markup-script-address"),
    ("control in front", '<a href="&#1;javascript:a()">x</a>', "markup-script-address"),
    ("double entity", '<a href="&amp;#106;avascript:a()">x</a>', "markup-script-address"),
    ("percent", '<a href="%6aavascript:a()">x</a>', "markup-script-address"),
    ("vbscript", '<a href="vbscript:a">x</a>', "markup-script-address"),
    ("svg link", '<svg><a xlink:href="javascript:a()">x</a></svg>', "markup-script-address"),
    ("animated", '<svg><animate values="x;javascript:a()"/></svg>', "markup-script-address"),
    ("formaction", "<button formaction=javascript:a()>x</button>", "markup-script-address"),
    ("data page", '<iframe src="data:text/html,a"></iframe>', "markup-data-address"),
    ("svg data", '<embed src="data:image/svg+xml,<svg/>">', "markup-data-address"),
    ("svg data in img", "<img src='data:image/svg+xml,<svg onload=a()>'>", "markup-data-address"),
    ("srcdoc", '<iframe srcdoc="&lt;script&gt;a()&lt;/script&gt;"></iframe>', "markup-script"),
    ("after textarea", "<textarea></textarea><img src=x onerror=a()>", "markup-handler"),
    ("attribute trick", '<style><p title="</style><img src=x onerror=a()>">', "markup-handler"),
    ("comment trick", "<!--><img src=x onerror=a()>-->", "markup-handler"),
    ("bogus comment", "<?x ><img src=x onerror=a()>", "markup-handler"),
    ("cdata", "<![CDATA[><img src=x onerror=a()>]]>", "markup-handler"),
    ("300 deep", "<div>" * 300 + "<script>a()</script>", "markup-script"),
]

SHOWS = [
    ("empty paragraph", "<p></p>"),
    ("escaped script", "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>"),
    ("prose", "<p>Thuộc tính onclick= và thẻ script dùng trong bài 3.</p>"),
    ("commented out", "<p>Tin</p><!-- <script>alert(1)</script> -->"),
    ("textarea", "<p>Bài tập</p><textarea readonly><b>onclick</b></textarea>"),
    ("words with on", '<p data-once="1" once only>Tin</p>'),
    ("javascript page", '<a href="/javascript:bai-1.html">Bài 1</a>'),
    ("alt text", '<img src="/a.jpg" alt="javascript: ngôn ngữ lập trình">'),
    ("picture data", '<img alt="" src="data:image/png;base64,iVBORw0KGgo=">'),
    ("lazy svg", "<img alt='' src=\"data:image/svg+xml,%3Csvg viewBox='0 0 1 1'%3E%3C/svg%3E\">"),
    ("colon in path", '<a href="/tin/gio:phut">x</a>'),
    ("mail", '<a href="mailto:a@truong.edu.vn">x</a>'),
    ("json-ld", '<script type="application/ld+json">{"a": 1}</script>'),
]


@pytest.mark.parametrize(("text", "rule_id"), [case[1:] for case in RUNS], ids=[c[0] for c in RUNS])
def test_what_runs_blocks(text: str, rule_id: str) -> None:
    found = findings_of(text, rule_id)
    assert found
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize("text", [case[1] for case in SHOWS], ids=[case[0] for case in SHOWS])
def test_what_only_shows_code_passes(text: str) -> None:
    active = {"markup-script", "markup-handler", "markup-script-address", "markup-data-address"}
    assert not rule_ids(text) & (active | {"markup-mutation", "markup-differential"})


def test_span_is_the_attribute() -> None:
    text = '<p>Tin</p>\r\n<img alt="a" src="x" onError="alert(1)">'
    (finding,) = findings_of(text, "markup-handler")
    assert text[finding.start : finding.end] == 'onError="alert(1)"'
    assert finding.facts["attribute"] == "onerror"


def test_inert_address_is_only_a_warning() -> None:
    (finding,) = findings_of('<a href="javascript:void(0)">x</a>', "markup-script-address")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_normal_form_changes_nothing(form: str) -> None:
    text = unicodedata.normalize(form, "<p>Thông báo tuyển sinh</p><img src=x onerror=a()>")
    assert rule_ids(text) == {"markup-handler"}


def test_same_verdict_after_entities_and_case() -> None:
    plain = '<a href="javascript:alert(1)">x</a>'
    encoded = "".join(f"&#{ord(each)};" for each in "javascript:alert(1)")
    for text in (plain, plain.upper(), f'<a href="{encoded}">x</a>'):
        assert "markup-script-address" in rule_ids(text)
