"""The samples: clean ones pass, faulty ones do not, and every report is the golden one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scripts.golden import golden_path, golden_reports

REPORTS = golden_reports()


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_the_golden_one(name: str) -> None:
    golden: dict[str, Any] = json.loads(golden_path(name).read_text(encoding="utf-8"))
    assert REPORTS[name] == golden, "run `make generate` and read the difference"


@pytest.mark.parametrize("name", [name for name in REPORTS if name.startswith("sach-")])
def test_clean_sample_passes(name: str) -> None:
    serious = [f for f in REPORTS[name]["findings"] if f["severity"] != "info"]
    assert not serious
    assert REPORTS[name]["verdict"] == "pass"


@pytest.mark.parametrize("name", [name for name in REPORTS if name.startswith("loi-")])
def test_faulty_sample_does_not_pass(name: str) -> None:
    assert REPORTS[name]["verdict"] in ("block", "review")


def test_there_are_enough_samples() -> None:
    assert len(REPORTS) >= 10
    assert {name.rsplit(".", 1)[1] for name in REPORTS} >= {"docx", "odt", "md", "html", "json"}
