"""Serving: uvicorn around the application, with logs as JSON and a stop that loses nothing."""

from __future__ import annotations

import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from qc.core.errors import UsageError
from qc.service.folder import locked
from qc.service.settings import LOOPBACK, Settings

LOG = logging.getLogger("qc.service")


def serve(settings: Settings) -> None:
    """Listen until a signal ends the service; what runs then may finish, jobs are put back.

    Raises UsageError where the port is taken, the folder is in use, a policy is unknown, or the
    service would be open to others without any token.
    """
    import uvicorn

    from qc.service.app import create_app
    from qc.service.checker import named_policies
    from qc.service.logs import log_as_json

    named_policies(settings)
    with locked(settings.data):
        _refuse_open_service(settings)
    log_as_json()
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=int(settings.stop_grace_s),
        h11_max_incomplete_event_size=32 * 1024,
    )
    listening = _bound(settings)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}"
    LOG.info("starting", extra={"url": url})
    _tell_person(url)
    server = uvicorn.Server(config)
    with _own_files(settings):
        server.run(sockets=[listening])
    if not server.started:
        sys.exit(3)


def _tell_person(url: str) -> None:
    """Where the page is, for someone who started the service in a terminal; logs stay JSON."""
    if sys.stdout.isatty():
        print(f"Trang kiểm tra bài viết: {url}/  (đợi vài giây; Ctrl+C để dừng)", flush=True)


@contextmanager
def _own_files(settings: Settings) -> Iterator[None]:
    """While it serves: uploads are spooled where they are cleaned up, files are the owner's."""
    folder, mask = tempfile.tempdir, os.umask(0o077)
    tempfile.tempdir = str(settings.data / "tmp")
    try:
        yield
    finally:
        tempfile.tempdir = folder
        os.umask(mask)


def _bound(settings: Settings) -> socket.socket:
    """A socket at the address; port 0 means any that is free.

    It is not yet listening: until the workers are warm, callers are refused, not left waiting.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once (TCP_NODELAY), not 40 ms later
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen there: {error.strerror}",
            where=f"{settings.host}:{settings.port}",
            remedy="Choose another --port or --host.",
            vi="không nghe được ở địa chỉ này; hãy chọn --port hoặc --host khác",
        ) from error
    return listening


def _refuse_open_service(settings: Settings) -> None:
    """A service that others can reach needs a token first."""
    if settings.loopback and settings.host in LOOPBACK:
        return
    from qc.service.store.engine import open_store
    from qc.service.store.tokens import any_token

    store = open_store(settings.database, settings.data)
    try:
        with store.read() as connection:
            if any_token(connection):
                return
    finally:
        store.close()
    raise UsageError(
        "the service would be open to other machines, and there is no token yet",
        where=f"--host {settings.host}",
        remedy="Make one with `qc serve token add NAME`.",
        vi="dịch vụ sẽ mở cho máy khác mà chưa có mã truy cập; hãy chạy `qc serve token add TÊN`",
    )
