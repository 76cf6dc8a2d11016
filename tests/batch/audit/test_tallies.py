"""Links, pictures, silences, levels: the small counts of an audit."""

from __future__ import annotations

from datetime import date

import pytest

from qc.batch.audit.charts import share, spark, trend
from qc.batch.audit.level import LevelTally, level_of_name
from qc.batch.audit.links import LinkTally
from qc.batch.audit.model import Month, PostRef
from qc.batch.audit.observation import SeenPicture
from qc.batch.audit.pictures import PictureTally
from qc.batch.audit.requirements import coverage
from qc.batch.audit.rhythm import gaps

HOST = "https://truong.edu.vn"


@pytest.mark.parametrize(
    ("href", "dead", "unknown"),
    [
        pytest.param("/tin/hai-2.html", 0, 0, id="earlier-or-later-post"),
        pytest.param("/tin/hai-2.html#cuoi", 0, 0, id="fragment"),
        pytest.param("/tin/hai-2.html?a=1", 0, 0, id="query"),
        pytest.param("/tin/khong-co-9.html", 1, 0, id="beside-posts"),
        pytest.param("/tin/", 0, 0, id="section"),
        pytest.param("/tin", 0, 0, id="section-bare"),
        pytest.param("/", 0, 0, id="home"),
        pytest.param("/lien-he/gui.html", 0, 1, id="elsewhere"),
        pytest.param("/tin/ke-hoach.pdf", 0, 0, id="file"),
        pytest.param("/tin/h%E1%BB%99i.html", 1, 0, id="encoded"),
    ],
)
def test_internal_link(href: str, dead: int, unknown: int) -> None:
    links = LinkTally()
    links.add(PostRef("1"), f"{HOST}/tin/mot-1.html", (href,))
    links.add(PostRef("2"), f"{HOST}/tin/hai-2.html", ())
    assert (len(links.dead()), links.unknown()) == (dead, unknown)


def test_links_without_addresses_are_not_judged() -> None:
    links = LinkTally()
    links.add(PostRef("1"), None, ("/tin/x.html",))
    assert not links.judged


LOOK = 0x0F1E2D3C4B5A6978
SPREAD = 1 | 1 << 15 | 1 << 31 | 1 << 63


@pytest.mark.parametrize(
    ("second", "groups"),
    [
        pytest.param(SeenPicture("b.jpg", "A", LOOK), 1, id="same-file"),
        pytest.param(SeenPicture("b.jpg", "B", LOOK ^ 0b1111), 1, id="four-bits"),
        pytest.param(SeenPicture("b.jpg", "B", LOOK ^ SPREAD), 1, id="spread"),
        pytest.param(SeenPicture("b.jpg", "B", LOOK ^ 0b11111), 0, id="five-bits"),
        pytest.param(SeenPicture("b.jpg", "B", None), 0, id="plain"),
    ],
)  # fmt: skip
def test_picture_used_again(second: SeenPicture, groups: int) -> None:
    pictures = PictureTally()
    pictures.add(PostRef("1"), (SeenPicture("a.jpg", "A", LOOK),))
    pictures.add(PostRef("2"), (second,))
    assert len(pictures.repeated()) == groups


def test_picture_twice_in_one_post_counts_once() -> None:
    pictures = PictureTally()
    pictures.add(PostRef("1"), (SeenPicture("a.jpg", "A"), SeenPicture("b.jpg", "A")))
    assert not pictures.repeated()


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        pytest.param(date(2025, 1, 1), date(2025, 2, 1), 0, id="thirty-days"),
        pytest.param(date(2025, 1, 1), date(2025, 2, 2), 1, id="thirty-one-days"),
        pytest.param(date(2025, 5, 31), date(2025, 9, 5), 0, id="summer"),
        pytest.param(date(2025, 5, 10), date(2025, 9, 14), 0, id="summer-with-thirty"),
        pytest.param(date(2025, 5, 10), date(2025, 9, 16), 1, id="summer-with-more"),
    ],
)
def test_gap(first: date, second: date, count: int) -> None:
    assert len(gaps([first, second], coverage(), second)) == count


def test_silence_up_to_now_is_a_gap() -> None:
    (gap,) = gaps([date(2025, 9, 10)], coverage(), date(2025, 12, 1))
    assert (gap.last, gap.next) == ("2025-09-10", None)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Trường Mầm non Hoa Sen", "mam-non"),
        ("TH Hoa Sen", "tieu-hoc"),
        ("Trường THCS Nguyễn Du", "thcs"),
        ("Trường THPT Lê Lợi", "thpt"),
        ("Sở Giáo dục và Đào tạo", "so-gddt"),
        ("Trường Tiểu học và THCS Phụng Công", None),
        ("posts", None),
        ("", None),
    ],
)
def test_level_of_name(name: str, level: str | None) -> None:
    assert level_of_name(name) == level


def test_level_of_titles_needs_a_majority() -> None:
    tally = LevelTally()
    for _ in range(4):
        tally.add("Trường THCS Nguyễn Du đón đoàn")
    assert tally.level() is None
    tally.add("Trường THCS Nguyễn Du khai giảng")
    assert tally.level() == "thcs"
    for _ in range(2):
        tally.add("Trường Tiểu học Hoa Sen")
    assert tally.level() is None


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, 0), (0, 9, 0), (1, 1000, 1), (999, 1000, 99), (9, 9, 100), (1, 2, 50)],
)
def test_share_does_not_round_away(part: int, whole: int, percent: int) -> None:
    assert share(part, whole) == percent


def test_trend_keeps_the_sums() -> None:
    drawn = trend([Month("2025-01", 4, 1, 1), Month("2025-02", 0, 0, 0)])
    assert drawn is not None
    assert [name for name, _, _ in drawn.bars[0].parts] == ["clean", "warning", "error"]
    assert sum(height for _, _, height in drawn.bars[0].parts) == pytest.approx(120 * 4 / drawn.top)
    assert drawn.bars[1].parts == ()
    assert trend([]) is None
    assert spark([]) == ""
