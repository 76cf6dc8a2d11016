"""The inside of an isolated worker: lower the limits, shut the network, call, write JSON."""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any, NoReturn

MEMORY_CODE = 3


def main(config: dict[str, Any]) -> NoReturn:
    """Run one call and leave; exit code 3 stands for memory, any other for a crash."""
    _limit(config["limits"])
    _shut_network()
    try:
        module, _, name = config["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        answer = json.dumps(function(config["source"], **config["arguments"]))
        with open(config["result"], "w", encoding="utf-8") as stream:
            stream.write(answer)
    except MemoryError:
        os._exit(MEMORY_CODE)
    sys.exit(0)


def _limit(limits: dict[str, Any]) -> None:
    try:
        import resource
    except ImportError:  # not on this system: the wall clock limit of the parent remains
        return
    cpu = int(limits["cpu_s"])
    for kind, value in (
        (resource.RLIMIT_AS, int(limits["memory_bytes"])),
        (resource.RLIMIT_FSIZE, int(limits["file_bytes"])),
        (resource.RLIMIT_NOFILE, int(limits["open_files"])),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))


def _shut_network() -> None:
    """A parser has no business on the network: a socket raises. Defence in depth, no jail."""
    import socket

    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError("no network in an isolated parser")

    socket.socket = refuse  # type: ignore[assignment, misc]
    socket.create_connection = refuse
    socket.getaddrinfo = refuse
