"""qc train-toxicity: fit a classifier of comments on moderated comments of one's own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from qc.core.errors import UsageError

NEGATIVE = frozenset({"", "0", "[]", "false", "clean", "sạch", "no", "không"})
app = typer.Typer(help="Huấn luyện bộ phân loại bình luận.", add_completion=False)


@app.command("train-toxicity")
def train_toxicity(
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", help="Bình luận đã gán nhãn.")],
    output: Annotated[Path, typer.Option("--output", help="Tệp mô hình.")] = Path("toxicity.npz"),
    text: Annotated[str, typer.Option(help="Cột nội dung.")] = "content",
    label: Annotated[str, typer.Option(help="Cột nhãn; rỗng, 0 hoặc [] là sạch.")] = "label",
    clean: Annotated[
        Path | None, typer.Option(help="Văn bản sạch, mỗi dòng một câu, để bớt báo nhầm.")
    ] = None,
    held_out: Annotated[float, typer.Option(help="Phần để riêng mà đo.")] = 0.1,
) -> None:
    """Huấn luyện mô hình n-gram ký tự từ DATA.csv, đo trên phần để riêng và ghi ra tệp."""
    from qc.text.terms import _toxicity

    rows = _rows(data, text, label)
    held = list(_toxicity.split(len(rows), held_out, seed=1))
    fitted = [row for row, out in zip(rows, held, strict=True) if not out]
    if clean is not None:
        lines = clean.read_text(encoding="utf-8").splitlines()
        fitted += [(line, False) for line in lines if line.strip()]
    model = _toxicity.train([row[0] for row in fitted], [row[1] for row in fitted])
    _toxicity.save(model, output)
    measured = [
        (model.score(row[0]) >= 0.5, row[1]) for row, out in zip(rows, held, strict=True) if out
    ]
    hit = sum(told and toxic for told, toxic in measured)
    precision = hit / max(sum(told for told, _ in measured), 1)
    recall = hit / max(sum(toxic for _, toxic in measured), 1)
    typer.echo(
        f"{output}: học {len(fitted)} dòng; trên {len(measured)} dòng để riêng: "
        f"chính xác {precision:.3f}, bao phủ {recall:.3f}"
    )


def _rows(path: Path, text: str, label: str) -> list[tuple[str, bool]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = {text, label} - set(reader.fieldnames or ())
            if missing:
                names = ", ".join(sorted(missing))
                raise UsageError(
                    f"there is no column {names}",
                    where=str(path),
                    remedy="Name the columns with --text and --label.",
                    vi=f"{path} không có cột {names}. Nêu tên cột bằng --text và --label.",
                )
            rows = [(row[text], row[label].strip().lower() not in NEGATIVE) for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the data cannot be read: {error}", where=str(path), vi=f"không đọc được {path}"
        ) from error
    if len({toxic for _, toxic in rows}) < 2:
        raise UsageError(
            "the data need toxic and clean rows",
            where=str(path),
            vi=f"{path} phải có cả dòng sạch lẫn dòng không sạch.",
        )
    return rows
