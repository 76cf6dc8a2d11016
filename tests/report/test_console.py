"""The console report: what a file gets, and that a terminal gets the same words."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest

from qc.core.report import Report
from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.load import load_policy
from qc.report.console import print_report, print_reports

DRAFT = """---
tiêu đề: Nhà trường bổ xung sách cho thư viện trường học phục vụ các em học sinh trong năm học mới
tác giả: Trần Thị Bình
---

Thầy Nguyễn Văn An cho biết, nhà trường bổ xung thêm sách. TODO viết tiếp.
"""


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def report() -> Report:
    source = Source("bài.md", data=DRAFT.encode(), format="markdown")
    return inspect(source, load_policy("co-so"), today=date(2026, 11, 25))


def test_lines_of_a_file_are_short_and_end_with_a_word(report: Report) -> None:
    stream = StringIO()
    print_report(report, stream, "vi")
    lines = stream.getvalue().split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert max(map(len, lines)) <= 100
    assert "\x1b" not in stream.getvalue()


def test_a_terminal_gets_the_same_words(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    plain, terminal = StringIO(), Terminal()
    print_reports([report, report], plain, "vi")
    print_reports([report, report], terminal, "vi")
    assert terminal.getvalue().split() == plain.getvalue().split()


def test_the_fix_comes_before_the_basis_which_is_one_line(report: Report) -> None:
    stream = StringIO()
    print_report(report, stream, "vi")
    for part in stream.getvalue().split("[")[1:]:
        assert part.count("Căn cứ:") <= 1
        if "Căn cứ:" in part:
            assert part.index("Cách sửa:") < part.index("Căn cứ:")


def test_a_pipe_does_not_load_rich(report: Report) -> None:
    import subprocess
    import sys

    code = (
        "import sys; sys.argv = ['qc']; from qc.cli.main import main; "
        "main(['check', 'samples/sach-ngay-hoi-doc-sach.md']); print('rich' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split()[-1] == "False"
