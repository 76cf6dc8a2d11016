"""The browser as the judge: which strings run code by themselves when they are shown.

A page per string, in frames of a harness page, on a local server; alert, confirm, prompt and
print report back. Needs a headless Chromium (program `chromium-headless-shell` or `chromium`).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PROGRAMS = ("chromium-headless-shell", "chromium", "chrome", "google-chrome")
_HOOK = (
    "<script>(function(){var hit=function(){var x=new XMLHttpRequest();"
    "x.open('GET','/hit?id=%s',false);try{x.send()}catch(e){}};"
    "['alert','confirm','prompt','print'].forEach(function(n){try{window[n]=hit}catch(e){}});"
    "})()</script>"
)
_BATCH = 40


def program() -> str | None:
    """The browser that is installed, if any."""
    return next((each for name in PROGRAMS if (each := shutil.which(name))), None)


def executing(strings: list[str], *, seconds: int = 40) -> set[int]:
    """Indices of the strings that ran code without a click."""
    browser = program()
    if browser is None:
        raise RuntimeError("no headless Chromium is installed")
    hits: set[int] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            if parts.path == "/hit":
                hits.add(int(query["id"][0]))
                body = b""
            elif parts.path == "/p":
                number = int(query["id"][0])
                page = "<!DOCTYPE html><html><head><meta charset=utf-8>" + _HOOK % number
                body = (page + "</head><body>" + strings[number]).encode("utf-8", "replace")
            elif parts.path == "/run":
                first, last = int(query["from"][0]), int(query["to"][0])
                frames = "".join(
                    f"<iframe src='/p?id={n}' width=200 height=100></iframe>"
                    for n in range(first, last)
                )
                body = f"<!DOCTYPE html><body>{frames}".encode()
            else:
                body = b""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for first in range(0, len(strings), _BATCH):
            last = min(first + _BATCH, len(strings))
            _visit(
                browser,
                f"http://127.0.0.1:{server.server_port}/run?from={first}&to={last}",
                seconds,
            )
    finally:
        server.shutdown()
    return hits


def _visit(browser: str, address: str, seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [
            browser, "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-dev-shm-usage", f"--user-data-dir={folder}", "--timeout=3500", "--dump-dom", address,  # noqa: E501
        ]  # fmt: skip
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, start_new_session=True, **quiet)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its helpers too
            process.wait()


def main() -> None:
    """Write the indices of executing strings of a JSON list on stdin to stdout."""
    import sys

    print(json.dumps(sorted(executing(json.load(sys.stdin)))))


if __name__ == "__main__":
    main()
