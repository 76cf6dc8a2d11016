"""Patterns of the owner: found, refused where not linear, the same with and without hyperscan."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qc import check
from qc.core.errors import PolicyError
from qc.core.requirement import is_met
from qc.policy.load import load_policy
from qc.text.terms._linear import LONGEST, refuse_unbounded
from qc.text.terms._scan import HYPERSCAN, Scanner, wide_expression

needs_hyperscan = pytest.mark.skipif(not is_met(HYPERSCAN), reason="needs qc[fast]")
POLICY = """
id: truong
title: {{vi: Trường, en: School}}
extends: co-so
rules:
  term-pattern:
    enabled: on
    options:
      patterns:
        - {{id: ma-noi-bo, regex: '{regex}', note: Mã nội bộ, suggest: (đã lược)}}
"""


def policy(tmp_path: Path, regex: str) -> str:
    path = tmp_path / "truong.yaml"
    path.write_text(POLICY.format(regex=regex), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_pattern_is_found_where_it_stands(tmp_path: Path, form: str) -> None:
    text = unicodedata.normalize("NFC", "Mã số: Mã-0042 và mã-7, MÃ-1234567.")
    draft = tmp_path / "bai.md"
    draft.write_text(unicodedata.normalize(form, text), encoding="utf-8")
    report = check(draft, policy=policy(tmp_path, r"mã-\d{4,8}"))
    found = [each for each in report.findings if each.rule == "term-pattern"]
    assert [each.facts["pattern"] for each in found] == ["ma-noi-bo"] * 2
    assert [each.message.split("”")[0] for each in found] == ["“Mã-0042", "“MÃ-1234567"]
    assert found[0].message.endswith("Mã nội bộ")
    assert found[0].suggestions[0].text == "(đã lược)"


REFUSED = [
    ("an endless repeat", r"\d+", "{1,20}"),
    ("an endless repeat of a group", r"(?:ab)*c", "{1,20}"),
    ("an open range", r"a{3,}", "{1,20}"),
    ("a group said again", r"(a|b)\1", "nhắc lại nhóm"),
    ("nested repeats", r"(?:a{0,20}){0,20}b", "quá nhiều cách khớp"),
    ("the same choice twice", r"(?:a|a){0,30}b", "quá nhiều cách khớp"),
    ("three wide gaps", r"a.{0,100}b.{0,100}c.{0,100}d", "quá nhiều cách khớp"),
    ("nothing at all", r"a{0,3}", "không có chữ nào"),
    ("a place only", r"^", "không có chữ nào"),
    ("a wrong one", r"(a", "viết sai"),
    ("a long one", "a" * (LONGEST + 1), "ký tự"),
]


@pytest.mark.parametrize(("regex", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_not_linear_is_refused_when_the_policy_is_read(
    regex: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(policy(tmp_path, regex))
    assert said in str(caught.value)
    assert "term-pattern" in str(caught.value) or "patterns" in str(caught.value)


@pytest.mark.parametrize(
    "regex",
    [r"HS-\d{4,8}", r"(?<!\d)0\d{9}(?!\d)", r"học (?:phí|bổng) .{0,40}đồng", r"\bA{1,50}\b"],
)
def test_what_is_linear_is_taken(regex: str) -> None:
    refuse_unbounded(regex)


def test_steps_of_what_is_taken_grow_with_the_text_only() -> None:
    """The worst that is taken, on texts that suit it badly: matching is bounded at each place."""
    worst = r"(?:[ab]{0,9}c){1,3}d"
    refuse_unbounded(worst)
    assert not list(Scanner([(worst, 0)], fast=False).find("abababac" * 2000))


LETTERS = "aAkKsSiIđĐưƯ1 ıſ\u212a²½٣é\u200b_-\n"
ATOMS = st.sampled_from(
    (
        *("a", "K", "s", "i", "đ", "Ư", "é", ".", "1", " ", "_", r"\-", r"\b", "(?=a)", "(?<!k)"),
        *(r"\d", r"\w", r"\s", r"\W", "[ak1]", "[^a]", "[a-k]", r"[\w-]"),
        *("(?:a|kđ)", "(?i:s)", "(?-i:A)"),
    )
)
PIECES = st.builds(lambda atom, count: atom + count, ATOMS, st.sampled_from(["", "", "{1,3}"]))
HEADS = st.sampled_from(["", "", "(?i)", "(?a)"])
SOURCES = st.builds(
    lambda head, pieces: head + "".join(pieces), HEADS, st.lists(PIECES, max_size=4)
)


def taken(source: str, flags: int) -> bool:
    try:
        re.compile(source, flags)
        refuse_unbounded(source, flags)
    except (re.error, ValueError):
        return False
    return True


@needs_hyperscan
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(SOURCES, st.sampled_from([0, int(re.IGNORECASE)])), min_size=1, max_size=3),
    st.text(alphabet=LETTERS, max_size=40),
)
def test_hyperscan_and_re_give_the_same(patterns: list[tuple[str, int]], text: str) -> None:
    wanted = [each for each in patterns if taken(*each)]
    assume(wanted)
    assert list(Scanner(wanted).find(text)) == list(Scanner(wanted, fast=False).find(text))


@needs_hyperscan
def test_hyperscan_leaves_out_what_cannot_match() -> None:
    scanner = Scanner([(r"HS-\d{4}", re.IGNORECASE), (r"xyz", 0), (r"mã \w{2,5}", re.IGNORECASE)])
    assert scanner._database is not None
    assert scanner._likely("Bài có hs-2024 trong MÃ SỐ.") == [0, 2]
    assert wide_expression(r"\bxyz(?=1)", 0) == r"\x{78}\x{79}\x{7a}"
