"""The form: what real clients send, byte for byte, and what must not break it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.service.languagetool.errors import RequestError
from qc.service.languagetool.form import MOST_FIELDS, parse_form, parse_query

# As sent by LibreOffice 7.4.7.2 (Debian 12): nothing is encoded.
WRITER = "text=Trường 😀 bổ xung & thêm A+B 100% tiền; x=1&language=y nhé.&language=vi-VN"
WRITER_TEXT = "Trường 😀 bổ xung & thêm A+B 100% tiền; x=1&language=y nhé."

BODIES = [
    ("writer", WRITER, {"text": WRITER_TEXT, "language": "vi-VN"}),
    (
        "writer with an account",
        f"{WRITER}&username=user&apiKey=key",
        {"text": WRITER_TEXT, "language": "vi-VN", "username": "user", "apiKey": "key"},
    ),
    ("writer, empty paragraph", "text= &language=vi-VN", {"text": " ", "language": "vi-VN"}),
    (
        "writer, one plain word",
        "text=C++&language=vi-VN",
        {"text": "C  ", "language": "vi-VN"},  # cannot be told from an encoded one: same length
    ),
    (
        "writer, line break inside",
        "text=một\nhai&language=vi-VN",
        {"text": "một\nhai", "language": "vi-VN"},
    ),
    (
        "language-tool-python",
        urlencode({"language": "vi", "text": WRITER_TEXT, "disabledRules": "A_B,C"}),
        {"language": "vi", "text": WRITER_TEXT, "disabledRules": "A_B,C"},
    ),
    (
        "encodeURIComponent of a browser",
        "disabledRules=WHITESPACE_RULE&text="
        + quote(WRITER_TEXT, safe="!~*'()")
        + "&language=auto",
        {"disabledRules": "WHITESPACE_RULE", "text": WRITER_TEXT, "language": "auto"},
    ),
    (
        "curl -d with spaces, text last",
        "language=vi&text=Trường có lớp",
        {"language": "vi", "text": "Trường có lớp"},
    ),
    ("a raw text with a name in it", "text=x y&text=z&language=vi", {"text": "x y&text=z"}),
    ("empty value kept", "text=&language=vi", {"text": "", "language": "vi"}),
    ("nothing", "", {}),
    ("no form at all", "xin chào", {}),
    ("raw JSON", '{"text": "a"}', {}),
]


@pytest.mark.parametrize(("body", "expected"), [b[1:] for b in BODIES], ids=[b[0] for b in BODIES])
def test_what_clients_send(body: str, expected: dict[str, str]) -> None:
    form = parse_form(body.encode())
    assert {name: form[name] for name in expected} == expected
    if not expected:
        assert form == {}


def test_raw_text_keeps_what_looks_encoded() -> None:
    assert parse_form("text=giảm 50%25 giá+thuế&language=vi".encode())["text"] == (
        "giảm 50%25 giá+thuế"
    )


def test_query_is_decoded() -> None:
    assert parse_query("text=b%E1%BB%95+xung&language=vi")["text"] == "bổ xung"


@pytest.mark.parametrize("body", [b"text=\xff\xfe&language=vi", b"text=%FF%FE&language=vi"])
def test_what_is_not_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(RequestError, match="not UTF-8"):
        parse_form(body)


def test_too_many_parameters_are_refused() -> None:
    with pytest.raises(RequestError, match=str(MOST_FIELDS)):
        parse_query("&".join(f"a{n}=1" for n in range(MOST_FIELDS + 1)))


def test_a_million_ampersands_take_linear_time() -> None:
    text = "á " + "&" * 1_000_000
    assert parse_form(f"text={text}&language=vi".encode())["text"] == text


@given(st.binary(max_size=60).map(lambda tail: b"text=" + tail) | st.binary(max_size=60))
def test_any_bytes_are_a_form_or_refused(body: bytes) -> None:
    try:
        form = parse_form(body)
    except RequestError:
        return
    assert all(isinstance(value, str) for value in form.values())
