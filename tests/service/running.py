"""Running services for tests: in a thread with any settings, or as `qc serve` in a process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from qc.service.app import create_app
from qc.service.settings import Settings

START_S = 90.0
ARTICLE = {"title": "Tin", "body": "<p>Nhà trường đã bổ xung thêm phòng đọc.</p>"}


@dataclass
class Running:
    """A service that listens. `app` is None for one in another process."""

    port: int
    data: Path
    app: FastAPI | None = None
    process: subprocess.Popen[bytes] | None = None
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options: Any) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=60, trust_env=False, verify=False, **options)

    def raw(self, sent: bytes, *, timeout_s: float = 20.0, keep: bool = False) -> bytes:
        """What the server answers to these bytes, until it closes (or has answered: `keep`)."""
        with socket.create_connection(("127.0.0.1", self.port), timeout_s) as connection:
            connection.sendall(sent)
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
                if keep and b"\r\n\r\n" in received:
                    break
            return received

    def temporary(self) -> list[str]:
        """What lies in the temporary folder beside the workers' own."""
        found = [path.name for path in (self.data / "tmp").iterdir()]
        return sorted(name for name in found if not name.startswith(("worker-", "empty")))


@contextmanager
def in_thread(settings: Settings) -> Iterator[Running]:
    """A service on a free port, in a thread of this process."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = create_app(settings)
    config = uvicorn.Config(app, http="h11", ws="none", log_config=None, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    until(lambda: server.started or not thread.is_alive(), START_S)
    assert server.started
    try:
        yield Running(listening.getsockname()[1], settings.data, app)
    finally:
        server.should_exit = True
        thread.join(60)
        listening.close()


@contextmanager
def in_process(
    data: Path, *options: str, environment: dict[str, str] | None = None
) -> Iterator[Running]:
    """`qc serve` in a process of its own; its log lines are read as they come."""
    command = [sys.executable, "-m", "qc", "serve", "--port", "0", "--data", str(data), *options]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | (environment or {}),
    )
    running = Running(0, data, process=process)
    reader = threading.Thread(target=_read, args=(process, running.lines), daemon=True)
    reader.start()
    try:
        until(lambda: bool(running.lines) or process.poll() is not None, START_S)
        running.port = int(running.lines[0]["url"].rpartition(":")[2])
        until(lambda: _healthy(running) or process.poll() is not None, START_S)
        assert process.poll() is None, running.lines
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        reader.join(10)


def until(condition: Any, timeout_s: float = 20.0) -> None:
    """Wait until a condition holds. Raises AssertionError where it does not in time."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def _healthy(running: Running) -> bool:
    try:
        return httpx.get(f"{running.url}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _read(process: subprocess.Popen[bytes], lines: list[dict[str, Any]]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        lines.append(json.loads(line))
