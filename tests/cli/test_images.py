"""`qc images index` writes an index that the check of published pictures reads."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from qc.cli.app import app
from qc.core.article import Image
from qc.core.blob import Blob
from qc.media._examples import photo
from qc.media.seen_before import seen_before

RUN = CliRunner()


def test_index(tmp_path: Path) -> None:
    folder = tmp_path / "ảnh"
    (folder / "2025").mkdir(parents=True)
    (folder / "2025" / "a.jpg").write_bytes(photo(800, 533)())
    (folder / "hỏng.PNG").write_bytes(b"no picture")
    (folder / "bài.txt").write_text("không phải ảnh", encoding="utf-8")
    (folder / "link.jpg").symlink_to(folder / "2025" / "a.jpg")
    out = tmp_path / "index.sqlite"
    result = RUN.invoke(app, ["images", "index", str(folder), "--out", str(out)])
    assert result.exit_code == 0
    assert "1 ảnh; 1 tệp" in result.output
    copy = Image(path="b.jpg", blob=Blob(data=photo(800, 533)()))
    (found,) = seen_before.run(copy, seen_before.options(archive=str(out), max_bits=6))
    assert found.facts["other"] == "2025/a.jpg"


def test_no_folder_and_no_place_to_write(tmp_path: Path) -> None:
    out = str(tmp_path / "index.sqlite")
    missing = ["images", "index", str(tmp_path / "none"), "--out", out]
    assert RUN.invoke(app, missing).exit_code == 2
    unwritable = str(tmp_path / "none" / "index.sqlite")
    assert RUN.invoke(app, ["images", "index", str(tmp_path), "-o", unwritable]).exit_code == 2
