"""Whole reports as HTML and JSON, for the editors that the reason in the CMS is too short for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qc.core.article import Article
from qc.core.errors import UsageError
from qc.core.outcome import Verdict
from qc.core.report import Report
from qc.documents.nukeviet import Module
from qc.rendering import rendering_of
from qc.report.formats import render

CODES = {Verdict.BLOCK: 1, Verdict.INCOMPLETE: 3}


def write_report(
    folder: Path,
    module: Module,
    row: Mapping[str, Any],
    checked: tuple[Report, Article | None],
    lang: str,
) -> None:
    """Write `LANG_MODULE_ID.html` and `.json`, each whole or not at all. Raises UsageError."""
    report = checked[0]
    code = CODES.get(report.verdict, 0)
    shown = rendering_of([checked], report.policy, exit_code=code, lang=lang)
    stem = f"{module.lang}_{module.name}_{row['id']}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for format_name in ("html", "json"):
            target = folder / f"{stem}.{format_name}"
            beside = target.with_suffix(f".{format_name}.tmp")
            beside.write_bytes(render(format_name, shown))
            os.replace(beside, target)
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}",
            where=str(folder),
            vi="không ghi được báo cáo vào thư mục này",
        ) from error
