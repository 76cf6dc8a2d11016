"""Tokens: random secrets, of which the store keeps a hash only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from sqlalchemy import Connection, select

from qc.core.errors import UsageError
from qc.core.record import dataclass
from qc.service.store import audit
from qc.service.store.clock import in_days, now
from qc.service.store.schema import tokens

PREFIX = "qc"
SCOPES = ("check", "approve", "admin")  # each holds the ones before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks: a token, or `local` where the service is open to its own machine."""

    id: str
    scope: str
    rate_per_minute: int = 0
    checks_per_day: int = 0

    def may(self, scope: str) -> bool:
        """Whether this principal's scope holds another."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


LOCAL = Principal(id="local", scope="admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """What a token is to be."""

    name: str
    scope: str = "check"
    days: int | None = None
    rate_per_minute: int = 0
    checks_per_day: int = 0


def add_token(connection: Connection, wanted: NewToken, *, actor: str = "command") -> str:
    """Make a token; gives it, the only time that it can be seen. Raises UsageError."""
    if wanted.scope not in SCOPES:
        raise UsageError(
            f"scope is one of {', '.join(SCOPES)}, not {wanted.scope}",
            vi=f"phạm vi là một trong {', '.join(SCOPES)}",
        )
    identity, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    connection.execute(
        tokens.insert().values(
            id=identity,
            name=wanted.name,
            secret_hash=_hash(secret),
            scope=wanted.scope,
            rate_per_minute=wanted.rate_per_minute,
            checks_per_day=wanted.checks_per_day,
            created_at=now(),
            expires_at=in_days(wanted.days) if wanted.days else None,
        )
    )
    detail = {"name": wanted.name, "scope": wanted.scope}
    audit.record(connection, actor, "token-added", identity, detail)
    return f"{PREFIX}_{identity}_{secret}"


def revoke_token(connection: Connection, identity: str, *, actor: str = "command") -> None:
    """End a token by its id. Raises UsageError where there is none in force."""
    ended = connection.execute(
        tokens.update()
        .where(tokens.c.id == identity, tokens.c.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    if not ended.rowcount:
        raise UsageError(
            f"there is no token {identity} in force",
            remedy="`qc serve token list` shows all tokens.",
            vi=f"không có mã truy cập {identity} đang hiệu lực",
        )
    audit.record(connection, actor, "token-revoked", identity, {})


def list_tokens(connection: Connection) -> list[dict[str, Any]]:
    """All tokens, without their hashes."""
    hidden = tokens.c.secret_hash
    columns = [column for column in tokens.c if column is not hidden]
    rows = connection.execute(select(*columns).order_by(tokens.c.created_at)).mappings()
    return [dict(row) for row in rows]


def any_token(connection: Connection) -> bool:
    """Whether a token is in force; where one is, the service asks for it."""
    query = select(tokens.c.id).where(tokens.c.revoked_at.is_(None)).limit(1)
    return connection.execute(query).first() is not None


def principal_of(connection: Connection, token: str) -> Principal | None:
    """Whose token this is; None for one that is unknown, revoked or expired."""
    prefix, _, rest = token.partition("_")
    identity, _, secret = rest.partition("_")
    row = connection.execute(select(tokens).where(tokens.c.id == identity)).first()
    known = row.secret_hash if row is not None else "0" * 64
    same = hmac.compare_digest(_hash(secret), known)
    if row is None or not same or prefix != PREFIX or row.revoked_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= now():
        return None
    return Principal(
        id=row.id,
        scope=row.scope,
        rate_per_minute=row.rate_per_minute,
        checks_per_day=row.checks_per_day,
    )


def _hash(secret: str) -> str:
    """SHA-256 is enough: the secret has 256 random bits, so there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
