"""The checker: how a router has an article checked without blocking the event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any

from qc.core.errors import UsageError
from qc.documents.load import Source
from qc.policy.load import load_policy, policy_names
from qc.policy.model import Policy
from qc.service.pool.frames import Frame
from qc.service.pool.pool import Pool
from qc.service.pool.work import Answer, Checked, CheckOptions, Progress, Work, to_head
from qc.service.settings import Settings
from qc.service.store.engine import Store
from qc.service.store.overlays import overlay_of

REMEMBER_S = 2.0  # how long a word or waiver added by another server may go unseen


class Checker:
    """Checks articles in the worker pool. Shared by all routers as `request.app.state.checker`."""

    def __init__(self, settings: Settings, pool: Pool, store: Store) -> None:
        self.settings = settings
        self.pool = pool
        self.store = store
        self._overlays: dict[str, tuple[str, float]] = {}
        self.policies = named_policies(settings)
        self.nowhere = settings.data / "tmp" / "empty"

    async def check(self, source: Source, options: CheckOptions) -> Checked:
        """Check one article, given as bytes in memory (`Source(name, data=…, format=…)`).

        Raises Refusal (which the application turns into an HTTP answer) for an unknown policy,
        a full queue, or a worker that died or took too long.
        """
        answer = await self.run(Work(source=source, options=options))
        return checked_of(answer)

    async def run(
        self, work: Work, *, background: bool = False, progress: Progress | None = None
    ) -> Answer:
        """Have a function of qc.service called in a worker: see `Work` and `Task`."""
        limits = self.settings.limits
        path = self.path_of(work.options.policy)
        head = to_head(work, path, await self._overlay(work.options.policy))
        if head["root"] is None:
            head["root"] = str(self.nowhere)
        head["progress"] = progress is not None
        return await self.pool.run(
            Frame(head, work.source.data or b""),
            timeout_s=limits.job_timeout_s if background else limits.check_timeout_s,
            background=background,
            progress=progress,
        )

    def forget(self) -> None:
        """Read the portal's words and waivers again."""
        self._overlays.clear()

    async def _overlay(self, policy: str) -> str:
        known, until = self._overlays.get(policy, ("", 0.0))
        if until < time.monotonic():
            known = await asyncio.to_thread(self._read_overlay, policy)
            self._overlays[policy] = (known, time.monotonic() + REMEMBER_S)
        return known

    def _read_overlay(self, policy: str) -> str:
        with self.store.read() as connection:
            return overlay_of(connection, policy)

    def path_of(self, name: str) -> str:
        """What `load_policy` takes for a policy's name. Raises UsageError for an unknown one."""
        if name not in self.policies:
            raise _unknown(name, self.policies)
        return self.policies[name]

    def policy_of(self, name: str) -> Policy:
        """A policy by name, loaded here; for routers that describe it. Raises UsageError."""
        return load_policy(self.path_of(name))

    def describe(self) -> list[dict[str, Any]]:
        """The policies as data: id, title in both languages, digest."""
        found = []
        for name in self.policies:
            policy = self.policy_of(name)
            title = {"vi": policy.title["vi"], "en": policy.title["en"]}
            found.append({"id": policy.id, "title": title, "digest": policy.digest})
        return found


def checked_of(answer: Answer) -> Checked:
    """The answer of the checking function."""
    return Checked(answer.body, **answer.head)


def named_policies(settings: Settings) -> dict[str, str]:
    """The policies by name, each with what `load_policy` takes.

    Raises PolicyError for a file that is wrong, UsageError where the default policy is unknown.
    """
    own = {load_policy(str(path)).id: str(path.resolve()) for path in settings.policies}
    named = {name: name for name in policy_names()} | own
    if settings.policy not in named:
        raise _unknown(settings.policy, named)
    return named


def _unknown(name: str, known: Iterable[str]) -> UsageError:
    names = ", ".join(known)
    return UsageError(
        f"there is no policy called {name[:40]}",
        where="policy",
        remedy=f"Known policies: {names}.",
        vi=f"Không có chính sách này. Các chính sách: {names}.",
    )
