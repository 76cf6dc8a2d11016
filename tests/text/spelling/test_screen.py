"""The compiled screen chooses the pieces; what is found is what the numpy modules find."""

from __future__ import annotations

from pathlib import Path

import pytest

from qc.core.chunks import Kept, find_in_chunks
from qc.core.data import data_dir
from qc.text.spelling._reading import SHIELDED
from qc.text.spelling._screen import SLACK
from qc.text.spelling._speller import Speller, load_speller, read_words
from qc.text.spelling._suspects import find_suspects

SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.md"))
WRONG = (
    "Nhà trường tổ chức nhiều họat động bổ ích cho học xinh.",
    "Các thầy cô đã được bồi dưỡng nghiệp vụ sư phạn, giành nhiều tình cảm cho các em.",
    "Hai trường đã sát nhập; công thông tin điện tử dang hoạt động. Xem bao5 www.truong.edu.vn",
    "Em Beckhm và em Ronaldo đá bóng ở sân vân động Mỹ Đình, ghi bàn thắn quyết định.",
    "",
    "Ừ",
    "1 2 3 - , .",
)


@pytest.fixture(scope="module")
def screened() -> Speller:
    pytest.importorskip("qc.text.spelling._kernel", reason="no C compiler: no kernel")
    return load_speller(data_dir() / "spelling")


@pytest.fixture(scope="module")
def plain(screened: Speller) -> Speller:
    allowed = read_words(data_dir() / "spelling" / "loanwords.txt")
    speller = Speller(screened.table, screened.calibration, screened._confusions, allowed)
    speller.__dict__["_screen"] = None
    return speller


def texts() -> list[str]:
    own = [path.read_text(encoding="utf-8") for path in SAMPLES]
    return [*WRONG, *own, "\n".join([*WRONG, *own])]


@pytest.mark.parametrize("least", [0.02, 0.29, 0.75])
@pytest.mark.parametrize("text", texts(), ids=lambda text: text[:20] or "empty")
def test_the_same_mistakes_with_and_without(
    screened: Speller, plain: Speller, text: str, least: float
) -> None:
    ours, theirs = screened.find(text, least), plain.find(text, least)
    assert [(m.start, m.end, m.suggestions, m.kind) for m in ours] == [
        (m.start, m.end, m.suggestions, m.kind) for m in theirs
    ]
    assert [m.probability for m in ours] == pytest.approx([m.probability for m in theirs], abs=1e-6)


@pytest.mark.parametrize("text", texts(), ids=lambda text: text[:20] or "empty")
def test_the_kernel_agrees_with_numpy_far_within_the_slack(screened: Speller, text: str) -> None:
    reading = screened.read(text)
    extra = screened._strangers.propose(reading)
    assert screened._screen is not None
    assert screened.calibration is not None
    found = screened._screen.find(reading, reading.numbers, extra, 0.0)
    full = find_suspects(screened.table, reading, reading.ids, extra)
    assert [piece for piece, _, _ in found] == full.pieces.tolist()
    assert [best for _, best, _ in found] == full.best.tolist()
    chances = screened.calibration.probability(full.features).tolist()
    assert [chance for _, _, chance in found] == pytest.approx(chances, abs=SLACK / 20)


def test_columns_of_another_length_are_refused(screened: Speller) -> None:
    reading = screened.read("một hai ba")
    reading.asked.pop()
    assert screened._screen is not None
    with pytest.raises(ValueError, match="agree"):
        screened._screen.find(reading, reading.numbers, {}, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "xem http://a.vn/b và lop5a@truong.edu.vn, TT-BGDĐT; 37/2020/TT-BGDĐT 37/2020/TT-BGDĐT",
        "a.vn\u00a0a.vn\n#the a.vnx a.vn",
        "",
        " \n ",
    ],
)
def test_chunks_find_what_the_whole_text_holds(text: str) -> None:
    def spans(chunk: str) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in SHIELDED.finditer(chunk))

    assert find_in_chunks(text, Kept(spans)) == spans(text)
