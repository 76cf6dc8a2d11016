"""Coverage: each state at its boundary, and a second, plain calculation as oracle."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.batch.archive.model import LEVELS, Order
from qc.batch.archive.stream import SampleArchive
from qc.batch.audit.coverage import Cell, CoverageTally, Seen
from qc.batch.audit.observation import Observation
from qc.batch.audit.requirements import HOUSE, Requirement, coverage, folded
from qc.batch.audit.site import Setting, SiteTally
from qc.core.portal_rules import LATE, MISSING

AS_OF = date(2026, 10, 31)
FINANCE = "Công khai thu chi tài chính năm học {}"
F24 = FINANCE.format("2024-2025")
ADMISSION = "Thông báo tuyển sinh lớp 1 năm học 2025-2026"
BOARD = "Quyết định thành lập Ban biên tập"
CK = "Công khai\ncong-khai"


def tally(
    *posts: tuple[str, str, str], level: str | None = "tieu-hoc", as_of: date = AS_OF
) -> CoverageTally:
    found = CoverageTally(coverage(), level, as_of)
    for number, (day, title, place) in enumerate(posts, 1):
        found.add(Seen(str(number), date.fromisoformat(day), title, place))
    return found


def cell(found: CoverageTally, requirement: str, year: int) -> Cell | None:
    return next((c for c in found.cells() if (c.requirement, c.year) == (requirement, year)), None)


FIRST = ("2022-08-15", "Tin đầu tiên", "Tin tức\ntin-bai")


@pytest.mark.parametrize(
    ("post", "requirement", "year", "state"),
    [
        (("2025-06-30", F24, CK), "disclosure-finance", 2024, "present"),
        (("2025-07-01", F24, CK), "disclosure-finance", 2024, "late"),
        (("2025-09-10", F24, CK), "disclosure-finance", 2024, "late"),
        (("2025-06-20", FINANCE.format("2024 – 2025"), CK), "disclosure-finance", 2024, "present"),
        (("2025-06-20", "Tin khác", CK), "disclosure-finance", 2024, "missing"),
        (("2025-06-20", F24, "Tin tức"), "disclosure-finance", 2024, "present"),
        (("2023-06-20", FINANCE.format("2022-2023"), CK), "disclosure-36-finance", 2022, "present"),
        (("2023-06-20", FINANCE.format("2022-2023"), CK), "disclosure-finance", 2022, "not-asked"),
        (("2025-06-20", F24, CK), "disclosure-36-finance", 2024, "not-asked"),
        (("2026-06-20", "Báo cáo thường niên năm 2025", CK), "annual-report", 2025, "present"),
        (("2026-10-30", "Báo cáo thường niên năm 2025", CK), "annual-report", 2025, "late"),
        (("2026-10-30", "x", CK), "annual-report", 2026, "due"),
        (("2025-05-20", ADMISSION, ""), "admission-notice", 2024, "present"),
        (("2025-08-20", ADMISSION, ""), "admission-notice", 2024, "late"),
        (("2023-01-05", BOARD, ""), "board-decision", 2022, "present"),
        (("2023-01-05", BOARD, ""), "board-decision", 2026, "present"),
        (("2025-01-05", BOARD, ""), "board-decision", 2022, "missing"),
        (("2025-01-05", "Ban biên tập họp", ""), "board-decision", 2024, "missing"),
        (("2025-01-05", "x", ""), "section-contact", 2024, "not-judged"),
        (("2025-01-05", "x", ""), "section-opinion", 2024, "not-judged"),
        (("2025-01-05", "Lấy ý kiến góp ý dự thảo", ""), "section-opinion", 2024, "present"),
        (("2025-01-05", "Trường đón đoàn kiểm tra", "Tin tức"), "section-news", 2024, "present"),
        (("2025-01-05", "Trường đón đoàn kiểm tra", "Thông báo"), "section-news", 2024, "missing"),
    ],
)  # fmt: skip
def test_state(post: tuple[str, str, str], requirement: str, year: int, state: str) -> None:
    found = cell(tally(FIRST, post), requirement, year)
    assert found is not None
    assert found.state == state


def test_nfd_title_is_the_same() -> None:
    import unicodedata

    title = unicodedata.normalize("NFD", FINANCE.format("2024-2025").upper())
    found = cell(tally(FIRST, ("2025-06-20", title, "")), "disclosure-finance", 2024)
    assert found is not None
    assert found.state == "present"


def test_page_is_missing_only_where_the_source_has_pages() -> None:
    without = tally(FIRST)
    assert cell(without, "section-contact", 2024).state == "not-judged"  # type: ignore[union-attr]
    with_pages = tally(FIRST)
    with_pages.add(Seen("p", date(2023, 1, 1), "Nội quy", ""), page=True)
    assert cell(with_pages, "section-contact", 2024).state == "missing"  # type: ignore[union-attr]


def test_unknown_level_judges_nothing_of_one_level() -> None:
    found = tally(FIRST, level=None)
    states = {c.requirement: c.state for c in found.cells() if c.year == 2024}
    assert states["disclosure-results-mn"] == states["annual-report"] == "not-judged"
    assert states["board-decision"] == "missing"


def test_archive_that_begins_later_is_not_judged() -> None:
    found = tally(("2025-07-20", "Tin", "Tin tức"))
    assert cell(found, "annual-report", 2024).state == "not-judged"  # type: ignore[union-attr]
    assert cell(found, "annual-report", 2025).state == "missing"  # type: ignore[union-attr]


def test_a_post_of_the_future_is_not_there() -> None:
    found = tally(FIRST, ("2026-11-01", "Quyết định thành lập Ban biên tập", ""))
    assert cell(found, "board-decision", 2026).state == "missing"  # type: ignore[union-attr]


def test_posts_without_category_leave_the_news_unjudged() -> None:
    found = cell(tally(FIRST, ("2025-01-05", "Trường đón đoàn", "\n")), "section-news", 2024)
    assert (found.state, found.reason) == ("not-judged", "no-category")  # type: ignore[union-attr]


def test_an_undated_post_leaves_what_it_may_be_unjudged() -> None:
    found = tally(FIRST)
    found.add_undated("Báo cáo thường niên năm 2024", "")
    found.add_undated("Quyết định thành lập Ban biên tập", "")
    named, other, board = (
        cell(found, *which)
        for which in (("annual-report", 2024), ("annual-report", 2025), ("board-decision", 2023))
    )
    assert (named.state, named.reason) == ("not-judged", "no-day")  # type: ignore[union-attr]
    assert other.state == "missing"  # type: ignore[union-attr]
    assert (board.state, board.reason) == ("not-judged", "no-day")  # type: ignore[union-attr]


def test_no_posts_no_cells() -> None:
    assert list(tally().cells()) == []


@pytest.mark.parametrize("seed", range(1, 9))
def test_table_of_a_sample_archive_is_exactly_right(seed: int) -> None:
    level = LEVELS[seed % 4]
    lines: list[dict[str, object]] = []
    archive = SampleArchive(Order(160, seed, level, pictures=0), lines.append)
    site = SiteTally("x", "x", Setting(coverage(), AS_OF, level=level))
    for post in archive.posts():
        site.add(
            Observation(
                str(post.id),
                "pass",
                url=post.url,
                day=post.day,
                title=post.title,
                category=post.category,
                kind=post.kind,
                page=post.page,
            )
        )
    portal = site.portal()
    told = {(t["requirement"], t["year"]): t["state"] for t in lines if "requirement" in t}
    seen = {(c.requirement, c.year): c.state for c in portal.cells}
    assert {key: seen[key] for key in told} == told
    rest = {state for key, state in seen.items() if key not in told and "opinion" not in key[0]}
    assert rest <= {"not-asked", "not-judged"}
    planted = [(t["last"], t["next"]) for t in lines if t.get("rule") == "site-gap"]
    assert [(gap.last, gap.next) for gap in portal.gaps] == planted


TITLES = (
    "Công khai thu chi tài chính năm học 2023-2024",
    "Công khai thu chi tài chính năm 2024",
    "Công khai thu chi tài chính",
    "Công khai cam kết chất lượng năm học 2022-2023",
    "Báo cáo thường niên năm 2025",
    "Thông báo tuyển sinh lớp 6 năm học 2024-2025",
    "Quyết định kiện toàn Ban biên tập cổng thông tin",
    "Lấy ý kiến góp ý dự thảo quy chế",
    "Giới thiệu nhà trường",
    "Ngày hội đọc sách",
)
PLACES = ("Công khai\ncong-khai", "Tin tức\ntin-bai", "Văn bản\nvan-ban", "Giới thiệu\n", "\n")
POSTS = st.lists(
    st.tuples(
        st.integers(0, 1800), st.sampled_from(TITLES), st.sampled_from(PLACES), st.booleans()
    ),
    max_size=12,
)


@given(POSTS, st.sampled_from([*LEVELS, "so-gddt", None]), st.integers(0, 1900), st.randoms())
@settings(max_examples=150, deadline=None)
def test_coverage_agrees_with_a_plain_calculation(
    rows: list[tuple[int, str, str, bool]],
    level: str | None,
    until: int,
    dice: random.Random,
) -> None:
    start = date(2021, 9, 1)
    as_of = start + timedelta(until)
    posts = [
        (Seen(f"{n:02}", start + timedelta(day), title, place), page)
        for n, (day, title, place, page) in enumerate(rows)
    ]
    found = CoverageTally(coverage(), level, as_of)
    for post, page in dice.sample(posts, len(posts)):
        found.add(post, page=page)
    cells = {(c.requirement, c.year): c for c in found.cells()}
    there = [post for post, _ in posts if post.day <= as_of]
    if not there:
        assert not cells
        return
    pages = any(page for _, page in posts)
    first = min(post.day for post in there)
    years = range(year_of(first), year_of(as_of) + 1)
    wanted = [r for r in coverage().requirements if level is None or level in r.levels]
    assert set(cells) == {(r.id, year) for r in wanted for year in years}
    for requirement in wanted:
        for year in years:
            state = plain_state(requirement, year, there, (level, pages, first, as_of))
            assert cells[requirement.id, year].state == state, (requirement.id, year)


def year_of(day: date) -> int:
    return day.year - (day < date(day.year, 8, 1))


def plain_state(
    requirement: Requirement,
    year: int,
    posts: list[Seen],
    known: tuple[str | None, bool, date, date],
) -> str:
    """The state by lists and dates alone, as docs/audit.md tells it."""
    level, pages, first, as_of = known
    due = date(year + 1, *requirement.due) if requirement.due else None
    end = date(year + 1, 7, 31)
    if not requirement.asked_on(due or min(end, as_of)):
        return "not-asked"
    matching = [p for p in posts if requirement.matches(folded(p.title), folded(p.place))]
    if requirement.cadence == "standing":
        days = [p.day for p in matching if year_of(p.day) <= year]
    elif requirement.cadence == "yearly":
        days = [p.day for p in matching if plain_year(requirement, p) == year]
    else:
        days = [p.day for p in matching if year_of(p.day) == year]
    if days:
        return "late" if due and min(days) > due else "present"
    if due and as_of <= due:
        return "due"
    one_level = set(requirement.levels) != {*LEVELS, "so-gddt"}
    blind = (
        (level is None and one_level)
        or requirement.cadence == "occasional"
        or (requirement.held == "page" and not pages)
        or (due is not None and first > due)
        or (
            requirement.titles is None
            and any(not p.place.strip() and year_of(p.day) == year for p in posts)
        )
    )
    return "not-judged" if blind else "missing"


def plain_year(requirement: Requirement, post: Seen) -> int:
    words = post.title.split()
    named = words[-1].split("-")[0] if words[-1][:2] == "20" else ""
    own = year_of(post.day)
    return min(int(named) - requirement.names_next, own) if named else own


def test_the_rules_name_the_law_that_the_table_asks_by() -> None:
    asked = {id for each in coverage().requirements for id in (*each.basis, each.due_basis)}
    assert asked - {HOUSE} == set(MISSING.basis) == set(LATE.basis)
