"""The checks of terms and injected content: rule, severity and span in whole drafts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from qc.core.report import Report
from qc.core.rule import Draft

HEAD = "# Tin hoạt động của nhà trường\n\n"
JUDGED = [
    pytest.param("Em ấy mắng: đồ chó đẻ.", "term-profanity", "error", "đồ chó đẻ", id="profanity"),
    pytest.param("Em kể: “đồ chó đẻ” là lời nói tục.", "term-profanity", "warning", "đồ chó đẻ",
                 id="quoted"),
    pytest.param("Các bạn rủ nhau tài xỉu.", "term-gambling", "warning", "tài xỉu", id="mention"),
    pytest.param("Công an tuyên truyền phòng, chống tài xỉu.", "term-gambling", "info", "tài xỉu",
                 id="prevention"),
    pytest.param("Các bạn rủ nhau t.à.i x.ỉ.u.", "term-gambling", "error", "t.à.i x.ỉ.u",
                 id="disguised"),
    pytest.param("Sinh viên nhận thi hộ giá rẻ.", "term-fraud", "warning", "nhận thi hộ",
                 id="fraud"),
]  # fmt: skip
CLEAN = [
    "Nhà trường tặng hạt óc chó; sở ban hành quyết định.",
    "Đội tình nguyện dọn vệ sinh, làm tình nguyện viên.",
    "",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "rule", "severity", "shown"), JUDGED)
def test_judged(
    check_draft: Callable[..., Report], form: str, text: str, rule: str, severity: str, shown: str
) -> None:
    draft = unicodedata.normalize(form, HEAD + text)  # type: ignore[arg-type]
    found = [f for f in check_draft(draft).findings if f.rule.startswith("term-")]
    assert [(f.rule, str(f.severity)) for f in found] == [(rule, severity)]
    excerpt = found[0].location.excerpt  # type: ignore[union-attr]
    assert excerpt == unicodedata.normalize(form, shown)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(check_draft: Callable[..., Report], text: str) -> None:
    found = check_draft(HEAD + text).findings
    assert [f.rule for f in found if f.rule.startswith(("term-", "injected-"))] == []


def test_html_inside_a_word(check_draft: Callable[..., Report]) -> None:
    draft = Draft("<h1>Tin</h1><p>Mời các bạn tài x<b>ỉ</b>u nhé.</p>", name="draft.html")
    found = [f for f in check_draft(draft).findings if f.rule == "term-gambling"]
    assert [(str(f.severity), f.facts["evidence"]) for f in found] == [("error", ["markup-inside"])]


def test_bold_words_are_not_a_disguise(check_draft: Callable[..., Report]) -> None:
    draft = Draft("<h1>Tin</h1><p>Mời các bạn <b>tài</b> xỉu &amp; nhé.</p>", name="draft.html")
    found = [f for f in check_draft(draft).findings if f.rule == "term-gambling"]
    assert [str(f.severity) for f in found] == ["warning"]


HIDDEN = "<h1>Tin</h1><p>Bài về ngày hội đọc sách của trường.</p>"
INJECTED = [
    pytest.param("<p style='display:none'>soi kèo nhà cái</p>", id="hidden"),
    pytest.param("<img src='a.jpg' alt='tài xỉu online, nổ hũ'>", id="alt"),
    pytest.param("<p><a href='https://abc888.net'>Nhà cái uy tín</a></p>", id="link"),
    pytest.param("<p>nha cai uy tin soi keo hom nay</p>", id="bare"),
    pytest.param("<p>nổ hũ thần tàitrực tiếp xổ số</p>", id="glued"),
]


@pytest.mark.parametrize("snippet", INJECTED)
def test_injected(check_draft: Callable[..., Report], snippet: str) -> None:
    found = check_draft(Draft(HIDDEN + snippet, name="draft.html")).findings
    rules = [f for f in found if f.rule.startswith("injected-")]
    assert len(rules) == 1
    assert rules[0].facts["terms"]


def test_news_about_gambling_is_not_injected(check_draft: Callable[..., Report]) -> None:
    text = HEAD + "Công an bắt đường dây cá độ bóng đá, lô đề, đánh bạc qua mạng."
    assert [f.rule for f in check_draft(text).findings if f.rule.startswith("injected-")] == []
