"""Tokens, reports, jobs, words, waivers, approvals and the audit log, on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from qc.core.errors import QcError, UsageError
from qc.core.outcome import Verdict
from qc.core.report import PolicyIdentity, Report
from qc.service.pool.work import Checked
from qc.service.store import approvals, audit, jobs, overlays
from qc.service.store.engine import Store
from qc.service.store.jobs import Queue
from qc.service.store.reports import find_report, purge_reports, save_report
from qc.service.store.schema import approvals as approvals_table
from qc.service.store.schema import audit as audit_table
from qc.service.store.schema import reports, tokens, waivers, words
from qc.service.store.tokens import (
    NewToken,
    add_token,
    any_token,
    list_tokens,
    principal_of,
    revoke_token,
)

CHECKED = Checked("{“một”}".encode(), "review", "d" * 64, "m" * 64)
QUEUE = Queue(instance="here")
REQUEST = {"name": "bai.md", "policy": "co-so"}


def token(store: Store, **values: Any) -> str:
    with store.write() as connection:
        return add_token(connection, NewToken(name="cổng trường", **values))


def test_a_token_is_known_by_its_secret_only(store: Store) -> None:
    made = token(store, scope="approve", rate_per_minute=5, checks_per_day=7)
    with store.read() as connection:
        principal = principal_of(connection, made)
        assert principal is not None
        assert (principal.scope, principal.rate_per_minute, principal.checks_per_day) == (
            "approve",
            5,
            7,
        )
        for wrong in ("", "qc", made[:-1], made + "x", made.replace("qc_", "xx_"), "qc__", "é_ß_ñ"):
            assert principal_of(connection, wrong) is None


def test_the_secret_is_not_in_the_store(store: Store) -> None:
    secret = token(store).rpartition("_")[2]
    with store.read() as connection:
        held = [
            str(row) for table in (tokens, audit_table) for row in connection.execute(select(table))
        ]
    assert held
    assert not any(secret in each for each in held)


@pytest.mark.parametrize("column", ["revoked_at", "expires_at"])
def test_a_token_that_ended_is_unknown(store: Store, column: str) -> None:
    made = token(store)
    with store.write() as connection:
        connection.execute(update(tokens).values({column: "2020-01-01T00:00:00+00:00"}))
        assert principal_of(connection, made) is None


def test_tokens_are_listed_and_revoked(store: Store) -> None:
    with store.read() as connection:
        assert not any_token(connection)
    made = token(store, days=30)
    with store.write() as connection:
        assert any_token(connection)
        (row,) = list_tokens(connection)
        assert "secret_hash" not in row
        revoke_token(connection, row["id"])
        assert principal_of(connection, made) is None
        assert not any_token(connection)
    with pytest.raises(UsageError), store.write() as connection:
        revoke_token(connection, row["id"])
    with pytest.raises(UsageError), store.write() as connection:
        add_token(connection, NewToken(name="x", scope="root"))


def test_a_report_is_its_owners(store: Store) -> None:
    with store.write() as connection:
        identity = save_report(connection, "a", CHECKED)
        found = find_report(connection, "a", identity)
        assert found is not None
        assert (found.content, found.verdict) == (CHECKED.content, "review")
        assert find_report(connection, "b", identity) is None
        assert find_report(connection, None, identity) is not None


def test_old_reports_go(store: Store) -> None:
    with store.write() as connection:
        old, new = (save_report(connection, "a", CHECKED) for _ in range(2))
        connection.execute(
            update(reports)
            .where(reports.c.id == old)
            .values(created_at="2020-01-01T00:00:00+00:00")
        )
        assert purge_reports(connection, 90) == 1
        assert find_report(connection, None, new) is not None


def test_a_job_goes_from_queued_to_done(store: Store) -> None:
    with store.write() as connection:
        for each in ("j1", "j2"):
            QUEUE.add(connection, each, "a", REQUEST)
        assert QUEUE.waiting(connection) == 2
        job = QUEUE.claim(connection)
        assert job is not None
        assert (job.id, job.state, job.request) == ("j1", jobs.RUNNING, REQUEST)
        report = save_report(connection, "a", CHECKED)
        jobs.finish(connection, "j1", report, (3, 3))
        done = jobs.find_job(connection, "a", "j1")
        assert done is not None
        assert (done.state, done.report_id, done.done) == (jobs.DONE, report, 3)
        assert jobs.find_job(connection, "b", "j1") is None
        assert QUEUE.open_ids(connection) == {"j2"}


def test_jobs_of_another_folder_are_left_alone(store: Store) -> None:
    with store.write() as connection:
        Queue(instance="there").add(connection, "j1", "a", REQUEST)
        assert QUEUE.claim(connection) is None
        assert QUEUE.waiting(connection) == 0


def test_running_jobs_wait_again_after_the_end_of_a_server(store: Store) -> None:
    with store.write() as connection:
        QUEUE.add(connection, "j1", "a", REQUEST)
        for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
            job = QUEUE.claim(connection)
            assert job is not None
            assert job.attempts == attempt
            QUEUE.requeue(connection)
        failed = jobs.find_job(connection, "a", "j1")
        assert failed is not None
        assert failed.state == jobs.FAILED
        assert failed.error is not None


def test_a_job_put_back_has_not_been_tried(store: Store) -> None:
    with store.write() as connection:
        QUEUE.add(connection, "j1", "a", REQUEST)
        QUEUE.claim(connection)
        jobs.put_back(connection, "j1")
        job = jobs.find_job(connection, "a", "j1")
        assert job is not None
        assert (job.state, job.attempts) == (jobs.QUEUED, 0)


def test_a_cancelled_job_stays_cancelled(store: Store) -> None:
    with store.write() as connection:
        QUEUE.add(connection, "j1", "a", REQUEST)
        QUEUE.claim(connection)
        assert jobs.cancel(connection, "j1")
        jobs.finish(connection, "j1", "r", (1, 1))
        job = jobs.find_job(connection, "a", "j1")
        assert job is not None
        assert (job.state, job.report_id) == (jobs.CANCELLED, None)
        assert not jobs.cancel(connection, "j1")


def test_words_and_waivers_make_the_overlay(store: Store) -> None:
    waiver = {"rule": "image-too-small", "author": "Lê Văn Cường", "reason": "Ảnh tư liệu"}
    with store.write() as connection:
        assert overlays.overlay_of(connection, "co-so") == ""
        everywhere = overlays.add_word(connection, "a", "", "Hoa Sen")
        assert overlays.add_word(connection, "a", "", "Hoa Sen") == everywhere
        overlays.add_word(connection, "a", "thcs", "robotics")
        overlays.add_waiver(connection, "a", "co-so", waiver)
        overlay = json.loads(overlays.overlay_of(connection, "co-so"))
        assert overlay["words"] == ["Hoa Sen"]
        assert [each["rule"] for each in overlay["waivers"]] == ["image-too-small"]
        assert json.loads(overlays.overlay_of(connection, "thcs"))["words"] == [
            "Hoa Sen",
            "robotics",
        ]
        assert overlays.end(connection, words, "a", everywhere)
        assert not overlays.end(connection, words, "a", everywhere)
        (row,) = overlays.entries(connection, waivers)
        assert row["author"] == "Lê Văn Cường"
        actions = [each["action"] for each in audit.entries(connection, before=None, limit=9)]
    assert actions == ["word-ended", "waiver-added", "word-added", "word-added"]


def test_words_are_kept_in_one_form(store: Store) -> None:
    with store.write() as connection:
        composed = overlays.add_word(connection, "a", "", "Hòa")
        assert overlays.add_word(connection, "a", "", "Ho\u0300a ") == composed


def report(digest: str = "d" * 64) -> Report:
    return Report(
        source="bai.md",
        digest=digest,
        verdict=Verdict.PASS,
        policy=PolicyIdentity(id="co-so", digest="p" * 64),
    )


def approve(connection: Any, approver: str = "Lê Văn Cường") -> None:
    said = {"approver": approver, "role": "Hiệu trưởng", "note": "", "tool": "qc"}
    approvals.approve(connection, report(), **said)


def test_approvals_are_a_chain(store: Store) -> None:
    with store.write() as connection:
        for name in ("Lê Văn Cường", "Đỗ Thị Mai"):
            approve(connection, name)
        assert approvals.verify(connection) == 2
        found = approvals.approvals_of(connection, "d" * 64)
        assert [each["approver"] for each in found] == ["Lê Văn Cường", "Đỗ Thị Mai"]


@pytest.mark.parametrize("change", ["alter", "remove"])
def test_a_changed_log_is_noticed(store: Store, change: str) -> None:
    with store.write() as connection:
        for number in range(3):
            approve(connection)
            audit.record(connection, "a", "word-added", str(number), {})
        for table, column in ((approvals_table, "approver"), (audit_table, "actor")):
            here = table.c.number == 2
            if change == "alter":
                connection.execute(update(table).where(here).values({column: "x"}))
            else:
                connection.execute(table.delete().where(here))
        for log in (approvals, audit):
            with pytest.raises(QcError):
                log.verify(connection)
