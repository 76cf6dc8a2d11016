"""Isolation: a parser of untrusted files runs in a process of its own, with limits.

The worker starts in a new session with an empty environment and a private temporary folder,
lowers its own limits (memory, processor time, file size, open files) before it imports the
parser, and is killed with its whole process group when its time is up. It gets a private copy of
the file under a generated name and answers with JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qc.core.errors import QcError, Unavailable
from qc.core.record import asdict, dataclass

if TYPE_CHECKING:
    import subprocess

MAX_RESULT_BYTES = 64 * 1024 * 1024
_BOOT = (
    "import sys,json;c=json.loads(sys.stdin.readline());sys.path[:]=c['path'];"
    "from qc.core._worker import main;main(c)"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use."""

    wall_s: float = 20.0
    cpu_s: int = 10
    memory_bytes: int = 1024 * 1024 * 1024
    file_bytes: int = 256 * 1024 * 1024
    open_files: int = 64


class WorkerStopped(QcError):
    """The worker was killed by a limit, or died: `reason` is time, memory or crash."""

    def __init__(self, reason: str, *, where: str = "") -> None:
        self.reason = reason
        words = {"time": "ran out of time", "memory": "ran out of memory", "crash": "died"}
        super().__init__(f"the isolated parser {words.get(reason, reason)}", where=where)


def run_isolated(
    function: str,
    data: bytes,
    arguments: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Any:
    """Call `function` ("module:name") in a worker as f(path, **arguments); return its JSON.

    Raises WorkerStopped when the worker was killed or died, Unavailable when none can be started.
    """

    import tempfile

    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="qc-") as folder:
        source = Path(folder, "input.bin")
        source.write_bytes(data)
        config = {
            "path": [os.path.abspath(entry or os.getcwd()) for entry in sys.path],
            "function": function,
            "source": str(source),
            "result": str(Path(folder, "result.json")),
            "arguments": dict(arguments or {}),
            "limits": asdict(limits),
        }
        _run(config, folder, limits.wall_s)
        return _answer(Path(folder, "result.json"))


def _run(config: dict[str, Any], folder: str, wall_s: float) -> None:
    import subprocess

    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise Unavailable(f"no isolated process can be started: {error.strerror}") from error
    try:
        process.communicate((json.dumps(config) + "\n").encode(), timeout=wall_s)
    except subprocess.TimeoutExpired as error:
        raise WorkerStopped("time") from error
    finally:
        _end(process)
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise WorkerStopped("time")
    if process.returncode != 0:
        raise WorkerStopped("memory" if process.returncode == 3 else "crash")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group, and reap the worker."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin and not process.stdin.closed:
        process.stdin.close()


def _answer(result: Path) -> Any:
    try:
        if result.stat().st_size > MAX_RESULT_BYTES:
            raise WorkerStopped("memory")
        return json.loads(result.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorkerStopped("crash") from error
