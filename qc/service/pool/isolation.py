"""Isolation of a worker: it dies with the server, and it has no business on the network."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
CALLS = frozenset(("socket.connect", "socket.sendto", "socket.sendmsg"))


def die_with_the_server() -> None:
    """Have the system end this process when its parent ends, however that happens."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it died before we asked


def forbid_network() -> None:
    """Refuse every connection to another host, and every look-up of a name, from now on.

    Sockets of this machine's own file system stay open: the antivirus listens on one.
    """
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo" or (
        event in CALLS and arguments[0].family in (socket.AF_INET, socket.AF_INET6)
    ):
        raise PermissionError("a worker does not use the network")
