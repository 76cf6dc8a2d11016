"""`qc spelling`: train the table, fit the calibration, measure, and look at one text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qc.text.spelling._counting import Source
    from qc.text.spelling._evaluation import Labelled
    from qc.text.spelling._mistake import Mistake

app = typer.Typer(help="Kiểm tra chính tả: huấn luyện, đo, thử.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Option("--data", help="Thư mục dữ liệu chính tả; mặc định là bản đi kèm.")
]


@app.command("train")
def train_command(
    corpora: Annotated[
        list[str],
        typer.Argument(
            help="Tệp văn bản (có thể nén .gz .bz2 .xz), mỗi đoạn một dòng; "
            "thêm :3 để tính gấp ba, :1:0.02 để chừa lại 2 % cuối tệp."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Tệp bảng được ghi ra.")],
    min_pair: Annotated[int, typer.Option(help="Bỏ cặp gặp ít hơn số lần này.")] = 2,
    min_triple: Annotated[int, typer.Option(help="Bỏ bộ ba gặp ít hơn số lần này.")] = 3,
) -> None:
    """Đếm âm tiết trong kho văn bản và ghi bảng mô hình ngôn ngữ."""
    from qc.text.spelling._building import build_table
    from qc.text.spelling._counting import count

    sources = [source_of(corpus) for corpus in corpora]
    counts = count(sources)
    names = {source.path.name: source.weight for source in sources}
    size = build_table(counts, out, {"corpora": names}, min_pair=min_pair, min_triple=min_triple)
    typer.echo(f"{out}: {size} byte, {counts.tokens} ký hiệu, {len(counts.vocabulary)} mục từ")


def source_of(text: str) -> Source:
    """FILE:WEIGHT:HELD_OUT as a source."""
    from qc.text.spelling._counting import Source

    path, _, rest = text.partition(":")
    weight, _, held_out = rest.partition(":")
    return Source(Path(path), int(weight or 1), float(held_out or 0))


@app.command("calibrate")
def calibrate_command(
    labelled: Annotated[Path, typer.Argument(help="Tệp JSONL đã gán nhãn.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Tệp hiệu chỉnh được ghi ra.")],
    data: Folder = None,
    folds: Annotated[int, typer.Option(help="Số phần khi kiểm chứng chéo theo bài.")] = 6,
) -> None:
    """Khớp xác suất trên bài đã gán nhãn; in số đo kiểm chứng chéo theo bài."""
    from qc.text.spelling._calibrating import fit
    from qc.text.spelling._calibration import save
    from qc.text.spelling._evaluation import read_labelled, recall_by_group, score
    from qc.text.spelling._speller import load_speller

    documents = read_labelled(labelled)
    fitted = fit(load_speller(_folder(data), calibrated=False), documents, folds=folds)
    save(fitted.calibration, out, fitted.thresholds)
    groups = recall_by_group(documents, fitted.predictions, fitted.thresholds["hint"])
    for name, (hits, total) in groups.items():
        typer.echo(f"{name}: R {hits / total:.3f} ({hits}/{total})")
    for name, least in fitted.thresholds.items():
        typer.echo(f"{name} >= {least:.2f}: {score(documents, fitted.predictions, least).line()}")


@app.command("eval")
def eval_command(
    labelled: Annotated[Path, typer.Argument(help="Tệp JSONL: text, mistakes[…].")],
    data: Folder = None,
    show: Annotated[bool, typer.Option(help="In từng chỗ báo nhầm và từng lỗi bỏ sót.")] = False,
) -> None:
    """In P, R, F1, gợi ý đầu đúng và số báo nhầm trên 1.000 chữ ở từng mức."""
    import time

    from qc.text.spelling._evaluation import (
        best_threshold,
        read_labelled,
        recall_by_group,
        score,
    )
    from qc.text.spelling._speller import load_speller

    documents = read_labelled(labelled)
    speller = load_speller(_folder(data))
    thresholds = speller.thresholds
    started = time.process_time()
    predictions = [speller.find(document.text, 0.02) for document in documents]
    elapsed = time.process_time() - started
    for name in ("warning", "hint"):
        line = score(documents, predictions, thresholds[name]).line()
        typer.echo(f"{name:8} p >= {thresholds[name]:.2f}  {line}")
    step, best = best_threshold(documents, predictions)
    typer.echo(f"{'best F1':8} p >= {step:.2f}  {best.line()}")
    groups = recall_by_group(documents, predictions, thresholds["hint"])
    for name, (hits, total) in groups.items():
        typer.echo(f"{'':8} {name}: R {hits / total:.3f} ({hits}/{total})")
    words = sum(document.words for document in documents)
    typer.echo(f"{words} chữ, {words / max(elapsed, 1e-9):.0f} chữ mỗi giây CPU")
    if show:
        _show(documents, predictions, thresholds["hint"])


def _show(documents: list[Labelled], predictions: list[list[Mistake]], least: float) -> None:
    from qc.text.spelling._evaluation import overlapping

    for document, mistakes in zip(documents, predictions, strict=True):
        kept = [one for one in mistakes if one.probability >= least]
        found = {hit for one in kept for hit in overlapping(document, one)}
        for one in kept:
            if not overlapping(document, one):
                typer.echo(f"báo nhầm {one.probability:.2f} {one.written} > {one.suggestions}")
        for index, label in enumerate(document.labels):
            if index not in found:
                written = document.text[label.start : label.end]
                typer.echo(f"bỏ sót {written} > {'/'.join(label.suggestions)}")


@app.command("text")
def text_command(
    file: Annotated[Path, typer.Argument(help="Tệp văn bản thuần.")],
    data: Folder = None,
    hints: Annotated[bool, typer.Option(help="In cả những chỗ chỉ là gợi ý.")] = False,
) -> None:
    """In các lỗi tìm thấy trong một tệp văn bản, kèm xác suất."""
    import unicodedata

    from qc.text.spelling._speller import load_speller

    speller = load_speller(_folder(data))
    least = speller.thresholds["hint" if hints else "warning"]
    text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
    for one in speller.find(text, least):
        line = text.count("\n", 0, one.start) + 1
        options = " | ".join(one.suggestions)
        typer.echo(f"{line}: {one.written} > {options}  ({one.kind}, {one.probability:.2f})")


def _folder(data: Path | None) -> Path:
    from qc.core.data import data_dir

    return data if data is not None else data_dir() / "spelling"
