"""Serving: uvicorn around the application."""

from __future__ import annotations

import tempfile

from qc.service.settings import Settings


def serve(settings: Settings) -> None:
    """Listen until a signal ends the service."""
    import uvicorn

    from qc.service.app import create_app

    app = create_app(settings)
    tempfile.tempdir = str(settings.data / "tmp")  # uploads are spooled where they are cleaned up
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http="h11",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(settings.stop_grace_s),
    )
