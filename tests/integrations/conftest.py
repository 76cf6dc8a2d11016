"""The real service, open and with tokens, for the clients of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.integrations.wordpress.servers import ROOT, free_port, qc_service


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that asks for no token."""
    port = free_port()
    server = qc_service(tmp_path_factory.mktemp("qc"), port)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A service that asks for tokens: its address, and a token for it."""
    folder, port = tmp_path_factory.mktemp("qc"), free_port()
    add = [sys.executable, "-m", "qc", "serve", "token", "add", "thu"]
    add += ["--data", str(folder / "qc")]
    told = subprocess.run(add, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    server = qc_service(folder, port, "--require-token")
    server.start()
    yield f"http://127.0.0.1:{port}", told.strip()
    server.stop()
