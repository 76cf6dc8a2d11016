"""The examples for any CMS in Python: as short as the docs say, and they hold."""

from __future__ import annotations

import ast
import importlib.util
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "integrations/python"
TITLE = "Học sinh khối 6 trồng cây trong sân trường"
CLEAN: dict[str, Any] = {"title": TITLE, "body": "<p>Các em cùng thầy cô trồng cây.</p>"}
BANNED: dict[str, Any] = {"title": TITLE, "body": "<p>Đồ chó đẻ.</p>"}


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_fifteen_lines() -> None:
    text = (EXAMPLES / "gate.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    documented = [tree, *(each for each in tree.body if isinstance(each, ast.FunctionDef))]
    words = {each.body[0].lineno for each in documented if isinstance(each.body[0], ast.Expr)}
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() and n not in words]
    assert len(lines) <= 15


def test_the_page_shows_the_example() -> None:
    page = (ROOT / "docs/any-cms.md").read_text(encoding="utf-8")
    shown = page.partition("```python\n")[2].partition("```")[0]
    text = (EXAMPLES / "gate.py").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.strip().startswith('"""')]
    assert shown.strip() == "\n".join(kept).strip()


def test_library(tmp_path: Path) -> None:
    reasons = example("gate").reasons
    assert reasons(CLEAN, tmp_path) == []
    (reason,) = reasons(BANNED, tmp_path)
    assert "chó đẻ" in reason.lower()
    missing = CLEAN | {"featured_image": "khong-co.jpg"}
    assert any("khong-co.jpg" in each for each in reasons(missing, tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_not_published(tmp_path: Path) -> None:
    assert example("gate").reasons({"title": ["a"]}, tmp_path)


def test_a_service_that_is_down_is_a_reason() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert example("gate_http").reasons(CLEAN, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": {"message": "Can ma truy cap."}}', "Can ma truy cap."),
        (b"<html>Bad gateway</html>", "HTTP Error 401"),
        (b'{"message": "proxy"}', "HTTP Error 401"),
        (b"[]", "HTTP Error 401"),
    ],
)
def test_a_refusal_is_a_reason_in_its_own_words(body: bytes, said: str) -> None:
    class Refusing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(401)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.handle_request, daemon=True).start()
        (reason,) = example("gate_http").reasons(CLEAN, f"http://127.0.0.1:{server.server_port}")
    assert reason.startswith("Chưa kiểm tra được nên chưa đăng: ")
    assert said in reason


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.integrations.wordpress.servers import free_port, qc_service

    port = free_port()
    server = qc_service(tmp_path_factory.mktemp("qc"), port)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.mark.cms
def test_service(url: str) -> None:
    reasons = example("gate_http").reasons
    assert reasons(CLEAN, url) == []
    assert len(reasons(BANNED, url)) == 1
    assert reasons({"title": ["a"]}, url)
