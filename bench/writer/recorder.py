"""A recorder between a client and the service: passes requests on, and keeps when and what."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.error import HTTPError
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Exchange:
    """One request with its answer; `asked` and `answered` are seconds since the epoch."""

    path: str
    body: bytes
    status: int
    answer: bytes
    asked: float
    answered: float


class Recorder:
    """Listens on a free port of loopback for the length of a `with` block."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.exchanges: list[Exchange] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                recorder.pass_on(self, None)

            def do_POST(self) -> None:
                recorder.pass_on(self, self.rfile.read(int(self.headers["content-length"])))

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the exchanges are the log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """Where clients are to ask."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Recorder:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def checks(self) -> list[Exchange]:
        """The requests for a check, in order."""
        return [each for each in self.exchanges if each.path.endswith("/check")]

    def pass_on(self, handler: BaseHTTPRequestHandler, body: bytes | None) -> None:
        """Ask the service the same, answer the same."""
        asked = time.time()
        request = Request(self.target + handler.path, data=body)
        if "content-type" in handler.headers:
            request.add_header("content-type", handler.headers["content-type"])
        try:
            with urlopen(request, timeout=60) as given:
                status, answer = given.status, given.read()
                kind = given.headers["content-type"]
        except HTTPError as error:
            status, answer, kind = error.code, error.read(), error.headers["content-type"]
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer)
        self.exchanges.append(
            Exchange(handler.path, body or b"", status, answer, asked, time.time())
        )
