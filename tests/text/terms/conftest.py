"""Matchers of the shipped lists, built once."""

from __future__ import annotations

import pytest

from qc.text.terms._lists import matcher_for
from qc.text.terms._matcher import Matcher


@pytest.fixture(scope="session")
def article_matcher() -> Matcher:
    """The matcher of the article profile."""
    return matcher_for("article", "2026-11-24")


@pytest.fixture(scope="session")
def comment_matcher() -> Matcher:
    """The matcher of the comment profile."""
    return matcher_for("comment", "2026-11-24")
