"""The engine with the shipped data: kinds, spans, suggestions, and what it leaves alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from qc.core.data import data_dir
from qc.text.spelling._mistake import Mistake
from qc.text.spelling._speller import Speller, load_speller


@pytest.fixture(scope="module")
def speller() -> Speller:
    return load_speller(data_dir() / "spelling")


def found(speller: Speller, text: str) -> list[tuple[str, str, str]]:
    mistakes: list[Mistake] = speller.find(text, speller.thresholds["warning"])
    for one in mistakes:
        assert text[one.start : one.end] == one.written
    return [(one.written, one.suggestions[0], one.kind.value) for one in mistakes]


HITS = [
    ("Nhà trường có nhiều lọai hình.", [("lọai", "loại", "misplaced")]),
    ("Công thông tin điện tử của trường.", [("Công", "Cổng", "confusion")]),
    ("về công thông tin điện tử tại sở", [("công", "cổng", "confusion")]),
    ("Hai xã đã sát nhập từ năm 2019.", [("sát", "sáp", "confusion")]),
    ("Bác sĩ chuẩn đoán bệnh.", [("chuẩn", "chẩn", "confusion")]),
    ("Các em học môn tieengs Việt.", [("tieengs", "tiếng", "leftover")]),
    ("Anh ấy ngay lậptức trở về.", [("lậptức", "lập tức", "joined")]),
    ("Các em hocj sinh lớp 5.", [("hocj", "học", "leftover")]),
    ("Các gia1o viên của trường.", [("gia1o", "giáo", "leftover")]),
    ("Thông báo\ntieengs", []),  # beside a line end: nothing to compare with, and no crash
    ("SỬA CHỬA trường học", [("CHỬA", "CHỮA", "confusion")]),
]


@pytest.mark.parametrize(("text", "expected"), HITS, ids=[hit[0][:20] for hit in HITS])
def test_found(speller: Speller, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(speller, text) == expected


QUIET = [
    "",
    " \n",
    "Nhà trường đã xây dựng thành công thông tin tuyển sinh.",
    "Ban biên tập phân công thông tin viên.",
    "Tỉnh Đắk Lắk, dân tộc Ê Đê, khí nitơ và axít.",
    "Xem https://truong.edu.vn/tieengs và gửi về hocj@truong.edu.vn",
    "Thông tư số 37/2020/TT-BGDĐT của Bộ GD&ĐT",
    "Bài hát hòa bình, hoà bình; kỹ năng, kĩ năng.",
]


@pytest.mark.parametrize("text", QUIET)
def test_quiet(speller: Speller, text: str) -> None:
    assert found(speller, text) == []


def test_accepted_words_are_left_alone() -> None:
    text = "Xã đã sát nhập; nhiều lọai hình."
    folder = data_dir() / "spelling"
    assert found(load_speller(folder, frozenset(("sát nhập", "lọai"))), text) == []


def test_decomposed_text_is_found_too(speller: Speller) -> None:
    text = unicodedata.normalize("NFC", "Hai xã sát nhập")
    assert found(speller, text)


def test_long_text_is_the_sum_of_its_parts(speller: Speller) -> None:
    one = "Hai xã đã sát nhập từ năm 2019.\n"
    assert len(found(speller, one * 40)) == 40


def test_a_very_long_text_is_cut_at_line_ends(speller: Speller) -> None:
    text = "Hai xã đã sát nhập từ năm 2019.\n" * 2500
    mistakes = speller.find(text, 0.9)
    assert len(mistakes) == 2500
    assert {text[one.start : one.end] for one in mistakes} == {"sát"}


def test_clean_school_news_gives_no_warning(speller: Speller) -> None:
    path = Path(__file__).with_name("clean_school.txt")
    assert found(speller, path.read_text(encoding="utf-8")) == []
