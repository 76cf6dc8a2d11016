"""The Typer application: help, completion, and every command but a plain `qc check`."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from qc.cli.arguments import CheckArguments, default_lang

app = typer.Typer(
    name="qc",
    help="Kiểm tra bài viết trước khi đăng lên cổng thông tin điện tử của nhà trường.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
policy_app = typer.Typer(help="Xem và kiểm tra chính sách.", no_args_is_help=True)
app.add_typer(policy_app, name="policy")

SUB_APPS = {
    "law": "law",
    "terms": "terms",
    "spelling": "spelling",
    "dictionary": "dictionary",
    "images": "images",
}
for _name, _module in SUB_APPS.items():
    if find_spec(f"qc.cli.{_module}") is not None:
        app.add_typer(import_module(f"qc.cli.{_module}").app, name=_name)


class Format(StrEnum):
    """Formats of reports."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    RDJSON = "rdjson"
    CSV = "csv"
    XLSX = "xlsx"


class Lang(StrEnum):
    """Languages of reports."""

    VI = "vi"
    EN = "en"


class FailOn(StrEnum):
    """Verdicts that make the exit code 1."""

    REVIEW = "review"
    BLOCK = "block"


LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Ngôn ngữ của báo cáo: vi hoặc en.")
]


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="In số phiên bản rồi dừng.")] = False,
) -> None:
    """Kiểm tra bài viết trước khi đăng."""
    if version:
        from qc import __version__

        typer.echo(f"qc {__version__}")
        raise typer.Exit


@app.command("check")
def check_command(
    paths: Annotated[
        list[Path], typer.Argument(help="Tệp bài viết, hoặc thư mục chứa bài viết và ảnh, clip.")
    ],
    policy: Annotated[
        str,
        typer.Option(
            "--policy", "-p", help="Tên chính sách, hoặc tệp .yaml của đơn vị (mặc định co-so)."
        ),
    ] = "",
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Dạng báo cáo (mặc định text).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Ghi báo cáo vào tệp này.")
    ] = None,
    lang: LangOption = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", help="Xét theo luật ở ngày này (NĂM-THÁNG-NGÀY), không theo ngày đăng."
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Khi nào mã thoát là 1: block – có bài chưa được đăng (mặc định); "
            "review – cả khi có bài cần xem lại.",
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", help="Chỉ tính những điểm chưa có trong tệp baseline này."),
    ] = None,
    write_baseline: Annotated[
        str | None, typer.Option("--write-baseline", help="Ghi các điểm hiện có vào tệp này.")
    ] = None,
    config: Annotated[str | None, typer.Option("--config", help="Tệp cấu hình qc.toml.")] = None,
    timings: Annotated[
        bool, typer.Option("--timings", help="In thời gian của từng bước ra luồng lỗi.")
    ] = False,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Giải mã toàn bộ clip: chắc hơn, nhưng chậm hơn.")
    ] = False,
) -> None:
    """Kiểm tra các bài viết và in báo cáo.

    Mã thoát: 0 không có gì từ mức --fail-on trở lên, 1 có, 2 gõ sai lệnh hoặc chính sách,
    3 chưa kiểm tra xong, 4 không có bài nào.
    """
    from qc.cli.check import run_check

    arguments = CheckArguments(
        paths=[str(path) for path in paths],
        policy=policy,
        format=format.value if format else "",
        output=str(output) if output is not None else None,
        lang=lang.value if lang else "",
        date=date,
        fail_on=fail_on.value if fail_on else "",
        baseline=baseline,
        write_baseline=write_baseline,
        config=config,
        timings=timings,
        thorough=thorough,
    )
    raise typer.Exit(run_check(arguments))


@app.command("fix")
def fix_command(
    paths: Annotated[list[Path], typer.Argument(help="Bài viết, ảnh hoặc clip cần sửa.")],
    policy: Annotated[
        str, typer.Option("--policy", "-p", help="Tên chính sách, hoặc tệp .yaml của đơn vị.")
    ] = "co-so",
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Ghi đè bản gốc, giữ bản sao .bak.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Chỉ xem, không ghi gì.")] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Áp dụng cả đề nghị cần người xem lại.")
    ] = False,
    safe_html: Annotated[
        bool,
        typer.Option("--safe-html", help="Bài HTML: ghi thêm bản sạch, không còn mã chạy được."),
    ] = False,
    media: Annotated[
        bool, typer.Option("--media", help="Ghi cả bản sửa của ảnh và clip trong bài.")
    ] = False,
    lang: LangOption = None,
) -> None:
    """Sửa những chỗ chắc chắn và ghi bản mới cạnh bản gốc.

    Ảnh được xoay đúng chiều, đổi sang sRGB, thu nhỏ, bỏ vị trí chụp nhưng giữ thông tin bản quyền;
    clip được ghi thành bản dùng được trên web. Trong tệp Word, mỗi chỗ sửa là một thay đổi được
    theo dõi để người soạn chấp nhận hoặc bỏ.
    """
    from qc.cli.fix import run_fix

    raise typer.Exit(
        run_fix(
            [str(path) for path in paths],
            policy,
            in_place=in_place,
            diff_only=diff,
            unsafe=unsafe,
            safe_html=safe_html,
            media=media,
            lang=lang.value if lang else default_lang(),
        )
    )


