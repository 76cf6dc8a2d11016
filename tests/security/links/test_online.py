"""Attack cases 16-21: nothing is fetched by default; the link check cannot be led inside."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from qc.core.discover import rules
from qc.security.links._probe import Answer, ProbeLimits, is_public, probe
from tests.security.drafts import findings_of

PUBLIC = "203.0.114.7"


class Server:
    """A server that sends one prepared answer to each connection and counts them."""

    def __init__(self, answer: Callable[[bytes], Iterator[bytes]]) -> None:
        self.requests: list[bytes] = []
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(4096)
                self.requests.append(request)
                try:
                    for piece in self.answer(request):
                        connection.sendall(piece)
                except OSError:
                    continue


def ask(url: str, server: Server, hosts: dict[str, list[str]], seconds: float = 3.0) -> Answer:
    """Probe with a name table; every allowed connection ends at the local server."""

    def connector(address: str, port: int, timeout_s: float) -> socket.socket:
        assert is_public(address)
        return socket.create_connection(("127.0.0.1", server.port), timeout=timeout_s)

    limits = ProbeLimits(seconds=seconds)
    return probe(url, limits, resolver=lambda host, port: hosts[host], connector=connector)


def test_nothing_is_fetched_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(lambda request: iter([b"HTTP/1.1 200 OK\r\n\r\n"]))

    def refuse(*arguments: object) -> None:
        raise AssertionError("a check opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    address = f"http://127.0.0.1:{server.port}/x"
    text = f'<p><img alt="" src="{address}"><a href="{address}">x</a><iframe src="{address}">'
    on = [rule.id for rule in rules().values() if not rule.opt_in]
    assert on
    found = [
        each for rule_id in on if rule_id.startswith("link-") for each in findings_of(text, rule_id)
    ]
    assert found
    assert not server.requests


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://10.0.0.1/",
        "http://inside.example/",
        "http://mixed.example/",
        "http://user@public.example/",
        "http://public.example:22/",
        "gopher://public.example/",
        "ftp://public.example/",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:alert(1)",
        "",
    ],
)
def test_inside_addresses_are_refused(url: str) -> None:
    server = Server(lambda request: iter([b"HTTP/1.1 200 OK\r\n\r\n"]))
    hosts = {
        "inside.example": ["192.168.0.1"],
        "mixed.example": [PUBLIC, "127.0.0.1"],
        "public.example": [PUBLIC],
    }
    assert ask(url, server, hosts).refused
    assert not server.requests


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://inside.example/",
        "file:///etc/passwd",
        "//[::1]/",
        "gopher://a/",
    ],
)
def test_a_redirect_inside_is_refused(target: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n".encode()
    server = Server(lambda request: iter([head]))
    hosts = {"public.example": [PUBLIC], "inside.example": ["10.1.1.1"]}
    assert ask("http://public.example/", server, hosts).refused
    assert len(server.requests) == 1


def test_the_checked_address_is_the_one_connected_to() -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    used: list[str] = []
    server = Server(lambda request: iter([b"HTTP/1.1 200 OK\r\n\r\n"]))

    def connector(address: str, port: int, timeout_s: float) -> socket.socket:
        used.append(address)
        return socket.create_connection(("127.0.0.1", server.port), timeout=timeout_s)

    answer = probe(
        "http://a.example/", resolver=lambda host, port: answers.pop(0), connector=connector
    )
    assert answer == Answer(status=200)
    assert used == [PUBLIC]


def test_an_endless_answer_is_cut() -> None:
    def endless(request: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 404 Not Found\r\n"
        while True:
            yield b"x: " + b"y" * 4000 + b"\r\n"

    server = Server(endless)
    assert ask("http://a.example/", server, {"a.example": [PUBLIC]}).status == 404


def test_a_slow_answer_is_cut() -> None:
    release = threading.Event()

    def slow(request: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 "
        release.wait(10)

    server = Server(slow)
    answer = ask("http://a.example/", server, {"a.example": [PUBLIC]}, seconds=0.2)
    release.set()
    assert answer.failed


def test_redirects_end() -> None:
    head = b"HTTP/1.1 301 Moved\r\nLocation: /again\r\n\r\n"
    server = Server(lambda request: iter([head]))
    assert ask("http://a.example/", server, {"a.example": [PUBLIC]}).failed
    assert len(server.requests) == 5


def test_an_address_cannot_write_headers() -> None:
    server = Server(lambda request: iter([b"HTTP/1.1 200 OK\r\n\r\n"]))
    ask("http://a.example/x y\x0bHost: evil?a=\u00e9", server, {"a.example": [PUBLIC]})
    assert server.requests[0].count(b"\r\n") == 6
    assert b"x%20y" in server.requests[0]


def test_the_rules_are_off_by_default() -> None:
    assert rules()["link-dead"].opt_in
    assert rules()["link-unchecked"].opt_in
