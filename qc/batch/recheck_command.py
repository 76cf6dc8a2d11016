"""The command `qc recheck`; it imports nothing heavy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qc.batch.sources.read import Shard


def recheck_command(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="KHO",
            help="Thư mục; tệp .jsonl, .csv, .parquet, WXR, RSS, Atom, sitemap (nén .gz, .xz cũng "
            "được); địa chỉ cơ sở dữ liệu SQLAlchemy (WordPress, NukeViet); wagtail:SETTINGS.",
        ),
    ],
    policy: Annotated[
        str, typer.Option("--policy", "-p", help="Tên chính sách, hoặc tệp .yaml của đơn vị.")
    ] = "co-so",
    out: Annotated[
        Path,
        typer.Option("--out", "--output", "-o", help="Thư mục ghi kết quả; chạy lại thì làm tiếp."),
    ] = Path("qc-recheck"),
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help="Ghi thêm bảng cho người đọc: csv, xlsx (mở bằng Excel), jsonl (viết được nhiều "
            "lần). parquet luôn có.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-j", min=0, help="Số tiến trình (0: mỗi lõi một).")
    ] = 0,
    threads: Annotated[
        int, typer.Option("--threads", min=1, help="Số luồng đọc ảnh trong mỗi tiến trình.")
    ] = 2,
    since: Annotated[
        str | None, typer.Option("--since", help="Chỉ bài sửa từ ngày này (NĂM-THÁNG-NGÀY).")
    ] = None,
    shard: Annotated[
        str, typer.Option("--shard", help="Chỉ phần i trong n phần, viết i/n.")
    ] = "1/1",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Chỉ quy tắc này, hoặc nhóm như term-* (viết được nhiều lần)."),
    ] = None,
    law_date: Annotated[
        str | None,
        typer.Option("--date", help="Xét mọi bài theo luật ở ngày này, không theo ngày đăng."),
    ] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--compare",
            help="So hai chính sách, hai ngày (hoặc CHÍNH-SÁCH@NGÀY): kết luận nào đổi, vì sao.",
        ),
    ] = None,
    find_consent: Annotated[
        list[str] | None,
        typer.Option(
            "--find-consent",
            help="Tìm mọi bài có mã phiếu đồng ý hay họ tên này, để gỡ khi gia đình rút đồng ý.",
        ),
    ] = None,
    media: Annotated[
        Path | None, typer.Option("--media", help="Thư mục chứa ảnh, clip, tệp của các bài.")
    ] = None,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Tên miền của chính cổng thông tin.")
    ] = None,
    all_states: Annotated[
        bool, typer.Option("--all-states", help="Cả bài nháp, bài đã ẩn, không chỉ bài đã đăng.")
    ] = False,
    query: Annotated[
        str | None, typer.Option("--query", help="Câu SELECT lấy bài, với tên cột thông dụng.")
    ] = None,
    tables: Annotated[
        str | None, typer.Option("--tables", help="Tiền tố tên bảng, như wp_ hoặc nv4_vi_news.")
    ] = None,
    pages: Annotated[
        str | None, typer.Option("--pages", help="Loại trang Wagtail, viết app.Model.")
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="pool (máy này) hoặc dask (nhiều máy).")
    ] = "pool",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Bộ điều phối Dask, như tcp://10.0.0.5:8786.")
    ] = None,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Tệp nhớ kết quả, dùng chung cho nhiều lần chạy.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Không nhớ kết quả.")] = False,
    cache_max_mb: Annotated[
        int | None,
        typer.Option(
            "--cache-max-mb",
            min=1,
            help="Sau lần chạy, bỏ bớt kết quả lâu không dùng cho tới cỡ này (MB).",
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="review hoặc block: có bài như thế thì mã thoát là 1."),
    ] = None,
    limit_s: Annotated[
        int, typer.Option("--limit", min=1, help="Số giây tối đa cho một bài.")
    ] = 300,
    lang: Annotated[
        str,
        typer.Option("--lang", envvar="QC_LANG", help="Ngôn ngữ của kết quả: vi hoặc en."),
    ] = "vi",
) -> None:
    """Kiểm tra lại cả kho bài: khi luật, danh sách từ hay quy tắc thay đổi.

    Dừng giữa chừng thì gõ lại lệnh cũ để làm tiếp. Kết quả là các tệp Parquet trong thư mục --out;
    --format csv ghi thêm posts.csv và findings.csv mở được bằng Excel.

    Mã thoát: 0 đã xét hết (dù có bài chưa được đăng), 1 có bài đến mức --fail-on, 3 có bài chưa xét
    xong, 4 không có bài nào.
    """
    from qc.batch.recheck import RecheckArguments, run_recheck
    from qc.batch.sources.options import ReadOptions
    from qc.core.errors import UsageError

    if lang not in ("vi", "en"):
        raise UsageError(f"lang is vi or en, not {lang}", vi="--lang là vi hoặc en")
    if fail_on not in (None, "review", "block"):
        vi = "--fail-on là review hoặc block"
        raise UsageError(f"fail-on is review or block, not {fail_on}", vi=vi)
    read = ReadOptions(
        media=media,
        hosts=tuple(each.lower() for each in host or ()),
        all_states=all_states,
        query=query,
        tables=tables,
        pages=pages,
        since=_day(since, "--since"),
        lang=lang,
    )
    arguments = RecheckArguments(
        archives=archives,
        folder=out,
        policy=policy,
        law_date=_day(law_date, "--date"),
        lang=lang,
        only=only or (),
        read=read,
        shard=_shard(shard),
        engine=engine,
        scheduler=scheduler,
        workers=workers,
        threads=threads,
        cache=cache,
        no_cache=no_cache,
        cache_max_mb=cache_max_mb,
        fail_on=fail_on,
        formats=tuple(dict.fromkeys(format or ())),
        limit_s=limit_s,
    )
    if find_consent:
        from qc.batch.consent import run_find_consent

        raise typer.Exit(run_find_consent(arguments, find_consent))
    if compare:
        from qc.batch.compare import run_compare

        raise typer.Exit(run_compare(arguments, *compare))
    raise typer.Exit(run_recheck(arguments))


def _day(text: str | None, where: str) -> date | None:
    from qc.core.errors import UsageError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"{text} is not a date",
            where=where,
            remedy="Write YYYY-MM-DD.",
            vi=f"{text} không phải ngày hợp lệ; viết theo dạng NĂM-THÁNG-NGÀY",
        ) from error


def _shard(text: str) -> Shard:
    from qc.batch.sources.read import Shard
    from qc.core.errors import UsageError

    index, _, count = text.partition("/")
    if index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count):
        return Shard(int(index), int(count))
    raise UsageError(
        f"{text} is not a shard",
        where="--shard",
        remedy="Write i/n, such as 2/5.",
        vi=f"{text} không phải một phần; viết i/n, ví dụ 2/5",
    )
