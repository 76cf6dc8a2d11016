"""qc law list, show and at."""

from __future__ import annotations

import pytest

from qc.cli.main import main


@pytest.mark.parametrize(
    ("argv", "code", "there", "not_there"),
    [
        (["law", "list"], 0, "TT-37-2020", "không có"),
        (["law", "show", "37-9.6"], 0, "Điều 9 khoản 6", "Điều 10"),
        (["law", "show", "09/2024/TT-BGDĐT"], 0, "ck-7", "ck36"),
        (["law", "show", "56-33,36"], 0, "56-36", "13-20"),
        (["law", "at", "2024-07-18"], 0, "TT-36-2017", "TT-09-2024\tThông"),
        (["law", "at", "2024-07-19"], 0, "TT-09-2024", "TT-36-2017\t"),
    ],
)
def test_law(
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    code: int,
    there: str,
    not_there: str,
) -> None:
    assert main(argv) == code
    out = capsys.readouterr().out
    assert there in out
    assert not_there not in out


@pytest.mark.parametrize("argv", [["law", "show", "khong-co"], ["law", "at", "19/07/2024"]])
def test_wrong_usage(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert main(argv) == 2
    assert "qc:" in capsys.readouterr().err
