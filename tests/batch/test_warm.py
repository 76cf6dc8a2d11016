"""What workers share is whole before the first of them is forked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import qc.batch._warm
from qc.core.data import data_dir
from qc.text.spelling._speller import load_speller
from qc.text.spelling.mistakes import _accepted
from qc.text.terms._lists import _expired, _matcher

matcher = _matcher("article", _expired("2024-04-22"), (), "[]")
assert _matcher.cache_info().hits, "the article was searched with another matcher"
assert matcher._finder._automaton is not None
strangers = load_speller(data_dir() / "spelling", _accepted(()))._strangers
assert load_speller.cache_info().hits, "the article was checked with another speller"
assert "_all_forms" in vars(strangers)
"""


def test_the_server_of_workers_has_made_all_they_search_with() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
