"""Law as dated data: the tables are whole, and look-ups answer for one day."""

from __future__ import annotations

from datetime import date

import pytest

from qc.core.errors import PolicyError
from qc.core.law import (
    act_by_number,
    acts,
    acts_at,
    basis_at,
    members,
    read_day,
    requirement,
    requirements,
)
from qc.core.tables import read_table


def test_every_act_is_well_formed() -> None:
    for act in acts().values():
        assert act.verified in {"T", "S", "U"}, act.id
        assert act.replaced_by is None or act.replaced_by in acts(), act.id
        if act.effective_from and act.effective_to:
            assert act.effective_from.value <= act.effective_to.value, act.id
        if act.replaced_by:
            assert act.effective_to is not None, act.id


def test_no_number_stands_twice() -> None:
    numbers = [act.number for act in acts().values() if act.number]
    assert len(numbers) == len(set(numbers))


def test_every_requirement_is_well_formed() -> None:
    assert len(requirements()) >= 70
    for row in requirements().values():
        assert row.verified in {"T", "S", "U"}, row.id
        assert row.severity in {"B", "E", "W", "I"}, row.id
        assert set(row.scope) <= {"A", "S", "D", "M"}, row.id
        assert row.rule, row.id


@pytest.mark.parametrize(
    ("number", "day", "in_force"),
    [
        ("37/2020/TT-BGDĐT", date(2020, 11, 19), False),
        ("37/2020/TT-BGDĐT", date(2020, 11, 20), True),
        ("36/2017/TT-BGDĐT", date(2024, 7, 18), True),
        ("36/2017/TT-BGDĐT", date(2024, 7, 19), False),
        ("09/2024/TT-BGDĐT", date(2024, 7, 19), True),
    ],
)
def test_in_force(number: str, day: date, in_force: bool) -> None:
    act = act_by_number(number)
    assert act is not None
    assert act.in_force(day) is in_force
    assert (act in acts_at(day)) is in_force


def test_basis_changes_with_the_day() -> None:
    ids = ("13-20", "91-24")
    assert [row.id for row in basis_at(ids, date(2025, 12, 31))] == ["13-20"]
    assert [row.id for row in basis_at(ids, date(2026, 1, 1))] == ["91-24"]


def test_a_group_stands_for_its_rows() -> None:
    assert [row.id for row in members("56-33,36")] == ["56-33", "56-36"]


def test_title_names_act_article_and_trust() -> None:
    assert requirement("37-9.6").title() == "Thông tư số 37/2020/TT-BGDĐT, Điều 9 khoản 6"
    assert requirement("37-9.6").title("en") == "Circular No. 37/2020/TT-BGDĐT, Article 9 clause 6"
    assert requirement("ck-8").title().endswith("(chưa đối chiếu văn bản gốc)")
    assert requirement("house-title").title() == "Quy ước biên tập của cổng, Tiêu đề"


@pytest.mark.parametrize(
    ("id", "limit"), [("91-24", "error"), ("37-10", "warning"), ("ND130", "info")]
)
def test_unread_rows_warn_at_most(id: str, limit: str) -> None:
    assert requirement(id).limit == limit


def test_unknown_ids_are_refused() -> None:
    with pytest.raises(PolicyError, match="no-such"):
        requirement("no-such")


def test_unsure_dates() -> None:
    assert read_day("") is None
    day = read_day("2018-02-12?")
    assert day is not None
    assert (day.value, day.sure) == (date(2018, 2, 12), False)
    with pytest.raises(ValueError, match="2018"):
        read_day("2018")


def test_a_wrong_table_is_refused() -> None:
    with pytest.raises(PolicyError, match="columns"):
        read_table("law/acts.tsv", ("id",))
