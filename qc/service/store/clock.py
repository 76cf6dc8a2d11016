"""The time, as the store writes it: ISO 8601 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """The time, ISO 8601 in UTC with milliseconds."""
    return _text(datetime.now(UTC))


def days_ago(days: int) -> str:
    """The time so many days ago."""
    return _text(datetime.now(UTC) - timedelta(days=days))


def in_days(days: int) -> str:
    """The time in so many days."""
    return _text(datetime.now(UTC) + timedelta(days=days))


def _text(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds")
