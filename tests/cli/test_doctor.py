"""`qc doctor`: what is slow is told too, not only what is missing."""

from __future__ import annotations

import pytest

from qc.cli.doctor import print_doctor
from qc.text.spelling import _compiled


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (True, "✓ compiled kernel: fast spelling check"),
        (False, "– compiled kernel: not built, so the spelling check is much slower"),
    ],
)
def test_the_kernel_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, found: bool, line: str
) -> None:
    monkeypatch.setattr(_compiled, "has_kernel", lambda: found)
    print_doctor("en")
    assert line in [each.strip() for each in capsys.readouterr().out.splitlines()]


def test_a_kernel_of_another_version_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compiled, "VERSION", -1)
    assert not _compiled.has_kernel()
