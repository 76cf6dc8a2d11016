"""The second look: the context model, the rates of slips, the trees and the judge."""

from __future__ import annotations

import shutil
from array import array
from pathlib import Path

import numpy as np
import pytest

from qc.core.data import data_dir
from qc.text.spelling._calibration import load, save, train
from qc.text.spelling._context import HIDDEN, NEAR, SIDE, SIZE, UNKNOWN, Context, open_context
from qc.text.spelling._counting import Source, stream_of
from qc.text.spelling._ensemble import train as set_up
from qc.text.spelling._judge import GATE, Judge, describe
from qc.text.spelling._slips import Slips, count_slips, rates, slip_of
from qc.text.spelling._speller import Speller, load_speller
from qc.text.spelling._table import open_columns, write_table
from qc.text.spelling._tokens import FOREIGN
from qc.text.spelling._trees import Forest
from qc.text.spelling._trees import train as grow
from scripts.context_model import columns_of, mixed, trained

WRONG = (
    "Các thầy cô đã được bồi dưỡng nghiệp vụ sư phạn, giành nhiều tình cảm cho các em.\n"
    "Em Beckhm và em Ronaldo đá bóng ở sân vân động Mỹ Đình, ghi bàn thắn quyết định."
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return load_speller(data_dir() / "spelling")


@pytest.fixture(scope="module")
def toy(speller: Speller, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random numbers for the shipped table."""
    rng = np.random.default_rng(3)
    words = len(speller.table.vocabulary)
    size = words * (3 * SIZE + 1) + 2 * SIDE * SIZE + 2 * NEAR * SIZE * HIDDEN + HIDDEN * (SIZE + 1)
    columns = dict(columns_of(rng.normal(0, 0.3, size).astype(np.float32), speller.table.unigrams))
    rows = len(speller.table.candidates)
    columns |= {
        name: rng.integers(0, 256, rows).astype(np.uint8)
        for name in ("slip_rate", "pair_rate", "sureness")
    }
    path = tmp_path_factory.mktemp("context") / "context.model"
    write_table(path, columns, {"table": speller.table.digest})
    return path


def test_scores_do_not_depend_on_the_kernel(speller: Speller, toy: Path) -> None:
    pytest.importorskip("qc.text.spelling._kernel", reason="no C compiler: no kernel")
    compiled = Context(open_columns(toy), speller.table)
    plain = Context(open_columns(toy), speller.table, compiled=False)
    words = array("i", speller.read(WRONG * 4).numbers)
    for piece in (0, 5, len(words) // 2, len(words) - 1):
        ours = compiled.scores(words, piece, [6, 700, 11_000])
        assert ours == pytest.approx(plain.scores(words, piece, [6, 700, 11_000]), abs=1e-9)
    with pytest.raises(ValueError, match="range"):
        compiled._model.scores(words, len(words), array("i", [6]))
    with pytest.raises(ValueError, match="range"):
        compiled._model.scores(words, 0, array("i", [70_000]))


def test_what_stands_around_a_word_decides(speller: Speller) -> None:
    context = speller.context
    assert context is not None
    reading = speller.read("Hạt giống và phân bón được phát cho bà con nông dân trồng cấy vụ xuân.")
    words = array("i", reading.numbers)
    piece = reading.surfaces.index("nông")
    right, wrong = (speller.table.index[key] for key in ("nông0", "nong2"))
    scores = context.scores(words, piece, [right, wrong])
    assert scores[0] > scores[1] + 1


def test_a_model_of_another_table_is_refused(speller: Speller, tmp_path: Path) -> None:
    path = tmp_path / "context.model"
    assert open_context(path, speller.table) is None
    write_table(path, {}, {"table": "0"})
    with pytest.raises(ValueError, match="another table"):
        open_context(path, speller.table)


def test_rates_of_pairs_slips_and_unknown_words(speller: Speller) -> None:
    context, index = speller.context, speller.table.index
    assert context is not None
    slip, pair, sure = context.rates(index["dang0"], index["đang0"])
    assert -16 < pair < -5
    assert -16 < slip < -5
    assert -6 < sure < 6
    assert context.rates(FOREIGN, index["đang0"]) == UNKNOWN


def test_slips_are_counted_by_pair_and_by_letters(speller: Speller) -> None:
    assert slip_of("nghi3", "nghi4") == ("", "", "end", "34")
    assert slip_of("sa0", "xa0") == ("s", "x", "start", "")
    assert slip_of("trương2", "trương1") == ("", "", "end", "21")
    found = count_slips(speller, [WRONG + "\n"] * 3)
    index = speller.table.index
    assert found.certain[index["phan5"], index["pham5"]] > 1.5
    of_slip, of_pair, sure = rates(speller.table, Slips(found.certain, {}))
    first, last = speller.table.candidates_of(index["phan5"])
    row = first + speller.table.candidates[first:last].tolist().index(index["pham5"])
    assert of_pair[row] > np.median(of_pair)
    assert of_slip[row] > np.median(of_slip)
    assert sure[row] > 0.5


def test_trees_learn_what_a_line_cannot() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(4000, 4))
    labels = abs(rows[:, 0]) > 1
    forest = grow(rows, labels, seeds=2)
    chances = forest.chances(rows)
    assert chances[labels].mean() > 0.75
    assert chances[~labels].mean() < 0.25
    assert forest.chances(rows[:0]).tolist() == []


def test_what_judges_survives_the_disk(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(900, 3))
    fitted = train(rows.astype(np.float32), rows[:, 0] > 1, units=2, seeds=1)
    fitted.ensemble = set_up(rows, rows[:, 0] > 1)
    path = tmp_path / "c.json"
    save(fitted, path, {"hint": 0.3, "warning": 0.8})
    again = load(path).ensemble
    assert again is not None
    assert np.allclose(again.forest.chances(rows), fitted.ensemble.forest.chances(rows), atol=1e-4)
    assert again.line == fitted.ensemble.line


def test_the_judge_does_not_depend_on_the_kernel(speller: Speller, toy: Path) -> None:
    pytest.importorskip("qc.text.spelling._kernel", reason="no C compiler: no kernel")
    reading = speller.read(WRONG)
    suspects = speller.suspected(reading, GATE)
    assert suspects
    context = Context(open_columns(toy), speller.table)
    rows = np.array(describe(speller.table, context, reading, suspects))
    noise = np.random.default_rng(0).normal(size=(600, rows.shape[1])) + rows[0]
    ensemble = set_up(noise, noise[:, 0] > rows[0, 0])
    ours = Judge(speller.table, context, ensemble).again(reading, suspects)
    theirs = Judge(speller.table, context, ensemble, compiled=False).again(reading, suspects)
    assert [row[:3] for row in ours] == [row[:3] for row in suspects]
    assert [row[3] for row in ours] == pytest.approx([row[3] for row in theirs], abs=1e-9)
    with pytest.raises(ValueError, match="short"):
        Judge(speller.table, context, ensemble)._model.score(array("d", [0.0]))


def test_a_tree_out_of_order_is_refused() -> None:
    kernel = pytest.importorskip("qc.text.spelling._kernel", reason="no C compiler: no kernel")
    columns = Forest.of(
        0.0,
        column=np.zeros((1, 3)),
        border=np.zeros((1, 3)),
        low=np.array([[1, 0, 2]]),
        value=np.zeros((1, 3)),
    ).columns
    with pytest.raises(ValueError, match="order"):
        kernel.Forest(dict(columns), 1, 3, 0.0)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_trainer_writes_a_model_of_the_table(speller: Speller, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("Nhà trường tổ chức lễ khai giảng năm học mới.\n" * 2500, encoding="utf-8")
    stream = stream_of(Source(corpus), speller.table.index)
    columns = dict(trained(speller.table, mixed([(stream, 2)]), 3000))
    words = len(speller.table.vocabulary)
    assert columns["near"].shape == columns["out"].shape == (words, SIZE)
    assert columns["bias"][speller.table.index["giang3"]] > 0
