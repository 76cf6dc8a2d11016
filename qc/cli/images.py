"""`qc images`: the index of pictures that a portal has published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qc.core.article import Image

app = typer.Typer(help="Chỉ mục ảnh đã đăng, để biết ảnh nào đăng lại.", no_args_is_help=True)
SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".bmp", ".avif", ".heic"))


@app.callback()
def images() -> None:
    """Chỉ mục ảnh đã đăng, để biết ảnh nào đăng lại."""


@app.command("index")
def index_command(
    folder: Annotated[Path, typer.Argument(help="Thư mục ảnh đã đăng.", file_okay=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Tệp chỉ mục sẽ ghi.")],
) -> None:
    """Ghi chỉ mục của mọi ảnh trong thư mục; khai tệp ấy ở tùy chọn archive của seen-before."""
    from qc.core.errors import UsageError
    from qc.media.archive import write_archive

    if not folder.is_dir():
        typer.echo(f"{folder}: không phải thư mục", err=True)
        raise typer.Exit(2)
    try:
        kept, left_out = write_archive(out, pictures(folder))
    except UsageError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{out}: {kept} ảnh; {left_out} tệp không so được (hỏng, ảnh trơn, ảnh động)")


def pictures(folder: Path) -> Iterator[tuple[str, Image]]:
    """The picture files below a folder, by their path in it; links are not followed."""
    from qc.core.article import Image
    from qc.core.blob import Blob

    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink():
            name = path.relative_to(folder).as_posix()
            yield name, Image(path=name, blob=Blob(path=path.absolute()))
