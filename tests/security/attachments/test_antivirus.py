"""Antivirus: said plainly when it did not run; clamd's answers; a dead clamd is unavailable."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qc.core.errors import Unavailable
from qc.security.attachments.antivirus import antivirus

FILES = {"a.txt": b"x" * 70_000}


class Clamd:
    """A stand-in that reads one stream and gives a fixed answer."""

    def __init__(self, path: Path, answer: bytes) -> None:
        self.path = path
        self.received = b""
        self._answer = answer
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(path))
        self._socket.listen(1)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        stream, _ = self._socket.accept()
        with stream, stream.makefile("rb") as reader:
            assert reader.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(reader.read(4), "big"):
                self.received += reader.read(size)
            stream.sendall(self._answer)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Any]:
    made: list[Clamd] = []

    def start(answer: bytes) -> Clamd:
        made.append(Clamd(tmp_path / "clamd.ctl", answer))
        return made[-1]

    yield start
    for each in made:
        each.close()


def test_not_configured_is_said(findings: Any) -> None:
    (found,) = findings(antivirus, FILES)
    assert (found.rule.id, found.severity, found.facts["count"]) == (
        "file-antivirus-not-run",
        "info",
        1,
    )


def test_nothing_attached_says_nothing(findings: Any) -> None:
    assert findings(antivirus, {}) == []


def test_clean_file(clamd: Any, findings: Any) -> None:
    server = clamd(b"stream: OK\0")
    assert findings(antivirus, FILES, clamd_socket=str(server.path)) == []
    assert server.received == FILES["a.txt"]


def test_malware(clamd: Any, findings: Any) -> None:
    server = clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    (found,) = findings(antivirus, FILES, clamd_socket=str(server.path))
    assert (found.rule.id, found.facts["signature"]) == ("file-malware", "Win.Test.EICAR_HDB-1")


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_no_verdict_is_unavailable(answer: bytes, clamd: Any, findings: Any) -> None:
    server = clamd(answer)
    with pytest.raises(Unavailable):
        findings(antivirus, FILES, clamd_socket=str(server.path))


def test_dead_clamd_is_unavailable(tmp_path: Path, findings: Any) -> None:
    with pytest.raises(Unavailable):
        findings(antivirus, FILES, clamd_socket=str(tmp_path / "none.ctl"))
