"""A head of plain words is read without YAML, and reads the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.documents._front_matter import _read, read_plain

HEADS = [
    "tiêu đề: Hơn 500 học sinh tham gia ngày hội đọc sách\nngày đăng: 22/04/2024\n",
    "tác giả:  Trần Thị Bình  \nsapo: Sáng nay, (21/4); nhà trường tổ chức…\n",
    "a: >-\n  Nhà trường công khai,\n  kết quả: 9,5.\nb: c\n",
    'a: >-\n Một dòng\nb: >-\n   hai dòng\n   dòng "ba"',
    "a: 1.5\nb: 2024-05-06\nc: yes\nd: 0x1F\ne: x - y\na: lần hai",
    "",
]
YAML = [
    "a: b: c\n", "a: # x\n", "a: 'b'\n", "a:\n", "a: null\n", "a: Null\n", "a: b\n  c\n",
    "a: >-\n  b\n   c\n", "a: >-\n  b\n\n  c\n", "a: >-\n  b\n c\n", "a: >-\n  b \n  c\n",
    "a: >-\nb: c\n", "a: >\n  b\n", "a: >-2\n  b\n", "a: >-\n  b\n  # c\n", "a: >-\n\tb\n",
    "- a\n", "a: [b]\n", "a: b #c\n", "a: |\n b\n", "# x\na: b\n", "a: b\r\n", "a: b\u2028c\n",
    "a: b\tc\n", "a :b\n", "1: b\n", "a: -b\n", unicodedata.normalize("NFD", "ă: b\n"),
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_the_same_as_yaml(head: str) -> None:
    fields = read_plain(head, 4)
    assert fields is not None
    assert fields == _read(head, 4)


@pytest.mark.parametrize("head", YAML)
def test_what_takes_yaml_is_left_to_it(head: str) -> None:
    assert read_plain(head, 4) is None


LINES = st.lists(
    st.tuples(
        st.text("abáđ xY9_", min_size=1, max_size=5),
        st.text("abáđ 9.,-:#'\"/(;!?~%&*[]{}|>@`+…“\t", max_size=8),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(LINES)
def test_whatever_is_read_is_what_yaml_reads(lines: list[tuple[str, str]]) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in lines)
    fields = read_plain(head, 4)
    if fields is not None:
        assert fields == _read(head, 4)


FOLDS = st.lists(
    st.tuples(
        st.integers(0, 3), st.text("abáđ 9.,-:#'\"/(;!?~%&*[]{}|>@`+…“\t", min_size=0, max_size=6)
    ),
    max_size=4,
)


@settings(deadline=None)
@given(FOLDS, FOLDS)
def test_whatever_is_folded_is_what_yaml_folds(
    first: list[tuple[int, str]], second: list[tuple[int, str]]
) -> None:
    head = "".join(
        "a: >-\n" + "".join(" " * indent + line + "\n" for indent, line in lines)
        for lines in (first, second)
    )
    fields = read_plain(head, 4)
    if fields is not None:
        assert fields == _read(head, 4)
