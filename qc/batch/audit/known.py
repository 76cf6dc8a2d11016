"""Results of a re-check, for an audit that need not check again what has not changed since."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from qc.batch.audit.observation import Hit, Known, hit_of
from qc.batch.identity import tool_digest
from qc.batch.parts import FINDINGS, POSTS, read_rows
from qc.core.discover import discover
from qc.core.errors import UsageError
from qc.policy.model import Policy

SCHEMA = """
CREATE TABLE result (source TEXT, digest TEXT, state TEXT, verdict TEXT, reason TEXT,
  unchecked TEXT, day TEXT, hits TEXT)
"""
POST_COLUMNS = ("seq", "source", "digest", "state", "verdict", "reason", "unchecked")
FINDING_COLUMNS = ("seq", "rule", "severity", "message", "waived", "facts")
CHECK = re.compile(r"(?:^|; )([a-z0-9-]+): ")


class KnownResults:
    """The results in one or more folders of `qc recheck`, found by the name of a post."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._states = [(folder, _state(folder)) for folder in folders]
        self._db = sqlite3.connect("")  # a temporary file: memory stays flat
        self._checks = {each.id for each in discover()}

    @property
    def policy(self) -> str:
        """The id of the policy of the first folder."""
        return str(self._states[0][1]["policy"]["id"])

    def read(self, policy: Policy, lang: str) -> None:
        """Take in all results. Raises UsageError where they were made in another way."""
        self._db.execute(SCHEMA)
        for folder, state in self._states:
            _refuse_others(folder, state, policy, lang)
            rows = ((*row, state["day"], hits) for row, hits in _rows(folder))
            self._db.executemany("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.execute("CREATE INDEX by_source ON result (source)")
        self._db.commit()

    def of(self, source: str) -> tuple[Known, ...]:
        """What is known of the post with this name; more than one where posts share an id."""
        rows = self._db.execute(
            "SELECT digest, state, verdict, reason, unchecked, day, hits FROM result "
            "WHERE source = ? ORDER BY rowid",
            (source.encode("utf-8", "replace").decode(),),
        )
        return tuple(self._known(*row) for row in rows)

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()

    def _known(self, digest: str | None, state: str, verdict: str, *rest: Any) -> Known:
        reason, unchecked, day, hits = rest
        return Known(
            digest=digest,
            state=state,
            verdict=verdict,
            reason=reason,
            unchecked=tuple(id for id in CHECK.findall(unchecked or "") if id in self._checks),
            day=date.fromisoformat(day),
            hits=tuple(Hit(*each) for each in json.loads(hits)),
        )


def _state(folder: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            "holds no results of qc recheck",
            where=str(folder),
            remedy="Give the folder that --out of qc recheck named.",
            vi="không có kết quả của qc recheck; hãy ghi thư mục --out của lần chạy đó",
        ) from error
    if not state.get("complete"):
        raise UsageError(
            "the run in this folder has not come to its end",
            where=str(folder),
            remedy="Run it again first.",
            vi="lần chạy trong thư mục này chưa xong; hãy chạy lại trước",
        )
    return state


def _refuse_others(folder: Path, state: dict[str, Any], policy: Policy, lang: str) -> None:
    """Raise UsageError where a result here would not be what this audit would find."""
    theirs = state["policy"]
    reasons = (
        (
            state.get("only") or theirs["digest"] != policy.digest,
            f"was checked with policy {theirs['id']} or some of its rules, not with {policy.id}",
            "Run qc recheck with the same --policy and without --only, or give --policy here.",
            f"được xét theo chính sách {theirs['id']} hoặc chỉ vài quy tắc, không phải {policy.id} "
            "như đang có; hãy thêm --policy cho giống, hoặc chạy lại qc recheck không có --only",
        ),
        (
            state["tool"]["digest"] != tool_digest(),
            "was checked by another version of qc",
            "Run qc recheck again.",
            "được xét bằng bản qc khác; hãy chạy lại qc recheck",
        ),
        (
            state["law_date"] is not None,
            "was checked under the law of one day",
            "Run qc recheck without --date.",
            "được xét theo luật của một ngày; hãy chạy lại qc recheck không có --date",
        ),
        (
            state.get("lang") != lang or "day" not in state,
            "is in another language",
            "Use the same --lang.",
            "ở ngôn ngữ khác; hãy dùng cùng --lang",
        ),
    )
    for is_so, what, remedy, vi in reasons:
        if is_so:
            raise UsageError(what, where=str(folder), remedy=remedy, vi=vi)


def _rows(folder: Path) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every post with its findings as JSON, in order."""
    grouped = groupby(read_rows(folder, FINDINGS, FINDING_COLUMNS), key=lambda row: row["seq"])
    seq, found = next(grouped, (None, iter(())))
    for post in read_rows(folder, POSTS, POST_COLUMNS):
        hits: list[tuple[str, ...]] = []
        if post["seq"] == seq:
            hits = [_hit(row) for row in found if row["waived"] is None]
            seq, found = next(grouped, (None, iter(())))
        values = tuple(post[name] for name in POST_COLUMNS[1:])
        yield values, json.dumps(hits, ensure_ascii=False)


def _hit(row: dict[str, Any]) -> tuple[str, ...]:
    facts = json.loads(row["facts"]) if row["facts"] else {}
    hit = hit_of(row["rule"], row["severity"], row["message"], facts)
    return hit.rule, hit.severity, hit.message, hit.about
