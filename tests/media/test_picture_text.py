"""Text in pictures: what a table of words means, and what tesseract reads where it is there."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from qc.core.errors import Unavailable
from qc.core.requirement import is_met
from qc.media import picture_text as module
from qc.media._measures.stamps import stamps
from qc.media._pixels import colours_of, libraries, pixels_of
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
    def given(text: str, in_stamps: str = "") -> None:
        def read(gray: Any, timeout_s: float, layout: str = module.SPARSE) -> str:
            return text if layout == module.SPARSE else in_stamps

        monkeypatch.setattr(module, "_languages", lambda: frozenset(("vie",)))
        monkeypatch.setattr(module, "_read", read)

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


def stamped(angle: float = 6, mark: str = "TOI MAT", ink: tuple[int, ...] = (50, 40, 200)) -> Any:
    """Colours (BGR) of a page with a framed stamp askew, on text of the page."""
    cv2, np = libraries()
    page = np.full((900, 640, 3), 250, np.uint8)
    for y in range(60, 860, 40):
        cv2.putText(page, "Thong bao " * 5, (40, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 30, 1)
    stamp = np.full_like(page, 255)
    cv2.putText(stamp, mark, (230, 465), cv2.FONT_HERSHEY_SIMPLEX, 1.4, ink, 3, cv2.LINE_AA)
    cv2.rectangle(stamp, (215, 415), (445, 480), ink, 2)
    turn = cv2.getRotationMatrix2D((320, 450), angle, 1)
    return np.minimum(page, cv2.warpAffine(stamp, turn, (640, 900), borderValue=(255, 255, 255)))


@pytest.mark.parametrize("angle", [-20, 0, 6])
def test_a_stamp_is_cut_out_level_without_its_frame(angle: float) -> None:
    _, np = libraries()
    (stamp,) = stamps(stamped(angle))
    x, y, width, height = stamp.box
    assert x < 230
    assert x + width > 430
    assert y < 425
    assert y + height > 470
    tall, wide = stamp.ink.shape
    assert stamp.gray.shape == (tall, wide)
    rows = np.flatnonzero((stamp.ink[:, wide // 5 : -wide // 5] < 128).any(axis=1))
    assert rows[-1] - rows[0] < 0.75 * tall
    assert abs(rows.mean() - tall / 2) < 0.1 * tall


@pytest.mark.parametrize(
    ("size", "ink"), [(1, (40, 40, 40)), (1, (200, 60, 40)), (0.03, (50, 40, 200))]
)
def test_no_stamp_without_enough_red(size: float, ink: tuple[int, int, int]) -> None:
    cv2, _ = libraries()
    page = stamped(ink=ink)
    assert not list(stamps(cv2.resize(page, None, fx=size, fy=size)))


def test_a_mark_in_red_is_reported_once_with_the_place_of_the_stamp(reads: Any) -> None:
    cv2, _ = libraries()
    data = bytes(cv2.imencode(".jpg", stamped())[1])
    reads("", table("TỐI MẬT", conf="31"))
    (found,) = findings(picture_text, image(data))
    assert found.facts["mark"] == "TỐI MẬT"
    assert found.box is not None
    assert 190 < found.box[0] < 230
    assert not findings(picture_text, image(data), stamp_confidence=40)
    reads(table("TỐI MẬT"), table("TỐI MẬT"))
    assert len(findings(picture_text, image(data))) == 1


def test_without_colours_only_the_gray_picture_is_read(
    reads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "colours_of", lambda image, pixels: None)
    reads(table("MẬT"))
    (found,) = findings(picture_text, image(jpeg(900, 600)))
    assert found.facts["mark"] == "MẬT"


@pytest.mark.parametrize("tag", [1, 6])
def test_colours_lie_on_the_gray_values(tag: int) -> None:
    cv2, np = libraries()
    shown = image(jpeg(2600, 1700, exif={0x0112: tag}))
    pixels = pixels_of(shown)
    assert pixels is not None
    colours = colours_of(shown, pixels)
    assert colours.shape == (*pixels.gray.shape, 3)
    gray = cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY).astype(int)
    assert float(np.abs(gray - pixels.gray).mean()) < 3


@pytest.mark.skipif(not is_met("program:tesseract"), reason="tesseract is not installed")
def test_a_drawn_watermark_is_read() -> None:
    if "vie" not in module._languages():
        pytest.skip("no Vietnamese model")
    (found,) = findings(picture_text, image(sheet("shutterstock"), "a.png"))
    assert found.facts["agency"] == "Shutterstock"
    assert not findings(picture_text, image(jpeg(900, 600)))
