"""Overlays: the words and waivers of the portal that the store adds to a policy."""

from __future__ import annotations

import json
import unicodedata
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, select

from qc.service.store import audit
from qc.service.store.clock import now
from qc.service.store.schema import waivers, words

WAIVER_FIELDS = ("rule", "author", "role", "reason", "expires", "source", "text")


def overlay_of(connection: Connection, policy: str) -> str:
    """The words and waivers in force for a policy, as JSON; empty where there are none."""
    accepted = connection.execute(
        select(words.c.word).where(*_in_force(words, policy)).order_by(words.c.word)
    ).scalars()
    rows = connection.execute(
        select(waivers).where(*_in_force(waivers, policy)).order_by(waivers.c.id)
    ).mappings()
    found = {
        "words": sorted(set(accepted)),
        "waivers": [{name: row[name] for name in WAIVER_FIELDS} for row in rows],
    }
    return json.dumps(found, ensure_ascii=False) if any(found.values()) else ""


def add_word(connection: Connection, actor: str, policy: str, word: str) -> str:
    """Accept a word; gives the id of the entry, the old one where the word is known."""
    plain = unicodedata.normalize("NFC", word).strip()
    here = (words.c.policy == policy, words.c.word == plain, words.c.ended_at.is_(None))
    known = connection.execute(select(words.c.id).where(*here)).scalar()
    if known is not None:
        return str(known)
    row = {"policy": policy, "word": plain}
    return _add(connection, words, actor, "word-added", row)


def add_waiver(connection: Connection, actor: str, policy: str, values: dict[str, Any]) -> str:
    """Let findings of a rule pass; gives the id of the waiver."""
    return _add(connection, waivers, actor, "waiver-added", {"policy": policy, **values})


def entries(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """The words or waivers in force."""
    query = select(table).where(table.c.ended_at.is_(None)).order_by(table.c.created_at)
    rows = connection.execute(query).mappings()
    return [{key: value for key, value in row.items() if key != "ended_at"} for row in rows]


def end(connection: Connection, table: Table, actor: str, identity: str) -> bool:
    """End a word or waiver; it stays in the store for the record. False where there is none."""
    here = (table.c.id == identity, table.c.ended_at.is_(None))
    if not connection.execute(table.update().where(*here).values(ended_at=now())).rowcount:
        return False
    audit.record(connection, actor, f"{table.name[:-1]}-ended", identity, {})
    return True


def _add(connection: Connection, table: Table, actor: str, action: str, row: dict[str, Any]) -> str:
    identity = uuid4().hex
    connection.execute(
        table.insert().values(id=identity, created_at=now(), created_by=actor, **row)
    )
    audit.record(connection, actor, action, identity, row)
    return identity


def _in_force(table: Table, policy: str) -> tuple[Any, ...]:
    return table.c.ended_at.is_(None), table.c.policy.in_(("", policy))
