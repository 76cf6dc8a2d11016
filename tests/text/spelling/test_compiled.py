"""The compiled kernel reads and judges as the Python and numpy modules do, whatever it is given."""

from __future__ import annotations

import random
import sys
import unicodedata
from array import array
from pathlib import Path
from typing import Any

import pytest

from qc.core.chunks import Kept, find_in_chunks
from qc.core.data import data_dir
from qc.text.spelling._compiled import load_model
from qc.text.spelling._context import open_context
from qc.text.spelling._reading import SHIELDED, Reading
from qc.text.spelling._speller import CORRECTED, Speller, load_speller, read_words

SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.md"))
WRONG = (
    "Nhà trường tổ chức nhiều họat động bổ ích cho học xinh.",
    "Các thầy cô đã được bồi dưỡng nghiệp vụ sư phạn, giành nhiều tình cảm cho các em.",
    "Hai trường đã sát nhập; công thông tin điện tử dang hoạt động. Xem bao5 www.truong.edu.vn",
    "Em Beckhm và em Ronaldo đá bóng ở sân vân động Mỹ Đình, ghi bàn thắn quyết định.",
    "hiÖu tr­ëng nhµ tr­êng gia1o viên, tie61ng Việt tieengs; lậptức củaAndy lop5",
    "",
    "Ừ",
    "1 2 3 - , .",
)
ODD = (
    "\ud800 trường \udfff\ud800x học",
    "\x00\x01 a\x1cb\x1dc\x1ed\x1fe\x85f\xa0g\u2028h\u2029i\u3000k",
    "m² x₂ ½ ① Ⅷ ٣٤ ৪,৫ 1.234,5 _a_ __ a_b",
    "ﬁ ﬀ ß ẞ İ ı ǅ ǆ Ǆ Σίσυφος ΣΊΣΥΦΟΣ Đặng ĐẶNG đẶNG",
    "𝐓𝐫ườ𝐧𝐠 𠀀𠀁 😀học😀 👨‍👩‍👧 e\u0301\u0302\u0303 \u0301\u0302",
    "học" * 30 + " " + "tr" * 40 + "ường " + "a" * 5000 + " " + "1" * 5000 + "." * 5000,
    "họat\nđộng\r\nnhư\rthế\n\n\n nào\t\v\f?",
    "sát nhập sát\nnhập SÁT NHẬP Sát-nhập sát,nhập",
)


@pytest.fixture(scope="module")
def compiled() -> Speller:
    pytest.importorskip("qc.text.spelling._kernel", reason="no C compiler: no kernel")
    return load_speller(data_dir() / "spelling")


@pytest.fixture(scope="module")
def plain(compiled: Speller) -> Speller:
    allowed = read_words(data_dir() / "spelling" / "loanwords.txt")
    return Speller(
        compiled.table,
        compiled.calibration,
        compiled._confusions,
        allowed,
        context=open_context(
            data_dir() / "spelling" / "context.model", compiled.table, compiled=False
        ),
        compiled=False,
    )


def texts() -> list[str]:
    own = [path.read_text(encoding="utf-8") for path in SAMPLES]
    together = "\n".join([*WRONG, *own])
    return [*WRONG, *ODD, *own, together, unicodedata.normalize("NFD", together)]


def scrambled(seed: int) -> str:
    """Text that nobody writes: words and marks of real text cut, swapped, doubled and mixed."""
    rng = random.Random(seed)
    pieces = " ".join(texts()).split(" ")
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ AZĐ09.,-–/@#&_\n\t\u0301\u200b\xa0\xad"
    words = []
    for _ in range(rng.randrange(1, 300)):
        word = rng.choice(pieces)
        for _ in range(rng.randrange(3)):
            at = rng.randrange(len(word) + 1)
            word = word[:at] + rng.choice(letters) + word[at + rng.randrange(2) :]
        words.append(rng.choice((str.upper, str.title, str.lower, str))(word))
    if rng.random() < 0.3:
        words += [chr(rng.randrange(sys.maxunicode + 1)) for _ in range(50)]
    return rng.choice((" ", " ", "")).join(words)


