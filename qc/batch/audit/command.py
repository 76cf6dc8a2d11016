"""qc audit: does a portal carry what it must, and is it alive?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qc.core.errors import UsageError

FORMATS = ("html", "json", "xlsx")
LANGUAGES = ("vi", "en")
TICK = 200


def audit_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="NGUỒN...",
            help="Thư mục, JSONL, CSV, Parquet, WXR, địa chỉ cơ sở dữ liệu; đặt tên: TÊN=NGUỒN.",
        ),
    ],
    level: Annotated[
        str | None,
        typer.Option(help="Cấp học: mam-non, tieu-hoc, thcs, thpt, so-gddt (mặc định: tự suy)."),
    ] = None,
    policy: Annotated[
        str, typer.Option("--policy", "-p", help="Chính sách (mặc định: theo cấp).")
    ] = "",
    as_of: Annotated[
        str | None, typer.Option(help="Xét đến ngày, NĂM-THÁNG-NGÀY (mặc định: hôm nay).")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="html, json, xlsx.")] = "html",
    output: Annotated[
        Path | None, typer.Option("--output", "--out", "-o", help="Tệp kết quả (mặc định: in ra).")
    ] = None,
    media: Annotated[Path | None, typer.Option(help="Thư mục chứa ảnh, tệp của các bài.")] = None,
    host: Annotated[
        list[str] | None, typer.Option(help="Tên miền của cổng, khi nguồn không ghi địa chỉ bài.")
    ] = None,
    results: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            help="Thư mục kết quả của qc recheck (viết được nhiều lần): bài không đổi thì không "
            "kiểm tra lại.",
        ),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Số tiến trình.")] = 1,
    lang: Annotated[str, typer.Option(envvar="QC_LANG", help="vi hoặc en.")] = "vi",
) -> None:
    """Kiểm tra toàn cổng: đủ mục bắt buộc, đúng hạn, còn hoạt động; nhiều nguồn thì so sánh.

    Mã thoát: 0 không thiếu gì; 1 thiếu nội dung bắt buộc hoặc có bài bị chèn; 3 chưa xét xong;
    4 không có bài nào. Điều nguồn không cho biết được ghi là chưa xét, không tính là đạt.
    """
    from qc.batch.audit.build import AuditOrder, audit, split_name
    from qc.batch.sources.options import ReadOptions
    from qc.documents.folder import told_passed_over
    from qc.report.target import check_target, write_beside

    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(
            f"no such format: {format}",
            remedy=f"Use one of {known}.",
            vi=f"không có dạng kết quả “{format}”; hãy dùng một trong {known}",
        )
    if format == "xlsx" and output is None:
        raise UsageError(
            "a workbook needs a file",
            remedy="Add --output FILE.xlsx.",
            vi="sổ tính phải được ghi ra tệp; hãy thêm --output TỆP.xlsx",
        )
    if lang not in LANGUAGES:
        raise UsageError(
            f"no such language: {lang}", remedy="Use vi or en.", vi="--lang là vi hoặc en"
        )
    order = AuditOrder(
        archives=tuple(sources),
        as_of=_day(as_of),
        level=level,
        policy=policy,
        lang=lang,
        workers=workers,
        options=ReadOptions(media=media, hosts=tuple(host or ()), lang=lang),
        known=tuple(results or ()),
    )
    originals = [Path(split_name(each)[1]) for each in sources]
    if output is not None:
        check_target(output, originals)
    result = audit(order, _tick)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    content = _rendered(format, result)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_beside(output, content, originals)
        from qc.batch.audit.words import verdict_of

        for portal in result.portals:
            typer.echo(f"{portal.name}: {verdict_of(portal)[lang]}", err=True)
    if told := told_passed_over(originals, lang):
        typer.echo(told, err=True)
    raise typer.Exit(result.exit_code)


def _rendered(format: str, result: object) -> bytes:
    from qc.batch.audit.model import Audit, to_json

    assert isinstance(result, Audit)
    if format == "json":
        return to_json(result).encode()
    if format == "xlsx":
        from qc.batch.audit.workbook import to_xlsx

        return to_xlsx(result)
    from qc.batch.audit.page import to_html

    return to_html(result).encode()


def _day(written: str | None) -> date:
    if written is None:
        return date.today()
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"not a date: {written}",
            remedy="Write it as 2026-10-31.",
            vi=f"“{written}” không phải là ngày; hãy viết như 2026-10-31",
        ) from error


def _tick(done: int) -> None:
    if done % TICK == 0 and sys.stderr.isatty():
        sys.stderr.write(f"\r{done} bài …")
        sys.stderr.flush()
