"""Whether this process is to read many texts: what pays only for many is then made at the first.

A server that workers are forked from says so before it checks its first article, so that the
workers share what that check has made.
"""

from __future__ import annotations

_asked = False


def expect_many() -> None:
    """Say that many texts are to come."""
    global _asked  # noqa: PLW0603 - one process, one answer
    _asked = True


def many_expected() -> bool:
    """Whether somebody said so."""
    return _asked