ALL = [pytest.param(text, id=repr(text[:20])) for text in texts()]
ALL += [pytest.param(scrambled(seed), id=f"seed {seed}") for seed in range(40)]


def columns(reading: Reading) -> list[Any]:
    return [
        *(list(getattr(reading, name)) for name in "starts ends numbers forms".split()),
        *(list(map(bool, column)) for column in (reading.asked, reading.faulty)),
        reading.odd,
        sorted(reading.marks),
        reading.surfaces,
        list(reading.keys),
    ]


@pytest.mark.parametrize("text", ALL)
def test_the_same_reading(compiled: Speller, plain: Speller, text: str) -> None:
    ours, theirs = compiled.read(text), plain.read(text)
    assert columns(ours) == columns(theirs)
    assert columns(compiled.read(text)) == columns(theirs)  # from what was kept
    entries = list(compiled._confusions.find(ours.keys, ours.phrases))
    assert entries == list(plain._confusions.find(theirs.keys))


@pytest.mark.parametrize("text", ALL)
def test_the_same_suspects(compiled: Speller, plain: Speller, text: str) -> None:
    reading = plain.read(text)
    extra = plain._strangers.propose(reading)
    assert compiled._model is not None
    ours = compiled._model.judge(reading, extra, CORRECTED, 0.0)
    theirs, chances = plain.suspects(reading)
    found = zip(theirs.pieces, theirs.best, theirs.second, strict=True)
    assert [row[:3] for row in ours] == [tuple(map(int, row)) for row in found]
    assert [chance for *_, chance in ours] == pytest.approx(chances.tolist(), abs=1e-10)


@pytest.mark.parametrize("least", [0.02, 0.29, 0.75])
@pytest.mark.parametrize("text", ALL)
def test_the_same_mistakes(compiled: Speller, plain: Speller, text: str, least: float) -> None:
    ours, theirs = compiled.find(text, least), plain.find(text, least)
    assert [(m.start, m.end, m.suggestions, m.kind) for m in ours] == [
        (m.start, m.end, m.suggestions, m.kind) for m in theirs
    ]
    assert [m.probability for m in ours] == pytest.approx(
        [m.probability for m in theirs], abs=1e-10
    )


def test_a_long_text_without_the_interpreter_lock(compiled: Speller, plain: Speller) -> None:
    text = "\n".join(texts()[:20])[:50_000]
    assert len(compiled.read(text)) > 2000
    assert [(m.start, m.suggestions) for m in compiled.find(text, 0.3)] == [
        (m.start, m.suggestions) for m in plain.find(text, 0.3)
    ]


def test_more_chunks_than_are_kept(compiled: Speller, plain: Speller) -> None:
    text = " ".join(f"học{chr(0x4E00 + at % 20_000)}{at}" for at in range(40_000))
    ours, theirs = compiled.read(text), plain.read(text)
    assert list(ours.ends) == list(theirs.ends)
    assert list(ours.numbers) == list(theirs.numbers)


def arguments(reading: Reading) -> list[Any]:
    names = "numbers starts ends forms asked faulty".split()
    return [*(getattr(reading, name) for name in names), array("i"), CORRECTED, 0.0]


@pytest.mark.parametrize("column", range(6))
def test_columns_of_another_length_are_refused(compiled: Speller, column: int) -> None:
    given = arguments(compiled.read("một hai ba"))
    given[column] = bytes(given[column])[:-1]
    assert compiled._model is not None
    with pytest.raises(ValueError, match="agree"):
        compiled._model._model.suspects(*given)


