"""Records: what an archive's post is named, and when it was changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qc.batch.records import as_time, record_of
from qc.documents.posts import Post

TIMES: list[tuple[Any, datetime | None]] = [
    (None, None),
    ("", None),
    ("hôm qua", None),
    (date(2024, 4, 21), datetime(2024, 4, 21)),
    ("2024-04-21", datetime(2024, 4, 21)),
    ("2024-04-21T09:00", datetime(2024, 4, 21, 9)),
    ("2024-04-20T20:00:00Z", datetime(2024, 4, 21, 3)),
    (datetime(2024, 4, 20, 20, tzinfo=UTC), datetime(2024, 4, 21, 3)),
]


@pytest.mark.parametrize(("value", "expected"), TIMES, ids=[str(value) for value, _ in TIMES])
def test_as_time(value: Any, expected: datetime | None) -> None:
    assert as_time(value) == expected


def test_a_record_is_named_after_archive_and_post() -> None:
    record = record_of(Post(id="7", body="Bài", published_at="2024-04-21", url="u"), "tin.jsonl")
    assert (record.id, record.source.name, record.url) == ("7", "tin.jsonl#7", "u")
    assert record.edited == datetime(2024, 4, 21)
