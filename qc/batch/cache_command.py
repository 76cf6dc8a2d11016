"""The commands `qc cache info`, `prune` and `clear`; nothing heavy is imported."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

cache_app = typer.Typer(
    help="Tệp nhớ kết quả của qc recheck: xem, bỏ bớt, xóa hết.", no_args_is_help=True
)
DEFAULT = Path("qc-recheck/cache.sqlite")
File = Annotated[
    Path,
    typer.Argument(
        metavar="TỆP", help="Tệp nhớ kết quả (của --cache, hoặc cache.sqlite trong --out)."
    ),
]


@cache_app.command("info")
def info(file: File = DEFAULT) -> None:
    """Có bao nhiêu kết quả, cỡ tệp, lần dùng cũ nhất và mới nhất."""
    from qc.batch.cache_upkeep import MB, cache_state

    state = cache_state(file)
    typer.echo(f"{file}: {state.results} kết quả, {state.size_bytes / MB:.1f} MB")
    if state.oldest is not None and state.newest is not None:
        first, last = (
            datetime.fromtimestamp(each).strftime("%d/%m/%Y")
            for each in (state.oldest, state.newest)
        )
        typer.echo(f"dùng lần cuối: từ {first} đến {last}")


@cache_app.command("prune")
def prune_command(
    file: File = DEFAULT,
    max_mb: Annotated[
        int | None, typer.Option("--max-mb", min=0, help="Còn nhiều nhất chừng này MB.")
    ] = None,
    max_days: Annotated[
        int | None, typer.Option("--max-days", min=0, help="Bỏ kết quả quá số ngày này không dùng.")
    ] = None,
) -> None:
    """Bỏ bớt: kết quả lâu không dùng nhất đi trước. Lần chạy khác đang dùng tệp cũng không sao."""
    from qc.batch.cache_upkeep import prune
    from qc.core.errors import UsageError

    if max_mb is None and max_days is None:
        raise UsageError(
            "nothing says how much is to be left",
            remedy="Add --max-mb or --max-days.",
            vi="chưa rõ bỏ đến đâu; hãy thêm --max-mb hoặc --max-days",
        )
    typer.echo(f"đã bỏ {prune(file, max_mb=max_mb, max_days=max_days)} kết quả")


@cache_app.command("clear")
def clear_command(file: File = DEFAULT) -> None:
    """Xóa mọi kết quả; lần chạy sau xét lại từ đầu."""
    from qc.batch.cache_upkeep import clear

    typer.echo(f"đã bỏ {clear(file)} kết quả")
