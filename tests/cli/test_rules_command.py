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
