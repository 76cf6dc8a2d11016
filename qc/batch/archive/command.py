"""qc sample-archive: write a made-up portal with seeded defects and the truth about them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qc.core.errors import UsageError


def sample_archive(
    count: Annotated[int, typer.Argument(metavar="N", min=20, help="Số bài.")],
    out: Annotated[Path, typer.Option("--out", "--output", "-o", help="Thư mục mới sẽ ghi.")],
    seed: Annotated[int, typer.Option(help="Số mầm: cùng số thì ra cùng kho bài.")] = 1,
    format: Annotated[
        str, typer.Option("--format", "-f", help="jsonl, html, wxr, wordpress, nukeviet.")
    ] = "jsonl",
    level: Annotated[
        str, typer.Option(help="Cấp học: mam-non, tieu-hoc, thcs, thpt.")
    ] = "tieu-hoc",
    years: Annotated[int, typer.Option(min=1, max=20, help="Số năm học.")] = 5,
    until: Annotated[str, typer.Option(help="Ngày của bài cuối, NĂM-THÁNG-NGÀY.")] = "2026-10-31",
    defects: Annotated[float, typer.Option(min=0, max=1, help="Tỉ lệ bài có lỗi gieo sẵn.")] = 0.25,
    pictures: Annotated[int, typer.Option(min=0, help="Số bài có ảnh, nhiều nhất.")] = 40,
    database: Annotated[
        str, typer.Option(help="Địa chỉ SQLAlchemy (mặc định: tệp SQLite trong thư mục).")
    ] = "",
) -> None:
    """Ghi một kho bài thử: cổng của một trường không có thật, có lỗi gieo sẵn và tệp đáp án.

    Đáp án nằm ở truth.jsonl: mỗi lỗi một dòng (bài, quy tắc, chỗ), rồi trạng thái của từng mục
    phải có theo năm học. Cùng tham số thì ra đúng cùng một kho bài.
    """
    from qc.batch.archive.model import LEVELS, Order
    from qc.batch.archive.write import write_archive

    if level not in LEVELS:
        known = ", ".join(LEVELS)
        raise UsageError(
            f"no such level: {level}",
            remedy=f"Use one of {known}.",
            vi=f"không có cấp học “{level}”; hãy dùng một trong {known}",
        )
    try:
        last = date.fromisoformat(until)
    except ValueError as error:
        raise UsageError(
            f"not a date: {until}",
            remedy="Write 2026-10-31.",
            vi=f"“{until}” không phải là ngày; hãy viết như 2026-10-31",
        ) from error
    order = Order(count, seed, level, last, years, defects, pictures)
    written = write_archive(order, out, format, database)
    typer.echo(
        f"{written.target}: {written.posts} bài; {written.truth}: {written.defects} lỗi gieo"
    )
