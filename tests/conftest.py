"""Shared fixtures: a policy, and drafts written to a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qc.core.report import Report
from qc.core.rule import Draft
from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.load import load_policy
from qc.policy.model import Policy

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The base policy."""
    return load_policy("co-so")


@pytest.fixture
def check_draft(tmp_path: Path, policy: Policy) -> Callable[..., Report]:
    """Check a draft given as text or Draft; files are written beside it."""

    def run(draft: str | Draft, used: Policy = policy, today: date = TODAY) -> Report:
        if isinstance(draft, str):
            name = "draft.html" if draft.lstrip().startswith("<") else "draft.md"
            draft = Draft(draft, name=name)
        for name, make in draft.files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make())
        path = tmp_path / draft.name
        path.write_text(draft.text, encoding="utf-8", newline="")
        return inspect(Source(draft.name, path, root=tmp_path), used, today=today)

    return run
