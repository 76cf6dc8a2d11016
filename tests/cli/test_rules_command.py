"""`qc rules` and `qc rule`: what stands in a file has no spaces at the ends of lines."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [["rules"], ["rule", "spelling-confusion"], ["doctor"]])
def test_a_pipe_gets_no_spaces_at_the_ends_of_lines(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qc", *arguments], check=False, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_rule_says_when_it_is_milder() -> None:
    command = [sys.executable, "-m", "qc", "rule", "privacy-phone", "--lang", "vi"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("privacy-phone  (error)\n")
    assert "Mức: Lỗi khi thông tin là của học sinh, trẻ em; chỉ là cảnh báo" in done.stdout


def test_rules_of_a_whole_portal_are_listed_with_their_basis() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "qc", "rules", "--lang", "vi"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    (line,) = [each for each in listed.stdout.splitlines() if each.startswith("site-gap ")]
    assert line.endswith("(cả cổng: qc audit)")
    command = [sys.executable, "-m", "qc", "rule", "site-section-missing", "--lang", "vi"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("site-section-missing  (error)\n")
    assert "`qc audit` xét mọi bài cùng lúc" in told
    assert "Thông tư số 37/2020/TT-BGDĐT, Điều 9" in told
