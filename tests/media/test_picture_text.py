"""Text in pictures: what a table of words means, and what tesseract reads where it is there."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from qc.core.errors import Unavailable
from qc.core.requirement import is_met
from qc.media import picture_text as module
from qc.media._pixels import libraries
from qc.media.picture_text import picture_text
from tests.media._pictures import findings, image, jpeg

HEAD = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"


def table(*lines: str, conf: str = "91.5") -> str:
    """The table that tesseract would give for some lines of text."""
    rows = [
        f"5\t1\t{number}\t1\t1\t{place}\t{20 + 50 * place}\t{40 * number}\t45\t20\t{conf}\t{word}"
        for number, line in enumerate(lines, 1)
        for place, word in enumerate(line.split(), 1)
    ]
    return HEAD + "\n".join(["1\t1\t0\t0\t0\t0\t0\t0\t900\t600\t-1\t", *rows])


def sheet(line: str) -> bytes:
    """A drawn sheet with one line of plain letters."""
    cv2, np = libraries()
    page = np.full((700, 1100), 255, np.uint8)
    cv2.putText(page, line, (90, 160), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 20, 4, cv2.LINE_AA)
    return bytes(cv2.imencode(".png", page)[1])


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Any:
    def given(text: str) -> None:
        monkeypatch.setattr(module, "_languages", lambda: frozenset(("vie",)))
        monkeypatch.setattr(module, "_read", lambda gray, timeout_s: text)

    return given


CASES = [
    (["TUYỆT MẬT"], ["TUYỆT MẬT"]),
    (["TUYỆT MẬT"], ["TUYỆT MẬT"]),
    (["[MẬT]", "Kế hoạch bảo vệ kỳ thi"], ["MẬT"]),
    (["LƯU HÀNH NỘI BỘ."], ["LƯU HÀNH NỘI BỘ"]),
    (["MẬT ONG RỪNG"], []),
    (["Mật", "bí mật đề thi"], []),
    (["© Getty Images"], ["Getty Images"]),
    (["shutterstock", "shutterstock"], ["Shutterstock"]),
    (["Trường Tiểu học Phụng Công"], []),
    ([], []),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_lines(reads: Any, lines: list[str], expected: list[str]) -> None:
    reads(table(*lines))
    found = findings(picture_text, image(jpeg(900, 600)))
    assert [each.facts.get("mark") or each.facts["agency"] for each in found] == expected


def test_doubtful_words_are_left_out_and_boxes_are_px_of_the_file(reads: Any) -> None:
    reads(table("TỐI MẬT", conf="59.9"))
    assert not findings(picture_text, image(jpeg(900, 600)))
    reads(table("TỐI MẬT", conf="60"))
    (found,) = findings(picture_text, image(jpeg(2560, 1700)))
    assert found.box == (140, 80, 190, 40)


def test_no_vietnamese_model_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_languages", lambda: frozenset(("eng",)))
    with pytest.raises(Unavailable, match="no Vietnamese model"):
        findings(picture_text, image(jpeg(900, 600)))


def test_a_reader_that_hangs_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(command: Any, **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(module, "_languages", lambda: frozenset(("vie",)))
    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(Unavailable, match="TimeoutExpired"):
        findings(picture_text, image(jpeg(900, 600)))


def test_off_by_default_and_silent_without_a_picture() -> None:
    assert all(rule.opt_in for rule in picture_text.rules)
    assert not findings(picture_text, image(b"no picture"))


@pytest.mark.skipif(not is_met("program:tesseract"), reason="tesseract is not installed")
def test_a_drawn_watermark_is_read() -> None:
    if "vie" not in module._languages():
        pytest.skip("no Vietnamese model")
    (found,) = findings(picture_text, image(sheet("shutterstock"), "a.png"))
    assert found.facts["agency"] == "Shutterstock"
    assert not findings(picture_text, image(jpeg(900, 600)))
