"""The commands that this shell adds to qc: `qc serve` and `qc serve token`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection

serve_app = typer.Typer(help="Chạy dịch vụ HTTP trên máy này.", invoke_without_command=True)
token_app = typer.Typer(help="Mã truy cập của dịch vụ.", no_args_is_help=True)
serve_app.add_typer(token_app, name="token")

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Thư mục dữ liệu (mặc định $QC_SERVICE_DATA, ~/.local/share/qc)."),
]
Database = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="QC_DATABASE",
        help="Địa chỉ PostgreSQL (postgresql+psycopg://…); mặc định SQLite trong thư mục dữ liệu.",
    ),
]

AS_SERVICE = "(0: như của dịch vụ)"


def register(app: typer.Typer) -> None:
    """Add this shell's commands to the Typer application."""
    app.add_typer(serve_app, name="serve")


@serve_app.callback()
def serve_command(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ để nghe.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Cổng để nghe.")] = 8765,
    data: Data = None,
    database: Database = "",
    workers: Annotated[
        int, typer.Option("--workers", min=0, max=64, help="Số tiến trình kiểm tra (0: tự chọn).")
    ] = 0,
    policy: Annotated[
        list[Path] | None,
        typer.Option("--policy", "-p", help="Tệp chính sách .yaml của đơn vị (dùng nhiều lần)."),
    ] = None,
    default_policy: Annotated[
        str, typer.Option("--default-policy", help="Chính sách dùng khi yêu cầu không nêu.")
    ] = "co-so",
    require_token: Annotated[
        bool, typer.Option("--require-token", help="Luôn đòi mã truy cập.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="Tên miền được phép gọi đến, khi đứng sau nginx."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", help="Trang web khác được phép gọi (https://…)."),
    ] = None,
    keep_days: Annotated[
        int, typer.Option("--keep-days", min=1, help="Giữ báo cáo bao nhiêu ngày.")
    ] = 90,
    max_body_mb: Annotated[
        int, typer.Option("--max-body-mb", min=1, help="Một yêu cầu lớn nhất bao nhiêu MB.")
    ] = 128,
    queue: Annotated[
        int, typer.Option("--queue", min=1, help="Bao nhiêu yêu cầu được chờ cùng lúc.")
    ] = 64,
    rate: Annotated[
        int,
        typer.Option("--rate", min=0, help="Số yêu cầu mỗi phút của một mã (0: không hạn chế)."),
    ] = 0,
    quota: Annotated[
        int, typer.Option("--quota", min=0, help="Số lần kiểm tra mỗi ngày của một mã (0: không).")
    ] = 0,
) -> None:
    """Chạy dịch vụ kiểm tra bài viết; mặc định chỉ nghe trên máy này."""
    if context.invoked_subcommand is not None:
        context.obj = (data, database)  # `qc serve --data D token add`: the tokens of that store
        return
    import os

    from qc.service.server import serve
    from qc.service.settings import MEBIBYTE, Limits, Settings, default_data_dir

    settings = Settings(
        host=host,
        port=port,
        data=(data or default_data_dir()).absolute(),
        database=database or None,
        workers=workers or os.cpu_count() or 1,
        policy=default_policy,
        policies=tuple(policy or ()),
        require_token=require_token,
        hosts=tuple(allow_host or ()),
        origins=tuple(allow_origin or ()),
        keep_days=keep_days,
        limits=Limits(
            max_body_bytes=max_body_mb * MEBIBYTE,
            queue_size=queue,
            rate_per_minute=rate,
            checks_per_day=quota,
        ),
    )
    serve(settings)


@token_app.command("add")
def add_token_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Ai dùng mã này, ví dụ tên trang web.")],
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            help="check (kiểm tra), approve (cả duyệt, miễn trừ, từ điển), admin (tất cả).",
        ),
    ] = "check",
    days: Annotated[
        int, typer.Option("--days", min=0, help="Hiệu lực bao nhiêu ngày (0: không hạn).")
    ] = 0,
    rate: Annotated[
        int, typer.Option("--rate", min=0, help=f"Số yêu cầu mỗi phút {AS_SERVICE}.")
    ] = 0,
    quota: Annotated[
        int, typer.Option("--quota", min=0, help=f"Số lần kiểm tra mỗi ngày {AS_SERVICE}.")
    ] = 0,
    data: Data = None,
    database: Database = "",
) -> None:
    """Tạo một mã truy cập và in ra; mã chỉ hiện một lần này."""
    from qc.service.store.tokens import NewToken, add_token

    wanted = NewToken(
        name=name, scope=scope, days=days or None, rate_per_minute=rate, checks_per_day=quota
    )
    with _writing(context, data, database) as connection:
        typer.echo(add_token(connection, wanted))


@token_app.command("list")
def list_tokens_command(context: typer.Context, data: Data = None, database: Database = "") -> None:
    """In danh sách mã truy cập (không in phần bí mật)."""
    from qc.service.store.tokens import list_tokens

    with _writing(context, data, database) as connection:
        for row in list_tokens(connection):
            end = "đã thu hồi" if row["revoked_at"] else (row["expires_at"] or "không hạn")[:10]
            since = row["created_at"][:10]
            typer.echo(f"{row['id']}  {row['scope']:8} {since}  {end:10}  {row['name']}")


@token_app.command("revoke")
def revoke_token_command(
    context: typer.Context,
    identity: Annotated[str, typer.Argument(help="Số hiệu của mã (cột đầu của token list).")],
    data: Data = None,
    database: Database = "",
) -> None:
    """Thu hồi một mã truy cập."""
    from qc.service.store.tokens import revoke_token

    with _writing(context, data, database) as connection:
        revoke_token(connection, identity)
    typer.echo(f"Đã thu hồi {identity}")


@contextmanager
def _writing(context: typer.Context, data: Path | None, database: str) -> Iterator[Connection]:
    """A transaction in the store of the service, which may be running.

    Where the subcommand names no store, it is the one named before it, after `qc serve`.
    """
    from qc.service.settings import default_data_dir
    from qc.service.store.engine import open_store

    given: tuple[Path | None, str] = context.find_object(tuple) or (None, "")
    folder = (data or given[0] or default_data_dir()).absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = open_store(database or given[1] or None, folder)
    try:
        with store.write(durable=True) as connection:
            yield connection
    finally:
        store.close()
