"""The commands that this shell adds to qc: `qc serve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qc.service.settings import Settings

serve_app = typer.Typer(help="Chạy dịch vụ HTTP trên máy này.", invoke_without_command=True)

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Thư mục dữ liệu (mặc định ~/.local/share/qc)."),
]


def register(app: typer.Typer) -> None:
    """Add this shell's commands to the Typer application."""
    app.add_typer(serve_app, name="serve")


@serve_app.callback()
def serve_command(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ để nghe.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Cổng để nghe.")] = 8765,
    data: Data = None,
    workers: Annotated[
        int, typer.Option("--workers", min=0, max=64, help="Số tiến trình kiểm tra (0: tự chọn).")
    ] = 0,
    policy: Annotated[
        list[Path] | None,
        typer.Option("--policy", "-p", help="Tệp chính sách .yaml của đơn vị (dùng nhiều lần)."),
    ] = None,
) -> None:
    """Chạy dịch vụ kiểm tra bài viết; mặc định chỉ nghe trên máy này."""
    if context.invoked_subcommand is not None:
        return
    import os

    from qc.service.server import serve
    from qc.service.settings import Settings, default_data_dir

    settings: Settings = Settings(
        host=host,
        port=port,
        data=(data or default_data_dir()).absolute(),
        workers=workers or os.cpu_count() or 1,
        policies=tuple(policy or ()),
    )
    serve(settings)
