"""Attack case 62: with the network cut, the service starts and checks as ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.service.running import in_process

WATCH = """
import os, sys

def watch(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in ("127.0.0.1", "localhost", None):
        with open(os.environ["QC_TEST_WATCH"], "a") as file:
            file.write(f"{os.getpid()} {event} {host}\\n")
        raise OSError(101, "Network is unreachable")

sys.addaudithook(watch)
"""
LINK_RULES = {"link-homograph", "link-shortener"}
ARTICLE = {
    "title": "Trường Tiểu học Hoa Sen mở ngày hội",
    "author": "Trần Thị Bình",
    "body": "<p>Xem <a href='https://bit.ly/abc'>tại đây</a>, <a href='https://vnеxpress.net'>báo</a>"
    " và <a href='https://google.com.vn.evil.example'>trang này</a>. Thư: hoi@thhoasen.edu.vn</p>",
}


def test_62_nothing_is_asked_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCH)
    seen = tmp_path / "seen"
    environment = {"PYTHONPATH": str(tmp_path / "site"), "QC_TEST_WATCH": str(seen)}
    ask = "import socket; socket.getaddrinfo('portal.example', 80)"
    subprocess.run([sys.executable, "-c", ask], env=os.environ | environment, check=False)
    assert "portal.example" in seen.read_text()  # the watch is awake
    seen.unlink()
    options = ("--workers", "1")
    with (
        in_process(tmp_path / "data", *options, environment=environment) as running,
        running.client() as client,
    ):
        answer = client.post("/v1/check", json={"article": ARTICLE})
        assert answer.status_code == 200
        report = answer.json()["reports"][0]
        assert {each["rule"] for each in report["findings"]} >= LINK_RULES
        states = {each["check"]: each["state"] for each in report["outcomes"]}
        assert "crashed" not in states.values()
        for path in ("/v1/rules", "/v1/policies", "/metrics", "/openapi.json"):
            assert client.get(path).status_code == 200
    assert not seen.exists()
