"""Bodies: counted as they come, and given only so much time."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from qc.service.errors import Refusal, too_large
from qc.service.settings import Limits

if TYPE_CHECKING:
    from starlette.types import Message, Receive


class MeteredBody:
    """Wraps `receive`: raises Refusal 413 above the limit, 408 for a body that takes too long."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self.size = 0
        self._receive = receive
        self._limits = limits
        self._deadline = time.monotonic() + limits.body_timeout_s
        self._complete = False

    async def receive(self) -> Message:
        """The next part of the body, or what follows it."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()):
                message = await self._receive()
        except TimeoutError as error:
            raise _too_slow() from error
        if message["type"] == "http.request":
            self.size += len(message.get("body", b""))
            if self.size > self._limits.max_body_bytes:
                raise too_large(self._limits.max_body_bytes)
            self._complete = not message.get("more_body", False)
        return message


def _too_slow() -> Refusal:
    return Refusal(
        408,
        "the body did not come in time",
        remedy="Send it again over a better connection.",
        vi="Dữ liệu gửi lên quá chậm; hãy thử lại.",
        headers={"connection": "close"},
    )
