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
