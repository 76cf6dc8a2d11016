"""The guard: who asks, and whether they ask too much."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable

from qc.core.record import dataclass, field
from qc.service.errors import Refusal
from qc.service.settings import Settings
from qc.service.store import usage
from qc.service.store.engine import Store
from qc.service.store.tokens import LOCAL, Principal, any_token, principal_of

REMEMBER_S = 2.0  # how long a revoked token may go on working
MAX_REMEMBERED = 1000


@dataclass(slots=True)
class Bucket:
    """What is left of a rate: refilled with time, emptied by requests."""

    left: float
    at: float


@dataclass(slots=True)
class Guard:
    """Tells principals by their tokens; `clock` counts seconds."""

    settings: Settings
    store: Store
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[Principal, float]] = field(default_factory=dict)
    _buckets: dict[str, Bucket] = field(default_factory=dict)
    _any: tuple[bool, float] = (False, float("-inf"))

    async def admit(self, token: str | None) -> Principal:
        """Who asks, counted against their rate. Raises Refusal 401 or 429."""
        principal = await self._principal(token)
        self._spend(principal)
        return principal

    async def allow_check(self, principal: Principal) -> None:
        """Let a check be made. Raises Refusal 429 where today's are used up."""
        allowed = principal.checks_per_day or self.settings.limits.checks_per_day
        if not allowed:
            return
        if await asyncio.to_thread(self._checks_today, principal.id) >= allowed:
            raise _used_up(allowed)

    def forget(self) -> None:
        """Ask the store again for every token."""
        self._known.clear()
        self._any = (False, float("-inf"))

    async def _principal(self, token: str | None) -> Principal:
        if token is None:
            if self.settings.require_token or not self.settings.loopback:
                raise _no_token()
            if await self._tokens_exist():
                raise _no_token()
            return LOCAL
        mark = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
        principal, until = self._known.get(mark, (None, 0.0))
        if principal is not None and until > self.clock():
            return principal
        principal = await asyncio.to_thread(self._look_up, token)
        if principal is None:
            self._known.pop(mark, None)
            raise _no_token()
        if len(self._known) >= MAX_REMEMBERED:
            self._known.clear()
        self._known[mark] = (principal, self.clock() + REMEMBER_S)
        return principal

    async def _tokens_exist(self) -> bool:
        known, until = self._any
        if until < self.clock():
            known = await asyncio.to_thread(self._count)
            self._any = (known, self.clock() + REMEMBER_S)
        return known

    def _spend(self, principal: Principal) -> None:
        rate = principal.rate_per_minute or self.settings.limits.rate_per_minute
        if not rate:
            return
        now = self.clock()
        bucket = self._buckets.setdefault(principal.id, Bucket(rate, now))
        bucket.left = min(rate, bucket.left + (now - bucket.at) * rate / 60)
        bucket.at = now
        if bucket.left < 1:
            raise _too_fast(rate, int((1 - bucket.left) * 60 / rate) + 1)
        bucket.left -= 1

    def _look_up(self, token: str) -> Principal | None:
        with self.store.read() as connection:
            return principal_of(connection, token)

    def _count(self) -> bool:
        with self.store.read() as connection:
            return any_token(connection)

    def _checks_today(self, owner: str) -> int:
        with self.store.read() as connection:
            return usage.checks_today(connection, owner)


def require(principal: Principal, scope: str) -> None:
    """Raise Refusal 403 where the principal's token is not for this."""
    if not principal.may(scope):
        raise Refusal(
            403,
            f"the token is not for this: it needs the scope {scope}",
            remedy="Ask the administrator for another token.",
            vi="Mã truy cập này không có quyền làm việc đó.",
        )


def _no_token() -> Refusal:
    """The same words for a token that is missing, unknown, revoked or expired."""
    return Refusal(
        401,
        "a valid token is needed",
        where="authorization",
        remedy="Send the header Authorization: Bearer TOKEN.",
        vi="Cần mã truy cập còn hiệu lực.",
        headers={"www-authenticate": "Bearer"},
    )


def _too_fast(rate: int, wait_s: int) -> Refusal:
    return Refusal(
        429,
        f"more than {rate} requests in a minute",
        remedy=f"Wait {wait_s} s.",
        vi=f"Gửi yêu cầu quá nhanh; hãy đợi {wait_s} giây.",
        headers={"retry-after": str(wait_s)},
    )


def _used_up(allowed: int) -> Refusal:
    left_s = 86_400 - int(time.time()) % 86_400
    return Refusal(
        429,
        f"more than {allowed} checks today",
        remedy="Wait until tomorrow (UTC), or ask for a larger quota.",
        vi=f"Đã dùng hết {allowed} lượt kiểm tra của hôm nay.",
        headers={"retry-after": str(left_s)},
    )
