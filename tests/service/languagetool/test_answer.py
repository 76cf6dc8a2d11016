"""Answers: findings on loose text, as matches with UTF-16 offsets and every field."""

from __future__ import annotations

import itertools
import json
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.policy.load import load_policy
from qc.service.languagetool.answer import answer
from qc.service.languagetool.request import read_request

TODAY = date(2026, 3, 2)
TYPO = "Nhà trường đã bổ xung hai phòng học."


def ask(text: str | None = None, **form: str) -> dict[str, Any]:
    given = {"language": "vi", **form} | ({} if text is None else {"text": text})
    request = read_request(given, max_text=10**6)
    return answer(request, load_policy("co-so"), today=TODAY, lang="vi")


def rule_ids(text: str, **form: str) -> list[str]:
    return [match["rule"]["id"] for match in ask(text, **form)["matches"]]


def matched(text: str, match: dict[str, Any]) -> str:
    """What a client marks: it counts UTF-16 code units."""
    units = text.encode("utf-16-le")
    start, end = match["offset"], match["offset"] + match["length"]
    return units[2 * start : 2 * end].decode("utf-16-le")


TEXTS = [
    ("plain", TYPO, "SPELLING_CONFUSION", "xung"),
    ("behind an emoji", "😀 " + TYPO, "SPELLING_CONFUSION", "xung"),
    ("behind a byte order mark", "\ufeff" + TYPO, "SPELLING_CONFUSION", "xung"),
    ("second paragraph", "Kính gửi.\r\n\r\n" + TYPO, "SPELLING_CONFUSION", "xung"),
    ("decomposed", unicodedata.normalize("NFD", TYPO), "SPELLING_CONFUSION", "xung"),
    ("date", "Họp ngày 30/2/2024.", "FORM_DATE_INVALID", "30/2/2024"),
    ("phone", "Gọi cô An 0912 345 678.", "PRIVACY_PHONE", "0912 345 678"),
    ("spaces", "Hai  dấu cách.", "HYGIENE_DOUBLE_SPACE", "  "),
    ("placeholder", "Tổng số học sinh: xxx em.", "HYGIENE_PLACEHOLDER", "xxx"),
]


@pytest.mark.parametrize(
    ("text", "rule", "words"), [t[1:] for t in TEXTS], ids=[t[0] for t in TEXTS]
)
def test_findings_stand_where_the_client_counts(text: str, rule: str, words: str) -> None:
    found = {match["rule"]["id"]: match for match in ask(text)["matches"]}
    assert matched(text, found[rule]) == words


CLEAN = [
    "",
    " \n ",
    "\0",
    "Nhà trường đã bổ sung hai phòng học.",
    "Please find attached the minutes of our meeting last Monday.",
    "Theo báo Nhân Dân, trường tổ chức ngày hội.",
    "THÔNG BÁO",
    "Thông báo họp cha mẹ học sinh cuối năm học",
]


@pytest.mark.parametrize("text", CLEAN)
def test_a_loose_text_lacks_no_field(text: str) -> None:
    given = ask(text)
    assert given["matches"] == []
    assert given["warnings"] == {"incompleteResults": False}


def test_every_field_is_sent() -> None:
    given = ask(TYPO)
    assert set(given) >= {"software", "warnings", "language", "matches"}
    assert set(given["software"]) >= {"name", "version", "buildDate", "apiVersion", "premium"}
    assert set(given["language"]["detectedLanguage"]) >= {"name", "code", "confidence"}
    (match,) = given["matches"]
    assert set(match) >= {
        "message",
        "shortMessage",
        "replacements",
        "offset",
        "length",
        "context",
        "sentence",
        "type",
        "rule",
        "ignoreForIncompleteSentence",
        "contextForSureMatch",
    }
    assert set(match["rule"]) >= {"id", "description", "issueType", "category"}
    context = match["context"]
    start, end = context["offset"], context["offset"] + context["length"]
    assert context["text"][start:end] == "xung"
    assert match["replacements"] == [{"value": "sung"}]
    assert match["sentence"] == TYPO
    assert match["shortMessage"] == "“xung” nên viết là “sung”."
    assert match["message"].startswith(match["shortMessage"] + " Thay bằng")
    assert "Căn cứ: " in match["message"]
    assert given["sentenceRanges"] == [[0, len(TYPO)]]


def test_the_short_message_is_a_sentence_and_helps_without_a_replacement() -> None:
    (match,) = ask("Tổng số học sinh: xxx em.")["matches"]
    assert match["replacements"] == []
    assert match["shortMessage"].endswith("Thay bằng nội dung thật hoặc xóa.")


def test_personal_data_is_hidden_in_what_is_sent_back() -> None:
    given = ask("Gọi cô An 0912 345 678 để bổ xung hồ sơ.")
    assert "0912 345 678" not in json.dumps(given, ensure_ascii=False)
    assert "091* *** 678" in given["matches"][0]["context"]["text"]


def test_long_context_is_cut_and_both_ways_of_counting_agree() -> None:
    text = "😀" * 60 + " " + TYPO
    match = next(m for m in ask(text)["matches"] if m["rule"]["id"] == "SPELLING_CONFUSION")
    context = match["context"]
    assert context["text"].startswith("…")
    assert matched(context["text"], context) == "xung"
    start, end = context["offset"], context["offset"] + context["length"]
    assert context["text"][start:end] == "xung"


