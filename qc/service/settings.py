"""Settings of the service: where it listens, where it keeps its data, and its limits."""

from __future__ import annotations

import os
from pathlib import Path

from qc.core.record import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MEBIBYTE = 1024 * 1024


def default_data_dir() -> Path:
    """Where the service keeps its data unless told: $QC_SERVICE_DATA or ~/.local/share/qc."""
    given = os.environ.get("QC_SERVICE_DATA")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "qc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may ask for, and for how long."""

    max_body_bytes: int = 128 * MEBIBYTE
    max_json_bytes: int = 64 * MEBIBYTE
    max_media_files: int = 200
    body_timeout_s: float = 60.0
    check_timeout_s: float = 120.0
    job_timeout_s: float = 1800.0
    queue_size: int = 64
    max_jobs: int = 1000
    worker_memory_bytes: int = 3072 * MEBIBYTE
    requests_per_worker: int = 5000
    rate_per_minute: int = 0
    checks_per_day: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one service runs. Zero in `limits.rate_per_minute` and `checks_per_day`: no limit.

    `policies` are files of the portal's own policies; requests name them by their id, never by
    path. `database` is an SQLAlchemy URL; None: an SQLite file in `data`.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    data: Path = field(default_factory=default_data_dir)
    database: str | None = None
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    policy: str = "co-so"
    policies: tuple[Path, ...] = ()
    require_token: bool = False
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    keep_days: int = 90
    stop_grace_s: float = 30.0
    limits: Limits = field(default_factory=Limits)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        return self.host in LOOPBACK and not self.hosts
