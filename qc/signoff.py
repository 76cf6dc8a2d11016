"""Sign-off: who approved which content under which policy, in a log that cannot be altered unseen.

Each record holds the hash of the one before it, so that a changed, removed or inserted record
breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from qc.core.errors import QcError, UsageError
from qc.core.outcome import Verdict
from qc.core.record import dataclass, replace
from qc.core.report import Report

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Record:
    """One approval. `digest` is that of the draft and its media, `at` an ISO 8601 time."""

    number: int
    at: str
    approver: str
    role: str
    source: str
    digest: str
    policy: str
    policy_digest: str
    tool: str
    verdict: str
    note: str
    previous: str
    hash: str


class ApprovalLog:
    """An append-only log of approvals, one JSON line each."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def records(self) -> list[Record]:
        """All records. Raises QcError where a record was changed, removed or inserted."""
        if not self.path.exists():
            return []
        found: list[Record] = []
        previous = FIRST
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            record = self._read(line, number)
            if (
                record.previous != previous
                or record.number != number
                or _hash(record) != record.hash
            ):
                raise QcError(
                    f"record {number} does not fit the chain: the log was altered",
                    where=str(self.path),
                    remedy="Restore the log from a backup.",
                    vi=f"bản ghi số {number} không khớp chuỗi: nhật ký đã bị sửa",
                )
            previous = record.hash
            found.append(record)
        return found

    def append(
        self, report: Report, *, at: str, approver: str, role: str, note: str, tool: str
    ) -> Record:
        """Record an approval; it is on disk when this returns."""
        records = self.records()
        record = next_record(
            records[-1] if records else None,
            report,
            at=at,
            approver=approver,
            role=role,
            note=note,
            tool=tool,
        )
        data = _data(record) | {"hash": record.hash}
        line = json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n"
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
        return record

    def evidence(self, source: str) -> bytes:
        """The log as evidence for one draft: its own records whole, of the others the links only.

        Every record can be checked by itself, and the chain can be followed, but what else was
        approved, and by whom, is not told.
        """
        name = Path(source).name
        lines = []
        for record in self.records():
            kept = {"number": record.number, "previous": record.previous, "hash": record.hash}
            shown = _data(record) | kept if record.source == name else kept
            lines.append(json.dumps(shown, ensure_ascii=False, sort_keys=True) + "\n")
        return "".join(lines).encode()

    def last_for(self, source: str) -> Record | None:
        """The last approval of a draft by its file name."""
        name = Path(source).name
        return next((each for each in reversed(self.records()) if each.source == name), None)

    def _read(self, line: str, number: int) -> Record:
        try:
            return Record(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise QcError(
                f"record {number} cannot be read: the log was altered",
                where=str(self.path),
                vi=f"bản ghi số {number} không đọc được: nhật ký đã bị sửa",
            ) from error


def next_record(
    last: Record | None,
    report: Report,
    *,
    at: str,
    approver: str,
    role: str,
    note: str,
    tool: str,
) -> Record:
    """The record of an approval that follows the last one of a chain (None: it is the first)."""
    record = Record(
        number=last.number + 1 if last else 1,
        at=at,
        approver=approver,
        role=role,
        source=Path(report.source).name,
        digest=report.digest,
        policy=report.policy.id,
        policy_digest=report.policy.digest,
        tool=tool,
        verdict=report.verdict.value,
        note=note,
        previous=last.hash if last else FIRST,
        hash="",
    )
    return replace(record, hash=_hash(record))


def person_mark(name: str | None) -> str:
    """A mark by which a person's name can be known again, but not read; empty for no name."""
    return hashlib.sha256(_folded(name).encode()).hexdigest() if name else ""


def refuse(report: Report, *, approver: str, author: str | None, board: tuple[str, ...]) -> None:
    """Raise UsageError where this person may not approve, or this draft may not be approved."""
    name = _folded(approver)
    if len(name) < 2:
        raise UsageError(
            "the approver has no name",
            where=report.source,
            remedy="Write --by with the full name.",
            vi="chưa ghi tên người duyệt; hãy viết họ tên sau --by",
        )
    if author and name == _folded(author):
        raise UsageError(
            "the author may not approve their own article",
            where=report.source,
            vi="người viết không được tự duyệt bài của mình",
        )
    if board and name not in {_folded(each) for each in board}:
        raise UsageError(
            f"{approver} is not on the editorial board of the policy",
            where=report.source,
            vi=f"{approver} không có trong danh sách Ban biên tập của chính sách",
        )
    if report.verdict in (Verdict.BLOCK, Verdict.INCOMPLETE):
        raise UsageError(
            f"the verdict is {report.verdict.value}: it cannot be approved",
            where=report.source,
            remedy="Mend the findings, or waive them with a reason.",
            vi="bài còn lỗi hoặc chưa kiểm tra xong; hãy sửa, hoặc miễn trừ có lý do",
        )


def _data(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in Record.__slots__ if name != "hash"}


def _hash(record: Record) -> str:
    text = json.dumps(_data(record), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _folded(name: str) -> str:
    """A name without case and diacritics: nobody approves their own text by leaving out marks."""
    from unicodedata import combining, normalize

    plain = normalize("NFD", name.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not combining(c)).split())
