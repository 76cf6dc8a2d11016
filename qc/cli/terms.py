"""qc terms: look into the term lists, and see why a text hits or not."""

from __future__ import annotations

import lzma
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from qc.core.errors import UsageError

app = typer.Typer(help="Xem và thử danh sách từ ngữ cấm, nhạy cảm.", no_args_is_help=True)
ListsOption = Annotated[
    list[str] | None, typer.Option("--list", help="Danh sách riêng của cổng (YAML).")
]
ProfileOption = Annotated[str, typer.Option("--profile", help="article hoặc comment.")]
CHUNK = 1_000_000


@app.command("test")
def explain_command(
    text: Annotated[str, typer.Argument(help="Đoạn văn cần thử.")],
    profile: ProfileOption = "article",
    lists: ListsOption = None,
) -> None:
    """Cho biết đoạn văn có từ nào bị báo, vì sao, và từ nào bị loại, vì sao."""
    from qc.text.terms._explain import explain

    rows = list(explain(unicodedata.normalize("NFC", text), _profile(profile), tuple(lists or ())))
    for row in rows:
        typer.echo(row)
    if not rows:
        typer.echo("Không có từ nào giống từ trong danh sách.")


@app.command("audit")
def audit_command(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Văn bản sạch (.txt hoặc .txt.xz).")
    ] = None,
    limit: Annotated[float, typer.Option(help="Số lần tối đa trong một triệu tiếng.")] = 20.0,
    characters: Annotated[int, typer.Option(help="Đọc tối đa bấy nhiêu ký tự.")] = 20_000_000,
    profile: ProfileOption = "article",
    lists: ListsOption = None,
) -> None:
    """Soát danh sách: mục trùng, mục bị che, cụm an toàn vô ích, mục dễ báo nhầm khi bỏ dấu."""
    from qc.text.terms import _audit
    from qc.text.terms._lists import load_terms
    from qc.text.terms._matcher import Matcher

    terms = load_terms(tuple(lists or ()))
    used = [term for term in terms if _profile(profile) in term.profiles]
    for remark in _audit.structure(used):
        typer.echo(f"{remark.kind}\t{remark.term_id}\t{remark.detail}")
    if corpus is None:
        return
    found = _audit.rates(Matcher(tuple(used)), _chunks(corpus, characters))
    for remark in _audit.remarks(found, limit):
        typer.echo(f"{remark.kind}\t{remark.term_id}\t{remark.detail}")
    total = found.per_million(found.hits.total())
    typer.echo(f"{found.syllables} tiếng, {found.hits.total()} lần báo, {total:.1f}/triệu tiếng")


@app.command("compile")
def compile_command(
    folder: Annotated[Path | None, typer.Argument(help="Thư mục danh sách.")] = None,
) -> None:
    """Ghi lại bản biên dịch của danh sách sau khi sửa."""
    from qc.text.terms._lists import shipped_dir, write_compiled

    typer.echo(str(write_compiled(folder or shipped_dir())))


def _profile(name: str) -> str:
    if name not in ("article", "comment"):
        raise UsageError(
            f"there is no profile {name}",
            remedy="Use article or comment.",
            vi=f"không có loại {name}. Dùng article hoặc comment.",
        )
    return name


def _chunks(path: Path, characters: int) -> Iterator[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as stream:
            while characters > 0 and (chunk := stream.read(min(CHUNK, characters))):
                characters -= len(chunk)
                yield chunk.replace("\n", " \u2029 ")
    except OSError as error:
        raise UsageError(
            f"the corpus cannot be read: {error}",
            where=str(path),
            vi=f"không đọc được {path}",
        ) from error
