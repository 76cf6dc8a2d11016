"""The application: routers, limits and the worker pool behind one FastAPI app.

A router of the service lives in `qc/service/NAME/router.py` as an APIRouter called `router`; the
ones named in ROUTERS are included where they exist. What a router may use:

    from fastapi import APIRouter, Request
    from qc.documents.load import Source
    from qc.service.pool.work import CheckOptions, Work

    router = APIRouter()

    @router.post("/v2/check")
    async def check(request: Request) -> Response:
        source = Source("van-ban.txt", data=text.encode(), format="text")
        checked = await request.app.state.checker.check(source, CheckOptions(lang="vi"))
        checked.content   # bytes: the JSON of `qc check --format json`
        checked.data      # the same as data: data["reports"][0]["findings"] …
        checked.verdict   # pass, review, block, incomplete

- `checker.check` waits for a worker process without blocking the event loop. Never call
  `qc.check`, `inspect` or `fix` in the server process.
- Anything else that needs the pipeline is a function `f(task: Task) -> Answer` in a module of
  qc.service (see qc/service/pool/work.py), called in a worker by
  `await checker.run(Work(function="qc.service.page.tasks:fixed", source=…, extra={…}))`;
  it gives an Answer with `head` (plain JSON data) and `body` (bytes).
- An article with media, in JSON or multipart as for /v1/check:
  `with await read_submission(request, request.app.state.settings) as submission:` gives
  `submission.source` and `submission.options`; the folder goes at the end of the block.
- Errors: raise `qc.service.errors.Refusal(status, what, vi=…)`; it becomes the JSON of the API.
- `request.app.state.settings` are the Settings; `request.state.principal` says who asks.
- In tests: `TestClient(create_app(Settings(data=tmp_path, workers=1)))` as a context manager.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

from fastapi import FastAPI

from qc import __version__
from qc.service.checker import Checker
from qc.service.faults import add_handlers
from qc.service.pool.pool import Pool, prepare_folder
from qc.service.settings import Settings

ROUTERS = ("api", "languagetool", "page")


def create_app(settings: Settings) -> FastAPI:
    """The service as an ASGI application; its workers start and end with its lifespan."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        prepare_folder(settings.data)
        pool = Pool(settings)
        app.state.checker = Checker(settings, pool)
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    app = FastAPI(
        title="qc",
        version=__version__,
        summary="Kiểm tra bài viết trước khi đăng lên cổng thông tin nhà trường",
        docs_url=None,  # they would load scripts from outside hosts
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    add_handlers(app)
    for name in ROUTERS:
        module = f"qc.service.{name}"
        if find_spec(module) is not None and find_spec(f"{module}.router") is not None:
            app.include_router(import_module(f"{module}.router").router)
    return app
