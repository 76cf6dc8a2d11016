"""The servers of the tests: MariaDB, PHP's own web server, `qc serve`; each a process group."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a server answers at all."""
    try:
        with urllib.request.urlopen(url, timeout=20):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


class Server:
    """One server and all that it starts; `stop` ends the whole group."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        ready: Callable[[], bool],
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.command, self.log, self.ready = list(command), log, ready
        self.env = {**os.environ, **(env or {})}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, timeout_s: float = 60) -> None:
        """Start and wait until it is ready."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, stdout=out, stderr=out, env=self.env, cwd=ROOT, start_new_session=True
            )
        limit = time.monotonic() + timeout_s
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > limit:
                self.stop()
                raise RuntimeError(f"{self.command[0]}: {self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the process group and wait for its leader."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, how)
            self.process.wait(20)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
        self.process = None


def mariadb(folder: Path) -> tuple[Server, Path]:
    """A database server of its own, reachable through its socket only."""
    data, sock = folder / "db", folder / "db.sock"
    flags = [f"--datadir={data}", "--user=root"] if os.geteuid() == 0 else [f"--datadir={data}"]
    install = ["mariadb-install-db", "--no-defaults", *flags, "--skip-test-db"]
    subprocess.run(
        [*install, "--auth-root-authentication-method=normal"], check=True, capture_output=True
    )
    quick = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin"]
    command = ["/usr/sbin/mariadbd", "--no-defaults", *flags, f"--socket={sock}", *quick]

    def ready() -> bool:
        ping = ["mariadb-admin", "--no-defaults", "-uroot", f"--socket={sock}", "ping"]
        return subprocess.run(ping, capture_output=True, check=False).returncode == 0

    return Server(command, folder / "mariadb.log", ready), sock


def qc_service(folder: Path, port: int, *options: str) -> Server:
    """The real checking service."""
    command = [sys.executable, "-m", "qc", "serve", "--port", str(port), "--workers", "1"]
    command += ["--data", str(folder / "qc"), *options]
    health = f"http://127.0.0.1:{port}/health"
    return Server(command, folder / "qc.log", lambda: answers(health))


def php_server(root: Path, port: int) -> Server:
    """PHP's own web server with workers, so that a page may ask the site itself."""
    # The files of the site do not change while it runs: compile each once.
    fast = ["-d", "opcache.enable_cli=1", "-d", "opcache.validate_timestamps=0"]
    limits = ["-d", "upload_max_filesize=20M", "-d", "post_max_size=24M", "-d", "memory_limit=512M"]
    command = ["php", *fast, *limits, "-S", f"127.0.0.1:{port}", "-t", str(root)]
    env = {"PHP_CLI_SERVER_WORKERS": "3"}
    return Server(
        command,
        root.parent / "php.log",
        lambda: answers(f"http://127.0.0.1:{port}/readme.html"),
        env,
    )
