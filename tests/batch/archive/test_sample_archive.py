"""The sample archive: the same for the same order, clean where it says so, its defects found."""

from __future__ import annotations

import json
import random
import sqlite3
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc.batch.archive.calendar import Entry, calendar_of
from qc.batch.archive.defects import Maker, on_text
from qc.batch.archive.jsonl import post_of
from qc.batch.archive.model import LEVELS, Order, SamplePost, school_year
from qc.batch.archive.stream import SampleArchive
from qc.batch.archive.write import write_archive
from qc.batch.archive.writing import school_of, write_post
from qc.core.errors import UsageError
from qc.core.report import Report
from qc.core.rule import Severity
from qc.documents.posts import post_source
from qc.pipeline import inspect
from qc.policy.load import load_policy
from qc.policy.model import Policy

TODAY = date(2026, 11, 24)


def checked(post: SamplePost, policy: Policy, root: Path | None = None) -> Report:
    return inspect(post_source(post_of(post, root)), policy, today=TODAY)


def told(order: Order) -> tuple[list[SamplePost], list[dict[str, Any]]]:
    lines: list[dict[str, Any]] = []
    return list(SampleArchive(order, lines.append).posts()), lines


def excerpts(report: Report, rule: str) -> Iterator[str]:
    for finding in report.findings:
        if finding.rule == rule:
            yield getattr(finding.location, "excerpt", "") or ""


@pytest.mark.parametrize("level", LEVELS)
def test_clean_posts_raise_nothing_and_defects_are_found(level: str, tmp_path: Path) -> None:
    order = Order(130, LEVELS.index(level) + 1, level, defects=0.4, pictures=4)
    write_archive(order, tmp_path / "a")
    truth = [json.loads(line) for line in (tmp_path / "a/truth.jsonl").read_text().splitlines()]
    planted = {line["post"]: line for line in truth if line["post"]}
    assert len(planted) > 20
    posts, _ = told(order)
    policy = load_policy("co-so")
    for post in posts:
        report = checked(post, policy, tmp_path / "a")
        loud = {each.rule for each in report.findings if each.severity is not Severity.INFO}
        line = planted.get(str(post.id))
        allowed = {line["rule"], *line["also"]} if line else set()
        assert loud <= allowed, (post.title, loud - allowed)
        assert not report.unchecked
        if line and not line["rule"].startswith("site-"):
            found = list(excerpts(report, line["rule"]))
            assert found, line
            assert any(line["text"] in each or each in line["text"] for each in found)


@pytest.mark.parametrize("maker", on_text())
def test_every_kind_of_defect_is_found_where_it_fits(maker: Maker, policy: Policy) -> None:
    order = Order(200)
    school = school_of(order)
    tried = 0
    for index, day in enumerate((date(2023, 3, 7), date(2026, 4, 8))):
        for topic in ("news", "document"):
            post = write_post(order, school, 900 + index, Entry(day, topic, school_year(day)))
            post.pictures, post.attachments = [], []
            planted = maker(post, random.Random(index), school)
            if planted is None or planted.rule.startswith("site-"):
                tried += planted is not None
                continue
            tried += 1
            found = list(excerpts(checked(post, policy), planted.rule))
            assert found, (planted, topic, post.body)
    assert tried


def test_same_order_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_archive(Order(150, seed=5, pictures=3), tmp_path / name)
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in files(tmp_path / "a")}
    again = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in files(tmp_path / "b")}
    assert first == again
    write_archive(Order(150, seed=6, pictures=3), tmp_path / "c")
    assert (tmp_path / "c/posts.jsonl").read_bytes() != first[Path("posts.jsonl")]


def files(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.rglob("*")) if each.is_file()]


@given(st.integers(0, 10**6), st.integers(150, 400), st.sampled_from(LEVELS), st.integers(1, 8))
@settings(max_examples=25, deadline=None)
def test_calendar(seed: int, count: int, level: str, years: int) -> None:
    order = Order(count, seed=seed, level=level, years=years)
    calendar = calendar_of(order)
    entries = list(calendar.entries())
    assert len(entries) == count
    assert [e.day for e in entries] == sorted(e.day for e in entries)
    assert all(date(order.first_year, 8, 15) <= e.day <= order.until for e in entries)
    first, last = calendar.gap
    fixed = {(e.day, e.topic) for e in calendar.fixed}
    assert not [e for e in entries if first <= e.day <= last and (e.day, e.topic) not in fixed]
    posted = {(e.topic, e.year) for e in calendar.fixed}
    for (topic, year), state in calendar.states.items():
        if state in ("missing", "due") and topic.startswith(("disclosure", "annual", "admission")):
            assert (topic, year) not in posted


def test_memory_does_not_grow_with_the_archive() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            for _ in SampleArchive(Order(count, pictures=0), lambda line: None).posts():
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(200)  # templates are loaded once
    assert peak(2000) < 1.3 * peak(300) + 100_000


def test_too_few_posts_are_refused() -> None:
    with pytest.raises(UsageError, match="too few"):
        calendar_of(Order(60, years=5))


def test_full_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        write_archive(Order(150), tmp_path)


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such format"):
        write_archive(Order(150), tmp_path / "a", "docx")


@pytest.mark.parametrize(
    ("format", "table", "count"),
    [
        pytest.param("wordpress", "wp_posts WHERE post_type IN ('post', 'page')", 150, id="wp"),
        pytest.param("wordpress", "wp_postmeta WHERE meta_key = '_thumbnail_id'", 3, id="wp-media"),
        pytest.param("nukeviet", "nv4_vi_news_rows", 150, id="nukeviet"),
        pytest.param("nukeviet", "nv4_vi_news_detail", 150, id="nukeviet-detail"),
    ],
)
def test_databases_hold_every_post(tmp_path: Path, format: str, table: str, count: int) -> None:
    written = write_archive(Order(150, pictures=4), tmp_path / "a", format)
    path = written.target.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)


def test_full_database_is_refused(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'x.sqlite'}"
    write_archive(Order(150, pictures=0), tmp_path / "a", "wordpress", address)
    with pytest.raises(UsageError, match="already"):
        write_archive(Order(150, pictures=0), tmp_path / "b", "wordpress", address)
