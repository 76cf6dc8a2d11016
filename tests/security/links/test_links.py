"""Links: one table of addresses and the rules they break."""

from __future__ import annotations

import pytest

from qc.core.rule import Severity
from qc.security.links._addresses import read_address
from qc.security.links.address import ip_of
from qc.security.links.lookalike import latin_twin
from tests.security.drafts import findings_of, rule_ids

CASES = [
    ("https://188bet.pro/vn", "link-gambling"),
    ("https://m.188bet.pro/", "link-gambling"),
    ("https://bet886699.win/", "link-gambling"),
    ("https://nhacaiuytin99.com", "link-gambling"),
    ("https://thpt88.edu.vn/", ""),
    ("https://bongdaplus.vn/", ""),
    ("https://www.vnеxpress.net/", "link-homograph"),
    ("https://xn--e1awd7f.com/", "link-homograph"),
    ("https://trườnghọc.vn/", ""),
    ("https://москва.рф/", ""),
    ("https://moet.gov.vn.tracuu.xyz/", "link-brand-foreign"),
    ("https://google.com.vn.evil.xyz/", "link-brand-foreign"),
    ("https://moet-gov-vn.com/", "link-brand-foreign"),
    ("https://docs.google.com/forms/d/e/x", ""),
    ("https://bit.ly/abc", "link-shortener"),
    ("https://notbit.ly.example.com/abc", ""),
    ("http://8.8.8.8/a", "link-address-raw"),
    ("http://0x08080808/a", "link-address-raw"),
    ("http://010.010.010.010/", "link-address-raw"),
    ("https://example.com:8443/", "link-address-raw"),
    ("https://example.com:443/", ""),
    ("http://192.168.1.5/anh", "link-local"),
    ("http://localhost:8080/", "link-local"),
    ("file:///C:/a.doc", "link-local"),
    ("\\\\may-chu\\chung\\a.doc", "link-local"),
    ("C:\\Users\\gv\\a.doc", "link-local"),
    ("https://u:p@example.com/", "link-credentials"),
    ("https://moet.gov.vn@evil.xyz/", "link-credentials"),
    ("https://example.com/?access_token=abcdef123456", "link-credentials"),
    ("https://example.com/?token=1", ""),
    ("https://example.com/a.apk", "link-executable"),
    ("https://example.com/a.EXE?x=1", "link-executable"),
    ("https://example.com/", ""),
    ("https://example.com/bai-exe", ""),
    ("https://example.com/?utm_source=fb&id=2", "link-tracking"),
    ("/tin-tuc/1", ""),
    ("#muc-2", ""),
    ("", ""),
]


@pytest.mark.parametrize(("href", "rule_id"), CASES)
def test_address(href: str, rule_id: str) -> None:
    ids = rule_ids(f'<p>Tin <a href="{href}">xem</a></p>') - {"link-plain-http"}
    assert ids == ({rule_id} if rule_id else set())


@pytest.mark.parametrize(
    ("shown", "href", "expected"),
    [
        ("https://thanhnien.vn/tin", "https://evil.xyz/", True),
        ("thanhnien.vn", "https://thanhnien.vn/a", False),
        ("www.thanhnien.vn", "https://thanhnien.vn/a", False),
        ("youtube.com", "https://youtu.be/a", False),
        ("ke-hoach.pdf", "https://drive.google.com/a", False),
        ("Xem tại đây", "https://evil.xyz/", False),
    ],
)
def test_text_against_target(shown: str, href: str, expected: bool) -> None:
    text = f'<p>Tin <a href="{href}">{shown}</a></p>'
    assert bool(findings_of(text, "link-text-mismatch")) is expected


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("nhà cái uy tín, tài xỉu online", Severity.ERROR),
        ("soi cầu", Severity.WARNING),
        ("Công an triệt phá nhà cái", None),
        ("Lịch thi học kì", None),
    ],
)
def test_betting_words_of_a_link(words: str, severity: Severity | None) -> None:
    found = findings_of(f'<p><a href="https://tin.example.com/">{words}</a></p>', "link-gambling")
    assert [each.severity for each in found] == ([severity] if severity else [])


def test_domain_in_the_text() -> None:
    (finding,) = findings_of("<p>Vào 188bet.pro nhận quà</p>", "link-gambling-mention")
    assert finding.facts["host"] == "188bet.pro"
    (warned,) = findings_of("<p>Công an cảnh báo trang 188bet.pro</p>", "link-gambling-mention")
    assert warned.severity is Severity.INFO


def test_credentials_are_masked() -> None:
    (finding,) = findings_of('<a href="https://quantri01:x@a.com/">a</a>', "link-credentials")
    assert "quantri01" not in str(finding.facts)
    assert finding.rule.masks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xem [điểm](javascript:alert(1))", {"link-script-address"}),
        ("Xem [điểm](data:text/html,x)", {"link-script-address"}),
        ("Xem [điểm](JaVaScRiPt:alert(1))", {"link-script-address"}),
        ('Xem <a href="javascript:alert(1)">điểm</a>', {"markup-script-address"}),
        ("Xem [điểm](https://truong.edu.vn/javascript:1)", set()),
    ],
)
def test_links_that_run_code(text: str, expected: set[str]) -> None:
    assert rule_ids(text) == expected


def test_tracking_suggestion_keeps_the_rest() -> None:
    text = '<a href="https://a.com/p?id=2&amp;fbclid=x&amp;b=3#c">a</a>'
    (finding,) = findings_of(text, "link-tracking")
    assert finding.suggestions[0].text == "https://a.com/p?id=2&b=3#c"


def test_many_domains_in_few_words() -> None:
    links = "".join(f'<a href="https://s{n}.com">x</a> ' for n in range(10))
    assert findings_of(f"<p>{links}</p>", "link-farm")
    assert not findings_of(f"<p>{links}{'chữ ' * 300}</p>", "link-farm")
    assert not findings_of(f"<p>{links.replace('s9.com', 's8.com')}</p>", "link-farm")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.1", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("[::ffff:7f00:1]", "127.0.0.1"),
        ("0300.0250.1.1", "192.168.1.1"),
        ("256.1.1.1", None),
        ("1.2.3.4.5", None),
        ("a.b", None),
    ],
)
def test_loose_addresses(host: str, expected: str | None) -> None:
    found = ip_of(host)
    assert (str(found) if found else None) == expected


def test_addresses_are_read_as_browsers_read_them() -> None:
    assert read_address("https:\\\\a.com\\b").host == "a.com"
    assert read_address(" ht\ntps://A.com.:443/x").host == "a.com"
    assert read_address("//a.com/x").scheme == "https"
    assert read_address("https:a.com").host == "a.com"
    assert read_address("mailto:a@b.vn").host == ""
    assert len(read_address("https://" + "a." * 1000).host) <= 253


@pytest.mark.parametrize(
    ("host", "twin"),
    [("vnеxpress.net", "vnexpress.net"), ("аррӏе.com", "apple.com"), ("học.vn", ""), ("a.b", "")],
)
def test_twins(host: str, twin: str) -> None:
    assert latin_twin(host) == twin
