"""Posts: rows of databases and feeds as the article JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pytest

from qc.documents._json_schema import schema_text
from qc.documents.load import load
from qc.documents.posts import Post, article_json, post_source, unix_time, written_time

FULL = Post(
    id="7",
    title="Hội khỏe Phù Đổng",
    sapo="Sáng 21/4, hơn 500 học sinh dự hội.",
    body="<p>Sáng nay, trường mở hội.</p>",
    author="Nguyễn Thị Lan",
    category="Tin tức",
    tags=("hội khỏe",),
    published_at=datetime(2024, 4, 21, 9, 0),
    updated_at=date(2024, 4, 22),
    consent_ids=("PDY-1",),
    ai_generated=False,
    document={"number": "15/KH-THHS"},
    images=({"path": "a.jpg", "alt": "Học sinh"}, "b.jpg"),
    url="https://th.example.vn/7",
    status="publish",
)

TIMES: list[tuple[str, Any, str]] = [
    ("a minute", datetime(2024, 4, 21, 9, 5, 59), "2024-04-21T09:05"),
    ("midnight is a date", datetime(2024, 4, 21), "2024-04-21"),
    ("a date", date(2024, 4, 21), "2024-04-21"),
    ("UTC becomes Vietnamese", datetime(2024, 4, 21, 20, 0, tzinfo=UTC), "2024-04-22T03:00"),
]


@pytest.mark.parametrize(("value", "expected"), [t[1:] for t in TIMES], ids=[t[0] for t in TIMES])
def test_written_time(value: datetime | date, expected: str) -> None:
    assert written_time(value) == expected


UNIX: list[tuple[Any, datetime | None]] = [
    (0, None),
    ("0", None),
    (None, None),
    ("x", None),
    (10**30, None),
    (1713664800, datetime(2024, 4, 21, 9, 0)),
    ("1713664800", datetime(2024, 4, 21, 9, 0)),
]


@pytest.mark.parametrize(("seconds", "expected"), UNIX, ids=[str(s) for s, _ in UNIX])
def test_unix_time(seconds: Any, expected: datetime | None) -> None:
    assert unix_time(seconds) == expected


def test_a_post_fits_the_article_schema() -> None:
    data = article_json(FULL)
    jsonschema.validate(data, json.loads(schema_text()))
    assert not {"id", "url", "status", "root"} & data.keys()


def test_a_post_is_read_back_as_it_was() -> None:
    article = load(post_source(FULL, "cổng#7"), date(2026, 1, 2))
    fields = article.fields
    assert article.source == "cổng#7"
    assert (fields.title, fields.author, fields.tags) == (FULL.title, FULL.author, FULL.tags)
    assert fields.published_at == FULL.published_at
    assert article.date == date(2024, 4, 21)
    assert fields.consent_ids == ("PDY-1",)
    assert fields.document.number == "15/KH-THHS"
    assert article.text("body") == "Sáng nay, trường mở hội."
    assert [image.path for image in article.images] == ["a.jpg", "b.jpg"]
    assert not fields.unknown


def test_an_empty_post_gives_only_what_it_has() -> None:
    assert article_json(Post(id="1")) == {}
    assert article_json(Post(id="1", body="")) == {"body": "", "body_format": "html"}
