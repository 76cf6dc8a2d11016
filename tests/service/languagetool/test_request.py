"""Requests: what is asked for, and what is refused in the words of the protocol."""

from __future__ import annotations

import json

import pytest

from qc.service.languagetool.errors import RequestError
from qc.service.languagetool.request import CheckRequest, read_request


def request(**form: str) -> CheckRequest:
    return read_request({"text": "chữ", "language": "vi", **form}, max_text=20)


def test_the_switches_are_read() -> None:
    switches = request(
        enabledRules="SPELLING_HINT, spelling-non-word,",
        disabledRules="HYGIENE_DOUBLE_SPACE",
        disabledCategories="typos,STYLE",
        level="picky",
        preferredVariants="en-US,de-DE",
        motherTongue="vi",
    ).switches
    assert switches.enabled_rules == {"spelling-hint", "spelling-non-word"}
    assert switches.disabled_rules == {"hygiene-double-space"}
    assert switches.disabled_categories == {"TYPOS", "STYLE"}
    assert switches.picky
    assert not switches.enabled_only


@pytest.mark.parametrize(
    ("language", "automatic"),
    [("vi", False), ("vi-VN", False), ("VI_vn", False), ("auto", True)],
)
def test_languages(language: str, automatic: bool) -> None:
    assert request(language=language).automatic is automatic


REFUSED = [
    ("no text", {"language": "vi"}, 400, "Missing 'text' or 'data' parameter"),
    ("both", {"language": "vi", "text": "a", "data": "{}"}, 400, "not both"),
    ("no language", {"text": "a"}, 400, "Missing 'language' parameter"),
    ("another language", {"text": "a", "language": "en-US"}, 400, "'en-US' is not a language code"),
    ("too long", {"text": "a" * 21, "language": "vi"}, 413, "exceeds the limit of 20 characters"),
    ("level", {"text": "a", "language": "vi", "level": "x"}, 400, "'level' must be"),
    (
        "only, without names",
        {"text": "a", "language": "vi", "enabledOnly": "true"},
        400,
        "You must specify enabled rules or categories",
    ),
    (
        "only, with disabled ones",
        {"text": "a", "language": "vi", "enabledOnly": "true", "disabledRules": "A"},
        400,
        "You cannot specify disabled rules or categories",
    ),
]


@pytest.mark.parametrize(
    ("form", "status", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_refusals(form: dict[str, str], status: int, words: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_request(form, max_text=20)
    assert refused.value.status == status
    assert words in refused.value.what
    assert refused.value.vi


def test_exactly_the_limit_is_taken() -> None:
    assert request(text="a" * 20).written.original == "a" * 20


def test_annotated_text_maps_back() -> None:
    pieces = [
        {"markup": "<b>"},
        {"text": "bổ "},
        {"markup": "</b><br>", "interpretAs": "\n"},
        {"text": "xung 😀"},
    ]
    written = read_request(
        {"language": "vi", "data": json.dumps({"annotation": pieces})}, max_text=100
    ).written
    assert written.original == "<b>bổ </b><br>xung 😀"
    assert written.checked == "bổ \nxung 😀"
    start = written.checked.index("xung")
    assert written.span(start, start + 4) == (14, 18)
    assert written.span(0, 2) == (3, 5)
    assert written.span(3, 4) == (6, 14)  # the markup as a whole


def test_plain_data() -> None:
    data = json.dumps({"text": "bổ \ud800xung"})
    written = read_request({"language": "vi", "data": data}, max_text=100).written
    assert written.original == written.checked == "bổ \ufffdxung"


WRONG_DATA = [
    "{",
    "[" * 100_000,
    "[]",
    '"text"',
    "{}",
    '{"annotation": {}}',
    '{"annotation": ["a"]}',
    '{"annotation": [{"text": 1}]}',
    '{"annotation": [{"text": "a", "markup": "b"}]}',
    '{"annotation": [{"interpretAs": "b"}]}',
    '{"annotation": [{"markup": "b", "interpretAs": 3}]}',
    '{"text": "a", "annotation": []}',
]


@pytest.mark.parametrize("data", WRONG_DATA, ids=[each[:30] for each in WRONG_DATA])
def test_wrong_data_is_refused(data: str) -> None:
    with pytest.raises(RequestError, match="data"):
        read_request({"language": "vi", "data": data}, max_text=10**6)
