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
- `request.app.state.settings` are the Settings; `request.state.principal` says who asks. The gate
  asks for the header `Authorization: Bearer TOKEN`, where tokens are in force, for everything but
  GET requests outside of /v1, /v2, /check and /metrics. A router whose protocol carries its token
  elsewhere has `OWN_TOKENS`, a pattern of such paths, in the same module, and itself calls
  `request.state.principal = await request.app.state.guard.admit(token)` (None: no token) for each
  request before anything else. Paths that match its `OWN_ORIGINS` answer foreign web pages and
  their preflights themselves.
- In tests: `TestClient(create_app(Settings(data=tmp_path, workers=1)), base_url="http://localhost")`
  as a context manager.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

from fastapi import FastAPI

from qc import __version__
from qc.service.checker import Checker
from qc.service.faults import add_handlers
from qc.service.folder import instance_of, locked, prepare_folder
from qc.service.gate.guard import Guard
from qc.service.gate.middleware import Gate
from qc.service.jobs.runner import Runner
from qc.service.measures import Measures
from qc.service.pool.pool import Pool
from qc.service.settings import Settings
from qc.service.store.engine import Store, open_store
from qc.service.store.jobs import Queue
from qc.service.upkeep import keep_up

ROUTERS = ("api", "languagetool", "page")
PROTOCOL = (  # LanguageTool's paths, which have their own rules for add-ons and web pages
    r"(?:/policies/[^/]+)?(?:/v2)?"
    r"/(?:check|languages|info|configinfo|maxtextlength|healthcheck)"
)


def create_app(settings: Settings) -> FastAPI:
    """The service as an ASGI application; its workers start and end with its lifespan."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with locked(settings.data):
            prepare_folder(settings.data)
            store = await asyncio.to_thread(open_store, settings.database, settings.data)
            try:
                async with _running(app, store):
                    yield
            finally:
                store.close()

    app = FastAPI(
        title="qc",
        version=__version__,
        summary="Kiểm tra bài viết trước khi đăng lên cổng thông tin nhà trường",
        docs_url=None,  # they would load scripts from outside hosts
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.measures = Measures()
    add_handlers(app)
    own_tokens: list[str] = []
    own_origins: list[str] = [PROTOCOL]
    for name in ROUTERS:
        module = f"qc.service.{name}"
        if find_spec(module) is not None and find_spec(f"{module}.router") is not None:
            part = import_module(f"{module}.router")
            app.include_router(part.router)
            own_tokens += [each for each in (getattr(part, "OWN_TOKENS", ""),) if each]
            own_origins += [each for each in (getattr(part, "OWN_ORIGINS", ""),) if each]
    app.add_middleware(Gate, state=app.state, own_tokens=own_tokens, own_origins=own_origins)
    return app


@asynccontextmanager
async def _running(app: FastAPI, store: Store) -> AsyncIterator[None]:
    """Workers, jobs and upkeep, for as long as the service runs."""
    settings: Settings = app.state.settings
    pool = Pool(settings)
    checker = Checker(settings, pool, store)
    queue = Queue(instance=instance_of(settings.data))
    runner = Runner(checker, store, queue, app.state.measures)
    app.state.store = store
    app.state.checker = checker
    app.state.runner = runner
    app.state.guard = Guard(settings, store)
    app.state.measures.watch(pool)
    try:
        await pool.start()
        await runner.start()
        upkeep = asyncio.create_task(keep_up(store, settings))
        try:
            yield
        finally:
            upkeep.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await upkeep
            await runner.stop()
    finally:
        await pool.stop()
