"""Which slip explains a written form; the confusion table."""

from __future__ import annotations

import pytest

from qc.core.data import data_dir
from qc.text.spelling import _strangers
from qc.text.spelling._channel import Slip, candidates
from qc.text.spelling._confusions import Confusions, load_confusions, word_key
from qc.text.spelling._speller import load_speller
from qc.text.spelling._strangers import FewForms, forms_of
from qc.text.spelling._table import open_table

SLIPS = [
    ("sưa", 4, "sưa3", Slip.HOOK_TILDE),
    ("hoc", 0, "hoc5", Slip.TONE_DROPPED),
    ("tuơng", 0, "tương0", Slip.MARK),
    ("nghanh", 1, "nganh1", Slip.ONSET),
    ("chung", 0, "trung0", Slip.ONSET),
    ("bac", 2, "bat2", Slip.CODA),
    ("thườnng", 0, "thương1", None),
    ("trươngg", 1, "trương1", Slip.DOUBLED),
    ("truong", 0, "trương1", Slip.MARKS_MISSING),
    ("mui", 1, "muôi1", Slip.RIME),
]


@pytest.mark.parametrize(("toneless", "tone", "meant", "slip"), SLIPS)
def test_slip(toneless: str, tone: int, meant: str, slip: Slip | None) -> None:
    forms = forms_of(["<0>"] * 6 + [meant])
    assert candidates(toneless, tone, forms).get(6) == slip


def entries() -> Confusions:
    return load_confusions(data_dir() / "spelling" / "confusions.tsv")


def test_the_table_is_large_and_each_entry_changes_something() -> None:
    path = data_dir() / "spelling" / "confusions.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    rows = [row for row in rows if not row[0].startswith("#")]
    assert len(rows) >= 600
    wrong = [tuple(map(word_key, row[0].split())) for row in rows]
    right = [tuple(map(word_key, row[1].split())) for row in rows]
    assert not [row for row, one, other in zip(rows, wrong, right, strict=True) if one == other]
    assert len(set(wrong)) == len(wrong)


def test_no_right_phrase_is_itself_reported() -> None:
    table = entries()
    path = data_dir() / "spelling" / "confusions.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            right = line.split("\t")[1]
            assert not list(table.find([word_key(word) for word in right.split()])), right


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("công thông tin", 1),
        ("thành công thông tin", 0),
        ("phân công thông tin", 0),
        ("thái độ bàng quang", 1),
        ("viêm bàng quang", 0),
        ("chẩn đoán", 0),
        ("", 0),
    ],
)
def test_conditions(text: str, hits: int) -> None:
    assert len(list(entries().find([word_key(word) for word in text.split()]))) == hits


def test_a_long_run_of_letters_is_no_foreign_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is one edit away from it would grow with the square of its length."""
    asked: list[str] = []
    monkeypatch.setattr(_strangers, "_one_edit", lambda word: asked.append(word) or set())
    speller = load_speller(data_dir() / "spelling")
    speller.find("Các em học " + "a" * 3000 + " và " + "confederatoins" + " rất vui.")
    assert max(map(len, asked), default=0) <= _strangers.LONGEST_FOREIGN


def test_forms_looked_up_one_by_one_are_the_same() -> None:
    table = open_table(data_dir() / "spelling" / "syllables.table")
    every = forms_of(table.vocabulary)
    few = FewForms(table.index)
    assert {"ky", "quy", "hy"} <= every.keys()
    for form in (*every, "", "x", "yy", "ngg", "<number>"):
        assert few.get(form, ()) == every.get(form, ())


def test_later_words_are_looked_up_among_all_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    table = open_table(data_dir() / "spelling" / "syllables.table")
    words = ["họcc", "trườg", "kỹỹ", "nghiêm", "qúy"]

    def found(few: int) -> list[object]:
        monkeypatch.setattr(_strangers, "FEW", few)
        strangers = _strangers.Strangers(table.index, table.vocabulary)
        return [strangers._near_syllables(word) for word in words]

    assert found(0) == found(2) == found(9)
