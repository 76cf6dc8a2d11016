"""The commands that this shell adds to qc: `qc nukeviet`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qc.integrations.nukeviet.options import Options

FAIL_ON = ("review", "block")


def register(app: typer.Typer) -> None:
    """Add this shell's commands to the Typer application."""
    app.command("nukeviet")(nukeviet_command)


def nukeviet_command(
    root: Annotated[
        Path | None,
        typer.Option(
            "--root",
            help="Thư mục của trang NukeViet (có config.php và uploads): lấy từ đó cách nối cơ sở "
            "dữ liệu, ảnh và tệp.",
        ),
    ] = None,
    database: Annotated[
        str,
        typer.Option(
            "--database",
            envvar="QC_NUKEVIET_DATABASE",
            help="Địa chỉ SQLAlchemy, ví dụ mysql+pymysql://user:mật-khẩu@máy/csdl; nên đặt trong "
            "biến môi trường để không lộ mật khẩu.",
            show_envvar=True,
        ),
    ] = "",
    prefix: Annotated[
        str, typer.Option("--prefix", help="Tiền tố bảng (mặc định lấy từ config.php, hoặc nv4).")
    ] = "",
    module: Annotated[
        list[str] | None,
        typer.Option(
            "--module", "-m", help="NGÔN_NGỮ:MÔ_ĐUN, ví dụ vi:news; mặc định mọi mô-đun tin."
        ),
    ] = None,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Tên miền của trang, để nhận ra ảnh của nó.")
    ] = None,
    base: Annotated[
        str, typer.Option("--base", help="Đường dẫn của trang trên máy chủ web.")
    ] = "/",
    policy: Annotated[
        str, typer.Option("--policy", "-p", help="Tên chính sách, hoặc tệp .yaml của đơn vị.")
    ] = "co-so",
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Kết luận nào thì trả bài lại: block hoặc review.")
    ] = "block",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ xem, không ghi gì vào cơ sở dữ liệu.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Chạy mãi, mỗi --interval giây xem một lượt.")
    ] = False,
    interval: Annotated[
        float, typer.Option("--interval", min=1, help="Số giây giữa hai lượt.")
    ] = 60.0,
    reports: Annotated[
        Path | None, typer.Option("--reports", help="Ghi báo cáo đầy đủ vào thư mục này.")
    ] = None,
    userid: Annotated[
        int, typer.Option("--userid", min=0, help="Mã người dùng đứng tên trong nhật ký NukeViet.")
    ] = 0,
    lang: Annotated[str, typer.Option("--lang", help="Ngôn ngữ của lý do: vi hoặc en.")] = "vi",
) -> None:
    """Kiểm tra bài NukeViet đang chờ duyệt, ghi lại kết quả.

    Bài chờ duyệt (5) thành đang duyệt (7) hoặc từ chối duyệt (6); bài chờ đăng (8) thành đang kiểm
    tra để đăng (10) hoặc từ chối đăng (9), kèm lý do. Bài chưa kiểm tra xong thì giữ nguyên.

    Mã thoát: 0 mọi bài đi tiếp, 1 có bài bị trả lại, 2 sai lệnh hoặc không nối được, 3 có bài chưa
    kiểm tra xong.
    """
    from qc.core.record import replace
    from qc.integrations.nukeviet.options import module_of
    from qc.integrations.nukeviet.run import run_once, run_watch

    options = _options(root, database, prefix, fail_on=fail_on, lang=lang)
    options = replace(
        options,
        hosts=tuple(each.lower() for each in host or ()) or options.hosts,
        base=base,
        modules=tuple(module_of(each) for each in module or ()),
        policy=policy,
        dry_run=dry_run,
        interval_s=interval,
        reports=reports,
        userid=userid,
    )
    options.require_media()
    raise typer.Exit(run_watch(options) if watch else run_once(options))


def _options(root: Path | None, database: str, prefix: str, *, fail_on: str, lang: str) -> Options:
    """The options that the site's own settings may give. Raises UsageError."""
    from qc.core.errors import UsageError
    from qc.integrations.nukeviet.options import Options, site_settings

    for name, value, known in (("--fail-on", fail_on, FAIL_ON), ("--lang", lang, ("vi", "en"))):
        if value not in known:
            raise UsageError(
                f"is one of {', '.join(known)}, not {value!r}",
                where=name,
                vi=f"phải là {' hoặc '.join(known)}, không phải “{value}”",
            )
    if root is None and not database:
        raise UsageError(
            "neither --root nor --database is given",
            remedy="Give the folder of the site, or the address of its database.",
            vi="cần --root (thư mục của trang) hoặc --database (địa chỉ cơ sở dữ liệu)",
        )
    found = site_settings(root) if root is not None and not database else {"database": database}
    if prefix or "prefix" not in found:
        found["prefix"] = prefix or "nv4"
    return Options(root=root, fail_on=fail_on, lang=lang, **found)