def test_what_would_replace_by_nothing_takes_a_neighbour_along() -> None:
    text = "Nhà tr\u200bường họp."
    match = next(m for m in ask(text)["matches"] if m["rule"]["id"] == "ENCODING_ZERO_WIDTH")
    assert matched(text, match) == "r\u200b"
    assert match["replacements"] == [{"value": "r"}]


def test_overlapping_matches_offer_one_replacement() -> None:
    text = "Đã bổ  xung và tr\u200bường ,có  sử dụng ."
    spans: list[tuple[int, int]] = []
    for match in ask(text)["matches"]:
        if match["replacements"]:
            spans.append((match["offset"], match["offset"] + match["length"]))
    assert spans
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_annotated_text() -> None:
    pieces = [{"markup": "<p>"}, {"text": "Nhà trường đã bổ "}, {"markup": "<b>"}, {"text": "xung"}]
    given = ask(data=json.dumps({"annotation": pieces}))
    (match,) = given["matches"]
    assert matched("".join(p.get("text") or p["markup"] for p in pieces), match) == "xung"
    assert match["replacements"] == [{"value": "sung"}]


def test_a_replacement_never_swallows_markup() -> None:
    pieces = [{"text": "Nhà trường đã bổ xu"}, {"markup": "<b>"}, {"text": "ng hai phòng học."}]
    (match,) = ask(data=json.dumps({"annotation": pieces}))["matches"]
    assert match["length"] == len("xu<b>ng")
    assert match["replacements"] == []


SWITCHES = [
    ("default: no hints", {}, {"SPELLING_CONFUSION", "HYGIENE_DOUBLE_SPACE"}),
    (
        "picky",
        {"level": "picky"},
        {"SPELLING_CONFUSION", "HYGIENE_DOUBLE_SPACE", "FORM_MONEY_UNIT"},
    ),
    ("a hint by name", {"enabledRules": "FORM_MONEY_UNIT"}, {"FORM_MONEY_UNIT"}),
    ("without a rule", {"disabledRules": "SPELLING_CONFUSION"}, {"HYGIENE_DOUBLE_SPACE"}),
    ("without a category", {"disabledCategories": "CONFUSED_WORDS"}, {"HYGIENE_DOUBLE_SPACE"}),
    (
        "a rule of a category that is off",
        {"disabledCategories": "CONFUSED_WORDS", "enabledRules": "SPELLING_CONFUSION"},
        {"SPELLING_CONFUSION"},
    ),
    (
        "only a rule",
        {"enabledOnly": "true", "enabledRules": "SPELLING_CONFUSION"},
        {"SPELLING_CONFUSION"},
    ),
    (
        "only a category",
        {"enabledOnly": "true", "enabledCategories": "TYPOGRAPHY"},
        {"HYGIENE_DOUBLE_SPACE"},
    ),
    (
        "only what nobody knows",
        {"enabledOnly": "true", "enabledRules": "MORFOLOGIK_RULE_EN_US"},
        set(),
    ),
    (
        "a rule for whole articles stays off",
        {"enabledOnly": "true", "enabledRules": "FIELD_TITLE_MISSING"},
        set(),
    ),
]


@pytest.mark.parametrize(
    ("form", "expected"), [s[1:] for s in SWITCHES], ids=[s[0] for s in SWITCHES]
)
def test_switches(form: dict[str, str], expected: set[str]) -> None:
    text = "Nhà trường đã bổ xung  hai phòng, thu 20k tiền nước."
    found = set(rule_ids(text, **form))
    if form.get("enabledOnly") or not form or form.get("level"):
        assert found == expected
    else:
        assert expected <= found
        assert not found & set(form.get("disabledRules", "").split(","))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (TYPO, 0.9, 1.0),
        (unicodedata.normalize("NFD", TYPO), 0.9, 1.0),
        ("The quick brown fox jumps over the lazy dog.", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_the_confidence_of_a_detected_language(text: str, low: float, high: float) -> None:
    confidence = ask(text, language="auto")["language"]["detectedLanguage"]["confidence"]
    assert low <= confidence <= high


def test_a_named_language_is_not_doubted() -> None:
    assert ask("hello")["language"]["detectedLanguage"]["confidence"] == 1.0


WORDS = st.sampled_from(
    "bổ xung|  |😀|tr\u200bường|30/2/2024|0912 345 678|xxx| ,|\n\n|\r\n|lớp| |.|\ufeff|\u0301"
    "|Nhà trường|[|\0|𝒳|</p>".split("|")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_any_text_has_sound_matches(words: list[str]) -> None:
    text = "".join(words)
    taken = 0
    for match in ask(text, level="picky")["matches"]:
        assert match["length"] > 0 or not text.strip()
        written = matched(text, match)
        assert len(written.encode("utf-16-le")) == 2 * match["length"]
        context = match["context"]
        start, end = context["offset"], context["offset"] + context["length"]
        assert len(context["text"][start:end]) == len(written)
        assert match["shortMessage"].endswith((".", "!", "?", "…"))
        assert all(each["value"] for each in match["replacements"])
        if match["replacements"]:
            assert match["offset"] >= taken
            taken = match["offset"] + match["length"]


@pytest.mark.parametrize("sign", [".", "?”", "\n", " ", "a.", "😀", "[", "0", "xxx ", "bổ xung, "])
def test_a_long_text_of_one_sign_is_answered(sign: str) -> None:
    text = (sign * 20_000)[:20_000]
    ranges = ask(text)["sentenceRanges"]
    assert len(ranges) <= len(text)
