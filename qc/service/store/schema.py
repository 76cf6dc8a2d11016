"""The tables. Times are ISO 8601 in UTC, which sort as text in every database."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("rate_per_minute", Integer, nullable=False),
    Column("checks_per_day", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("revoked_at", String(32)),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(16), nullable=False),
    Column("created_at", String(32), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("author_mark", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),  # the JSON, deflated
    Index("reports_owner", "owner", "created_at"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(16), nullable=False),
    Column("instance", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("request", Text, nullable=False),
    Column("report_id", String(32)),
    Column("error", Text),
    Index("jobs_next", "instance", "state", "created_at"),
)

usage = Table(
    "usage",
    metadata,
    Column("owner", String(16), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("checks", Integer, nullable=False),
)

waivers = Table(
    "waivers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("policy", String(100), nullable=False),  # "" means every policy
    Column("rule", String(100), nullable=False),
    Column("author", String(100), nullable=False),
    Column("role", String(100)),
    Column("reason", Text, nullable=False),
    Column("expires", String(10)),
    Column("source", String(300)),
    Column("text", Text),
    Column("created_at", String(32), nullable=False),
    Column("created_by", String(16), nullable=False),
    Column("ended_at", String(32)),
)

words = Table(
    "words",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("policy", String(100), nullable=False),
    Column("word", String(100), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("created_by", String(16), nullable=False),
    Column("ended_at", String(32)),
)

approvals = Table(
    "approvals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("approver", String(100), nullable=False),
    Column("role", String(100), nullable=False),
    Column("source", String(300), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("policy", String(100), nullable=False),
    Column("policy_digest", String(64), nullable=False),
    Column("tool", String(50), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(16), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