@app.command("approve")
def approve_command(
    path: Annotated[Path, typer.Argument(help="Bài viết được duyệt.")],
    by: Annotated[str, typer.Option("--by", help="Họ tên người duyệt.")],
    role: Annotated[str, typer.Option("--role", help="Chức danh của người duyệt.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    policy: Annotated[str, typer.Option("--policy", "-p", help="Theo chính sách này.")] = "co-so",
    lang: LangOption = None,
) -> None:
    """Ghi vào nhật ký rằng bài này đã được duyệt; người viết không tự duyệt được."""
    from qc.cli.approve import run_approve

    language = lang.value if lang else default_lang()
    raise typer.Exit(run_approve(str(path), policy, by=by, role=role, note=note, lang=language))


@app.command("verify")
def verify_command(
    path: Annotated[Path, typer.Argument(help="Bài viết cần đối chiếu.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="Theo chính sách này.")] = "co-so",
    lang: LangOption = None,
) -> None:
    """Cho biết bài có đúng là bản đã được duyệt hay không."""
    from qc.cli.approve import run_verify

    raise typer.Exit(run_verify(str(path), policy, lang.value if lang else default_lang()))


@app.command("evidence")
def evidence_command(
    path: Annotated[Path, typer.Argument(help="Bài viết.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Tệp .zip sẽ ghi.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="Theo chính sách này.")] = "co-so",
    lang: LangOption = None,
) -> None:
    """Gói bằng chứng cho người kiểm tra: báo cáo, chính sách, mã băm, nhật ký duyệt."""
    from qc.cli.approve import run_evidence

    language = lang.value if lang else default_lang()
    raise typer.Exit(run_evidence(str(path), policy, str(output), language))


@app.command("watch")
def watch_command(
    path: Annotated[Path, typer.Argument(help="Tệp hoặc thư mục cần theo dõi.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="Theo chính sách này.")] = "co-so",
    lang: LangOption = None,
) -> None:
    """Kiểm tra lại mỗi khi bài được lưu."""
    from qc.cli.watch import run_watch

    raise typer.Exit(run_watch(str(path), policy, lang.value if lang else default_lang()))


@app.command("rules")
def rules_command(
    lang: LangOption = None,
    policy: Annotated[str, typer.Option("--policy", "-p", help="Theo chính sách này.")] = "co-so",
) -> None:
    """Liệt kê mọi quy tắc, mức độ, và quy tắc nào đang bật."""
    from qc.cli.rules import print_rules

    print_rules(policy, lang.value if lang else default_lang())


@app.command("rule")
def rule_command(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Mã quy tắc.")],
    lang: LangOption = None,
) -> None:
    """Giải thích một quy tắc: vì sao, cách sửa, căn cứ, ví dụ, tùy chọn."""
    from qc.cli.rules import print_rule

    print_rule(rule_id, lang.value if lang else default_lang())


@policy_app.command("show")
def policy_show(
    name: Annotated[str, typer.Argument(help="Tên chính sách hoặc tệp .yaml.")] = "co-so",
    lang: LangOption = None,
) -> None:
    """In chính sách sau khi đã gộp các phần kế thừa."""
    from qc.cli.policies import print_policy

    print_policy(name, lang.value if lang else default_lang())


@policy_app.command("validate")
def policy_validate(
    names: Annotated[list[str], typer.Argument(help="Tên chính sách hoặc tệp .yaml.")],
) -> None:
    """Kiểm tra tệp chính sách; báo khóa hoặc mã quy tắc viết sai."""
    from qc.policy.load import load_policy

    for name in names:
        policy = load_policy(name)
        typer.echo(f"{name}: hợp lệ ({policy.id}, {policy.digest[:12]})")


@app.command("schema")
def schema_command() -> None:
    """In JSON Schema của báo cáo JSON."""
    import json

    from qc.report.envelope import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@app.command("doctor")
def doctor_command(lang: LangOption = None) -> None:
    """Cho biết máy này có gì, thiếu gì, và phép kiểm tra nào vì thế không chạy được."""
    from qc.cli.doctor import print_doctor

    raise typer.Exit(print_doctor(lang.value if lang else default_lang()))


# Last, for help lists commands in this order: those of editors come first.
for _shell in sorted(entry_points(group="qc.commands"), key=lambda each: each.name):
    _shell.load()(app)  # service, batch and integrations add their commands themselves
if find_spec("qc.cli.toxicity") is not None:
    app.command("train-toxicity")(import_module("qc.cli.toxicity").train_toxicity)
