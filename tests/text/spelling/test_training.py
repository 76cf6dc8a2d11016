"""From a small corpus to a table and back; calibration and scoring on a toy set."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from qc.core.data import data_dir
from qc.text.spelling._building import build_table
from qc.text.spelling._calibrating import fit
from qc.text.spelling._calibration import load, save, train
from qc.text.spelling._counting import Source, count, kept_lines
from qc.text.spelling._evaluation import Label, Labelled, read_labelled, score
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._scoring import pair_count
from qc.text.spelling._speller import load_speller
from qc.text.spelling._table import open_table

LINE = "Nhà trường tổ chức lễ khai giảng năm học mới cho các em học sinh.\n"
BARE = "Nha truong to chuc le khai giang nam hoc moi cho cac em hoc sinh.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.txt.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write((LINE * 20 + BARE * 20) * 2)
    return path


def test_lines_without_diacritics_are_dropped(corpus: Path) -> None:
    counts = count([Source(corpus)])
    assert "truong0" not in counts.vocabulary
    assert counts.unigrams[counts.vocabulary.index("hoc5")] == 80
    assert counts.tokens == 40 * 16


def test_weight_and_held_out_lines(corpus: Path) -> None:
    counts = count([Source(corpus, weight=3, held_out=0.5)])
    assert counts.unigrams[counts.vocabulary.index("hoc5")] == 120
    assert sum(1 for _ in kept_lines(Source(corpus, held_out=0.5), held_out=True)) == 40


def test_table_keeps_its_counts(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.table"
    counts = count([Source(corpus)])
    size = build_table(counts, path, {"name": "toy"}, min_pair=2, min_triple=2)
    assert path.stat().st_size == size
    table = open_table(path)
    assert table.vocabulary == counts.vocabulary
    assert table.facts["name"] == "toy"
    left, right = (np.array([table.index[key]]) for key in ("hoc5", "sinh0"))
    assert pair_count(table, left, right)[0] == pytest.approx(40, rel=0.07)
    assert pair_count(table, right, left)[0] == 0


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.table"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="no spelling table"):
        open_table(path)


def test_calibration_learns_and_survives_the_disk(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(40_000, 5)).astype(np.float32)
    labels = rows[:, 0] + rows[:, 1] > 1
    fitted = train(rows, labels, units=4, seeds=2)
    chances = fitted.probability(rows)
    assert chances[labels].mean() > 0.7
    assert chances[~labels].mean() < 0.3
    path = tmp_path / "c.json"
    save(fitted, path, {"hint": 0.3, "warning": 0.8})
    again = load(path)
    assert again.thresholds == {"hint": 0.3, "warning": 0.8}
    assert np.allclose(again.probability(rows), chances, atol=1e-3)


def test_fit_judges_every_document_by_weights_that_did_not_see_it() -> None:
    sentence = "Các em học sinh tham gia lễ khai giãn năm học mới rất vui vẻ. "
    start = sentence.index("giãn")
    label = Label(start, start + 4, ("giảng",))
    documents = [Labelled(sentence, (label,)) for _ in range(4)]
    speller = load_speller(data_dir() / "spelling", calibrated=False)
    fitted = fit(speller, documents, folds=2)
    assert len(fitted.predictions) == 4
    assert set(fitted.thresholds) == {"hint", "warning"}
    assert all(found for found in fitted.predictions)


def test_score_counts_overlaps(tmp_path: Path) -> None:
    row = {
        "text": "Hai xã sát nhập năm 2019 và hoà bình",
        "mistakes": [
            {"text": "sát nhập", "start_offset": "7", "suggest": ["sáp nhập"]},
            {"text": "và", "start_offset": 25, "suggest": ["vả"]},
        ],
    }
    path = tmp_path / "l.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    documents = read_labelled(path)
    found = [
        Mistake(7, 10, "sát", ("sáp",), Kind.CONFUSION, 1.0),
        Mistake(28, 31, "hoà", ("hoa",), Kind.WORD, 0.6),
        Mistake(4, 6, "xã", ("xa",), Kind.WORD, 0.1),
    ]
    result = score(documents, [found], 0.5)
    assert (result.right, result.wrong, result.found, result.labels) == (1, 1, 1, 2)
    assert result.first_right == 1
    assert result.precision == result.recall == result.f1 == 0.5
    assert result.words == 8
    assert result.false_per_1000 == 125