@pytest.mark.parametrize(
    "rows",
    [(0, 10**6, 0), (0, -1, 0), (0, 10, 99), (0, 10, -1), (3, 10, 0), (-1, 10, 0), (0, 10)],
)
def test_candidates_that_do_not_exist_are_refused(compiled: Speller, rows: tuple[int, ...]) -> None:
    given = arguments(compiled.read("một hai ba"))
    given[6] = array("i", rows)
    assert compiled._model is not None
    with pytest.raises(ValueError, match="agree"):
        compiled._model._model.suspects(*given)


@pytest.mark.parametrize("number", [-1, 65_536, 2**31 - 1, -(2**31)])
def test_words_that_do_not_exist_are_refused(compiled: Speller, number: int) -> None:
    given = arguments(compiled.read("một hai ba"))
    given[0] = array("i", [10, number, 10])
    assert compiled._model is not None
    with pytest.raises(ValueError, match="agree"):
        compiled._model._model.suspects(*given)


@pytest.mark.parametrize(
    "made",
    [
        None,
        (),
        (b"", b"", b""),
        (b"1", b""),
        (b"", b"1"),
        (array("i", [0, 4, 0, 0, 0, 0]), b""),
        (array("i", [2, 1, 0, 0, 0, 0]), b""),
        (array("i", [-1, 1, 0, 0, 0, 0]), b""),
        (array("i", [0, 1, 0, 0, 0, 70_000]), b""),
        (b"", array("i", [0, 0, 4])),
    ],
)
def test_a_chunk_read_wrongly_is_refused(compiled: Speller, made: Any) -> None:
    from qc.text.spelling._kernel import Reader

    with pytest.raises((TypeError, ValueError)):
        Reader(lambda _: made, b"", True).read("học")


def test_what_goes_wrong_in_a_chunk_is_passed_on(compiled: Speller) -> None:
    from qc.text.spelling._kernel import Reader

    with pytest.raises(ZeroDivisionError):
        Reader(lambda chunk: 1 // 0, b"", True).read("học")  # type: ignore[arg-type, return-value]
    with pytest.raises(TypeError):
        Reader(lambda chunk: (b"", b""), b"", True).read(b"hoc")  # type: ignore[arg-type]


def test_a_table_that_lies_is_refused(compiled: Speller) -> None:
    from qc.text.spelling._kernel import Model

    assert compiled.calibration is not None
    model = load_model(compiled.table, compiled.calibration)
    assert model is not None
    for given in (({}, 10, 1, 1), ({}, 0, 1, 1), ({}, 10, 10**6, 10**6), ({}, -1, -1, -1)):
        with pytest.raises((KeyError, ValueError)):
            Model(*given)


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


def test_more_pairs_of_words_than_are_kept(compiled: Speller, plain: Speller) -> None:
    rng = random.Random(7)
    words = [entry[:-1] for entry in plain.table.vocabulary[10:4000] if entry[-1] == "0"]
    probe = "Các em học sinh đã tham gia ngày hội đọc sách của nhà trừơng."
    expected = [(m.start, m.suggestions, m.kind) for m in plain.find(probe, 0.1)]
    for _ in range(60):
        compiled.find(" ".join(rng.choice(words) for _ in range(900)), 0.5)
        assert [(m.start, m.suggestions, m.kind) for m in compiled.find(probe, 0.1)] == expected


@pytest.mark.parametrize("sign", list(".,;:!?()[]\"'“”‘’…-–/&@#_«»¸©×÷\u0301\u200b\xad1٣"))
def test_words_joined_by_a_sign(compiled: Speller, plain: Speller, sign: str) -> None:
    words = ("www", "trường", "Ô", "hieäu", "tieengs", "vn", "Đ", "sát", "ªn", "5", "12")
    lines = [f"{left}{sign}{right}" for left in words for right in words]
    lines += [f"{sign}{word}{sign}{sign} {word}{sign}" for word in words]
    for line in (*lines, " ".join(lines)):
        assert columns(compiled.read(line)) == columns(plain.read(line))
