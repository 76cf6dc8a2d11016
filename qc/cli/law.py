"""qc law: the acts and requirements that the checks rest on, as in force on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from qc.cli.arguments import default_lang
from qc.core import law
from qc.core.errors import UsageError

app = typer.Typer(help="Xem văn bản và yêu cầu pháp luật mà qc dựa vào.", no_args_is_help=True)
LangOption = Annotated[str | None, typer.Option("--lang", help="vi hoặc en.")]


@app.command("list")
def list_command(lang: LangOption = None) -> None:
    """Liệt kê mọi văn bản, ngày hiệu lực và mức đối chiếu (T đã đọc, S gián tiếp, U chưa)."""
    used = lang or default_lang()
    for act in law.acts().values():
        typer.echo("\t".join(_act_cells(act, used)))


@app.command("show")
def show_command(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="Mã văn bản, số văn bản hoặc mã yêu cầu.")
    ],
    lang: LangOption = None,
) -> None:
    """In một văn bản cùng các yêu cầu của nó, hoặc một yêu cầu."""
    used = lang or default_lang()
    act = law.acts().get(id) or law.act_by_number(id)
    if act is not None:
        typer.echo("\t".join(_act_cells(act, used)))
        if act.source:
            typer.echo(act.source)
        rows = tuple(row for row in law.requirements().values() if row.act is act)
    elif id in law.requirements() or any(row.group == id for row in law.requirements().values()):
        rows = law.members(id)
    else:
        raise UsageError(
            f"there is no act or requirement {id}",
            remedy="See `qc law list`.",
            vi=f"không có văn bản hay yêu cầu nào là {id}. Xem `qc law list`.",
        )
    for row in rows:
        typer.echo(f"{row.id}\t{row.title(used)}\n\t{row.rule}")


@app.command("at")
def at_command(
    day: Annotated[str, typer.Argument(metavar="NGÀY", help="NĂM-THÁNG-NGÀY.")],
    lang: LangOption = None,
) -> None:
    """Liệt kê văn bản có hiệu lực vào một ngày."""
    used = lang or default_lang()
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(
            f"{day} is no date",
            remedy="Write YEAR-MONTH-DAY.",
            vi=f"{day} không phải là ngày. Viết NĂM-THÁNG-NGÀY, ví dụ 2026-11-24.",
        ) from error
    for act in law.acts_at(on):
        typer.echo("\t".join(_act_cells(act, used)))


def _act_cells(act: law.Act, lang: str) -> tuple[str, ...]:
    days = (_day(act.effective_from), _day(act.effective_to))
    title = "" if act.kind in ("Luật", "Bộ luật") and lang == "vi" else act.title
    return (act.id, act.name(lang), *days, act.replaced_by or "-", act.verified, title)


def _day(day: law.Day | None) -> str:
    return "-" if day is None else day.value.isoformat() + ("" if day.sure else "?")
