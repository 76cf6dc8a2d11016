"""Exact repairs: Telex and VNI leftovers, joined words, legacy fonts."""

from __future__ import annotations

import pytest

from qc.text.spelling._repair import legacy_words, split_joined, telex, vni


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tieengs", "tiếng"),
        ("vieetj", "việt"),
        ("nguwowif", "người"),
        ("dduowngf", "đường"),
        ("boss", None),
        ("week", None),
        ("", None),
    ],
)
def test_telex(written: str, meant: str | None) -> None:
    assert telex(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tie61ng", "tiếng"),
        ("na8m", "năm"),
        ("ngu7o7i2", "người"),
        ("d9e6n1", "đến"),
        ("co2", None),
        ("m2", None),
        ("h1n1", None),
    ],
)
def test_vni(written: str, meant: str | None) -> None:
    assert vni(written) == meant


def test_joined_words_need_a_seen_pair() -> None:
    assert split_joined("lậptức", {"lập tức"}.__contains__) == "lập tức"
    assert split_joined("lậptức", lambda _: False) is None
    assert split_joined("củaAndy", lambda _: False) == "của Andy"
    assert split_joined("YouTube", lambda _: True) is None
    assert split_joined("cáccông", {"các công"}.__contains__) == "các công"
    assert split_joined("hãngLuaka", lambda _: False) == "hãng Luaka"
    assert split_joined("générale", lambda _: True) is None  # é alone may be French


def test_legacy_fonts() -> None:
    assert [word for *_, word in legacy_words("hiÖu tr­ëng nhµ tr­êng")][:2] == ["hiệu", "trưởng"]
    assert [word for *_, word in legacy_words("hieäu tröôûng")] == ["hiệu", "trưởng"]
    assert legacy_words("café São Paulo cô giáo") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tieengs", "tiếng"),
        ("hocj", "học"),
        ("hojc", "học"),
        ("nhaf", "nhà"),
        ("truwongwf", "trường"),
        ("trwowngf", "trường"),
        ("namw", "năm"),
        ("ddaays", "đấy"),
        ("buff", None),  # a key typed twice gives back the letter
        ("theme", None),
        ("lama", None),
        ("chef", None),
        ("this", None),
        ("project", None),
    ],
)
def test_telex_keys_anywhere_in_the_word(typed: str, meant: str | None) -> None:
    assert telex(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gia1o", "giáo"), ("ho5c", "học"), ("na8m", "năm"), ("lop5", None), ("h2o", None)],
)
def test_vni_digits(typed: str, meant: str | None) -> None:
    assert vni(typed) == meant
