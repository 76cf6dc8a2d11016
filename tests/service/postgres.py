"""A PostgreSQL server of Debian's, started in a temporary folder for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgres_server() -> Iterator[str]:
    """The SQLAlchemy URL of a running server; skips where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        if os.environ.get("QC_REQUIRE_ALL") == "1":
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed")
    programs = found[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="qc-pg-"))
    user = _user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    as_user = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    data = folder / "data"
    options = ["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [programs / "initdb", "-D", data, *options], check=True, env=environment, **quiet, **as_user
    )
    settings = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *settings],
        env=environment,
        start_new_session=True,
        **quiet,
        **as_user,
    )
    try:
        _wait(port, server)
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it is run as its own user."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(200):
        assert server.poll() is None, "PostgreSQL did not start"
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL did not answer")
