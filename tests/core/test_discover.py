"""Checks of other distributions are found by their entry point."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qc.core.discover import _holds_entry_points

REPORT = "from qc.core.discover import discover; print('added-check' in {c.id for c in discover()})"
MODULE = """
from qc.core.article import Article
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
same = Text(vi="a", en="a")
RULE = Rule(id="added", severity=Severity.INFO, title=same, message=same, why=same, fix=same,
            basis=(), examples=Examples(bad=(), good=()), since="0.1")
@check(RULE, subject=Article)
def added_check(article: Article, options: Options):
    yield from ()
"""


@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_a_check_of_another_distribution_is_found(tmp_path: Path, kind: str) -> None:
    (tmp_path / "added_checks.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / f"added-1.0.{kind}"
    info.mkdir()
    for name in ("METADATA", "PKG-INFO"):
        (info / name).write_text("Metadata-Version: 2.1\nName: added\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[qc.checks]\nadded = added_checks\n")
    assert _found(tmp_path)
    (info / "entry_points.txt").write_text("[console_scripts]\nadded = added_checks:run\n")
    assert not _found(tmp_path)


def _found(folder: Path) -> bool:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((root, str(folder)))}
    done = subprocess.run(
        [sys.executable, "-c", REPORT], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip() == "True"


def test_archives_are_left_to_the_standard_library(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(b"PK")
    assert _holds_entry_points(str(archive))
    assert not _holds_entry_points(str(tmp_path))
    assert not _holds_entry_points(str(tmp_path / "absent"))
