"""The matcher: every way of writing a term, and everything that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.text._view import fold
from qc.text.terms._matcher import Matcher

WRITTEN = [
    pytest.param("mời soi kèo ở đây", "soi kèo", "exact", id="exact"),
    pytest.param("mời SOI KÈO ở đây", "soi kèo", "exact", id="upper"),
    pytest.param("bọn sOi KèO ở đây", "soi kèo", "exact", id="mixed-case"),
    pytest.param("trang nha cai uy tin day", "nhà cái uy tín", "no-diacritics", id="bare"),
    pytest.param("trang tai xiu day", "tài xỉu", "no-diacritics", id="bare-short"),
    pytest.param("trang tài xiu đây", "tài xỉu", "partial-diacritics", id="partial"),
    pytest.param("đồ l\u200bồn", "lồn", "zero-width", id="zero-width"),
    pytest.param("đồ l\u00adồn", "lồn", "zero-width", id="soft-hyphen"),
    pytest.param("đồ c\u202eặc", "cặc", "zero-width", id="bidi"),
    pytest.param("đồ l.ồ.n", "lồn", "separators", id="dots"),
    pytest.param("đồ l ồ n đó", "lồn", "separators", id="spaces"),
    pytest.param("đồ l_ồ_n", "lồn", "separators", id="underscores"),
    pytest.param("đồ l😀ồn", "lồn", "separators", id="emoji"),
    pytest.param("mời n h à c á i nhé", "nhà cái", "separators", id="spaced-two-syllables"),
    pytest.param("mời s.o.i kèo nhé", "soi kèo", "separators", id="one-syllable-split"),
    pytest.param("mời tài-xỉu nhé", "tài xỉu", "punctuated", id="hyphen"),
    pytest.param("mời tàixỉu nhé", "tài xỉu", "joined", id="joined"),
    pytest.param("trang taixiu day", "tài xỉu", "joined", id="joined-bare"),
    pytest.param("đồ lồồồn", "lồn", "repeated", id="repeated"),
    pytest.param("mời t@i x!u nhé", "tài xỉu", "leet", id="leet-symbols"),
    pytest.param("mời t41 x1u nhé", "tài xỉu", "leet", id="leet-digits"),
    pytest.param("mời tàі хỉu nhé", "tài xỉu", "look-alike", id="cyrillic"),
    pytest.param("mời ｔàｉ ｘỉｕ nhé", "tài xỉu", "look-alike", id="full-width"),
    pytest.param("mời 𝓽à𝓲 𝔁ỉ𝓾 nhé", "tài xỉu", "look-alike", id="mathematical"),
    pytest.param("đồ l*n", "lồn", "masked", id="masked"),
    pytest.param("mời tài x*u nhé", "tài xỉu", "masked", id="masked-second"),
    pytest.param("ddoof loonf", "lồn", "keystrokes", id="telex"),
    pytest.param("d9o62 lo6n2", "lồn", "keystrokes", id="vni"),
    pytest.param("mời ta`i xi?u nhe", "tài xỉu", "keystrokes", id="viqr"),
    pytest.param("đồ kặc", "cặc", "teencode", id="teencode"),
    pytest.param("đi chơi nhái cà không", "nhà cái", "spoonerism", id="spoonerism"),
    pytest.param("thần tàitrực tiếp xổ số", "trực tiếp xổ số", "glued", id="glued"),
]
CLEAN = [
    "các em học sinh, nguồn nước, người nguyện",
    "ban hành quyết định về việc",
    "bản đồ bóng đá châu Âu",
    "đội tình nguyện làm tình nguyện viên",
    "đoàn lên Đồng Nai, lên đồng ruộng",
    "yêu cầu cơ bản, nhu cầu cơ sở",
    "kiểm soát chặt đầu ra, giá cắt cổ, nút thắt cổ chai",
    "gia súc sinh sống, đất nước vui mừng, cần sa thải",
    "số đề tài, số đề án, 10 đề thi",
    "trong nhà cái ti vi đã hỏng",
    "tăng 1.000.000 đồng, cao 2km, dày 1-2mm, CB-CC, 16.000kg",
    "đội bóng khó chơi, anh Vân cho biết, hàng đầu khác",
    "nhà. Cái bàn",
    "Tây Ban Nha cai trị, nhà cai trị",
    "dân tộc Mông, cây cứt lợn, hạt óc chó, bệnh đái tháo đường",
    "",
]


@pytest.mark.parametrize(("text", "term", "evidence"), WRITTEN)
def test_written(article_matcher: Matcher, text: str, term: str, evidence: str) -> None:
    hits = [hit for hit in article_matcher.find(fold(text)) if hit.term.term == term]
    assert hits, [hit.term.term for hit in article_matcher.find(fold(text))]
    assert evidence in {str(each) for each in hits[0].evidence}
    assert not text[hits[0].start].isspace()
    assert not text[hits[0].end - 1].isspace()


@pytest.mark.parametrize("text", CLEAN)
def test_clean(article_matcher: Matcher, text: str) -> None:
    assert [hit.term.term for hit in article_matcher.find(fold(text))] == []


@pytest.mark.parametrize("text", ["mày ngu", "vl thật", "vcl"])
def test_comment_profile_is_stricter(
    article_matcher: Matcher, comment_matcher: Matcher, text: str
) -> None:
    assert comment_matcher.find(fold(text))
    assert not article_matcher.find(fold(text))


@given(st.lists(st.sampled_from(["lồn", "nhà cái", "x", " ", "\u200b", ".", "é", "0", "\n", "𝓽"])))
def test_hits_slice_back(article_matcher: Matcher, pieces: list[str]) -> None:
    text = "".join(pieces)
    for hit in article_matcher.find(fold(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start].strip(" .\n") == text[hit.start]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "a" + "\u0301" * 30_000,
        "lồn " * 10_000,
        "a!" * 20_000,
        "a." * 20_000,
        "\ud800",
    ],
    ids=["letters", "marks", "hits", "bangs", "dots", "surrogate"],
)
def test_hostile(article_matcher: Matcher, text: str) -> None:
    assert len(article_matcher.find(fold(text))) in {0, 10_000}
