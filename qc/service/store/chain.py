"""Hash chains: each record holds the hash of the one before, so that a change is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from qc.core.errors import QcError

FIRST = "0" * 64


def hash_of(record: Mapping[str, Any]) -> str:
    """The hash of a record without its own."""
    plain = {key: value for key, value in record.items() if key != "hash"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def verify_chain(records: Iterable[Mapping[str, Any]]) -> int:
    """How many records there are. Raises QcError at the first that was changed or removed."""
    previous, count = FIRST, 0
    for count, record in enumerate(records, 1):
        fits = record["number"] == count and record["previous"] == previous
        if not fits or hash_of(record) != record["hash"]:
            raise QcError(
                f"record {count} does not fit the chain: the log was altered",
                remedy="Restore the database from a backup.",
                vi=f"Bản ghi số {count} không khớp chuỗi: nhật ký đã bị sửa.",
            )
        previous = record["hash"]
    return count
