"""Time limits: the system ends a process that takes too long over what it was given.

A pattern that runs away holds the interpreter, so that no thread of the process could stop it; the
timer of the system can, on POSIX.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

POSTS_A_LIMIT = 10
"""Posts of a piece that share one limit."""


class Limits:
    """The pieces that the threads of a process have under way; the first end sets the timer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ends: dict[object, float] = {}

    @contextmanager
    def piece(self, posts: int, limit_s: int) -> Iterator[None]:
        """While a piece of so many posts is checked; past its end SIGALRM ends the process."""
        mark = object()
        with self._lock:
            self._ends[mark] = time.monotonic() + limit_s * max(1, posts // POSTS_A_LIMIT)
            self._set()
        try:
            yield
        finally:
            with self._lock:
                del self._ends[mark]
                self._set()

    def _set(self) -> None:
        if not hasattr(signal, "setitimer"):
            return
        left = min(self._ends.values()) - time.monotonic() if self._ends else 0.0
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.001) if self._ends else 0.0)
