"""One worker process as the server sees it: asked one thing at a time, killed with all it began."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path

from qc.core.errors import QcError
from qc.service.errors import Refusal
from qc.service.pool.frames import Frame, encode, receive_frame
from qc.service.pool.work import Answer, Progress

START_TIMEOUT_S = 120.0
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class WorkerDied(Exception):
    """The process ended while it was at work."""


class WorkFailed(Exception):
    """The function raised something that is no QcError; the worker itself is well."""


class WorkerProcess:
    """A running `python -m qc.service.pool.worker` with its own temporary folder."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.served = 0

    @classmethod
    async def start(cls, folder: Path) -> WorkerProcess:
        """Start a process and wait until its models are loaded. Raises WorkerDied."""
        folder.mkdir(parents=True, mode=0o700)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "qc.service.pool.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(folder),
            start_new_session=True,
        )
        worker = cls(process, folder)
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await worker._receive()
        except BaseException:
            await worker.kill()
            raise
        return worker

    @property
    def pid(self) -> int:
        """The process id, which is also that of its process group."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.returncode is None

    @property
    def memory_bytes(self) -> int:
        """Resident memory of the process; 0 where the system does not tell."""
        try:
            resident = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(resident) * PAGE_BYTES

    async def ask(self, frame: Frame, progress: Progress | None) -> Answer:
        """Have a piece of work done. Raises WorkerDied, WorkFailed, or the function's QcError."""
        stdin = self.process.stdin
        assert stdin is not None
        try:
            stdin.write(encode(frame))
            await stdin.drain()
        except (ConnectionError, RuntimeError) as error:
            raise WorkerDied from error
        self.served += 1
        while True:
            received = await self._receive()
            if "progress" not in received.head:
                return _answer(received)
            if progress is not None:
                progress(*received.head["progress"])

    async def stop(self) -> None:
        """End it in good order: it finishes what it does, and goes."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            async with asyncio.timeout(2):
                await self.process.wait()
        except TimeoutError:
            pass
        await self.kill()

    async def kill(self) -> None:
        """End it now, with every process that it started, and remove its temporary folder."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        await self.process.wait()
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def _receive(self) -> Frame:
        stdout = self.process.stdout
        assert stdout is not None
        try:
            return await receive_frame(stdout)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDied from error


def _answer(frame: Frame) -> Answer:
    head = frame.head
    if "answer" in head:
        return Answer(head["answer"], frame.body)
    if "refused" in head:
        raise _refused(**head["refused"])
    raise WorkFailed(str(head.get("failed")))


def _refused(what: str, where: str, remedy: str, vi: str, type: str) -> QcError:
    if type == "Unavailable":
        return QcError(what, where=where, remedy=remedy, vi=vi)
    return Refusal(422, what, where=where, remedy=remedy, vi=vi)


def _environment(folder: Path) -> dict[str, str]:
    """What a worker may know: no secrets of the server, one thread, its own temporary folder."""
    kept = ("PATH", "LANG", "LC_ALL", "HOME", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    own = {"TMPDIR": str(folder), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    passed = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("QC_", "PYTHON")) and name != "QC_DATABASE"
    }
    return environment | passed | own
