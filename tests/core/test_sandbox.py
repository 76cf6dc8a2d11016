"""The sandbox: limits hold, nothing is inherited, nothing is left behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from qc.core.sandbox import Limits, WorkerStopped, run_isolated

HERE = "tests.core.test_sandbox"
MIB = 1024 * 1024


def tell(source: str, **said: Any) -> dict[str, Any]:
    return {
        "bytes": Path(source).read_bytes().decode(),
        "environment": sorted(set(os.environ) - {"LC_CTYPE"}),
        "folder": os.getcwd(),
        "said": said,
    }


def sleep(source: str) -> None:
    import time

    time.sleep(60)


def spin(source: str) -> None:
    while True:
        pass


def swallow(source: str) -> int:
    return len(bytearray(4096 * MIB))


def die(source: str) -> None:
    os.abort()


def dial(source: str) -> str:
    import socket

    try:
        socket.create_connection(("127.0.0.1", 9))
    except PermissionError:
        return "refused"
    return "open"


def write_much(source: str) -> None:
    Path("big").write_bytes(bytes(8 * MIB))


def fork_and_sleep(source: str) -> None:
    import time

    if os.fork() == 0:
        Path(os.environ["HOME"], "child").write_text(str(os.getpid()))
    time.sleep(60)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))


def test_answer_comes_back() -> None:
    answer = run_isolated(f"{HERE}:tell", b"xin", {"word": "chào"})
    assert answer["bytes"] == "xin"
    assert answer["said"] == {"word": "chào"}


def test_environment_is_not_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    answer = run_isolated(f"{HERE}:tell", b"")
    assert answer["environment"] == ["HOME", "LANG", "PATH", "TMPDIR"]


def test_folder_is_private_and_gone() -> None:
    answer = run_isolated(f"{HERE}:tell", b"")
    assert Path(answer["folder"]).parent == Path(tempfile.gettempdir()).resolve()
    assert not Path(answer["folder"]).exists()


@pytest.mark.parametrize(
    ("function", "limits", "reason"),
    [
        ("sleep", Limits(wall_s=1), "time"),
        ("spin", Limits(wall_s=20, cpu_s=1), "time"),
        ("swallow", Limits(), "memory"),
        ("die", Limits(), "crash"),
        ("write_much", Limits(file_bytes=MIB), "crash"),
    ],
)
def test_limit_ends_the_worker(function: str, limits: Limits, reason: str) -> None:
    with pytest.raises(WorkerStopped) as stopped:
        run_isolated(f"{HERE}:{function}", b"", None, limits)
    assert stopped.value.reason == reason


def test_whole_process_group_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(WorkerStopped):
        run_isolated(f"{HERE}:fork_and_sleep", b"", None, Limits(wall_s=2))
    assert list(tmp_path.iterdir()) == []


def test_network_is_refused() -> None:
    assert run_isolated(f"{HERE}:dial", b"") == "refused"
