"""Golden reports: what qc says of every sample, kept in samples/reports and read in review."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from qc.core.outcome import State
from qc.core.report import Report
from qc.documents.folder import sources_of
from qc.pipeline import inspect
from qc.policy.load import load_policy

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)


def golden_reports() -> dict[str, dict[str, Any]]:
    """The report of every sample by file name; paths are relative to the project."""
    policy = load_policy("co-so")
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        sources = sources_of(Path("samples"))
        reports = [inspect(source, policy, today=TODAY) for source in sources]
    finally:
        os.chdir(here)
    return {Path(report.source).name: _kept(report) for report in reports}


def golden_path(name: str) -> Path:
    """Where the golden report of a sample lies."""
    return ROOT / "samples" / "reports" / f"{name}.report.json"


def as_text(report: dict[str, Any]) -> str:
    """A golden report as it is written."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _kept(report: Report) -> dict[str, Any]:
    """What a golden report keeps: not the digests, and only the outcomes that say something."""
    data = report.model_dump(mode="json")
    del data["digest"], data["policy"]
    data["outcomes"] = [
        each
        for each in data["outcomes"]
        if each["state"] in (State.CRASHED.value, State.UNAVAILABLE.value)
    ]
    return data
