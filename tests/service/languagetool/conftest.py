"""Fixtures: a real `qc serve` on loopback, for the real clients."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

START_S = 60


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qc", "serve", "--port", str(port), "--workers", "1"]
    data = tmp_path_factory.mktemp("serve")
    process = subprocess.Popen([*command, "--data", str(data)], start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, "qc serve ended"
        try:
            with urlopen(f"{address}/v2/healthcheck", timeout=5) as answer:
                assert answer.read() == b"OK"
                return
        except OSError:  # not there yet, or not warm
            time.sleep(0.1)
    raise AssertionError("qc serve did not start")
