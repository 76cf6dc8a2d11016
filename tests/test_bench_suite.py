"""The benchmark suite: its page says what was measured, skipped and cut short."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.suite.inputs import articles, digest, hostile
from bench.suite.measure import Asked, Result, Score, compare, skipped, skipped_score
from bench.suite.page import PAGE, RESULTS, page
from bench.suite.parts import PARTS

ROOT = Path(__file__).parent.parent


def part(*rows: Result | Score) -> dict[str, Any]:
    about = {"python": "3.11.7", "machine": "x86_64", "processor": "P", "processors": 2}
    about |= {"load": 0.1, "kernel": True, "packages": {"numpy": "2.0"}, "peers": {"node": "none"}}
    results = [row.data() for row in rows]
    inputs = {"40 articles": "0123abcd"}
    return {
        "date": "2026-01-02", "tool": "f" * 64, "environment": about, "inputs": inputs,
        "results": results,
    }  # fmt: skip


def test_the_page_is_that_of_the_results() -> None:
    if not RESULTS.exists():
        pytest.skip("nothing was measured yet")
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(found), "run `python -m bench.suite`"


def test_the_page_shows_ratios_scores_and_what_was_skipped() -> None:
    met = Result("whole text check", "≤ 8", 7.5, met=True, note="a note")
    quality = Score("qc", "spelling", 0.9, 0.5, "1 per 1,000 words", 12_345.6)
    text = page({"parts": {
        "text": part(met, skipped("times faster than x", "≥ 5", "x is not installed")),
        "spelling": part(quality, skipped_score("y", "spelling", "no y")),
    }})  # fmt: skip
    assert "| whole text check | ≤ 8 | 7.5 × | ✓ | a note |" in text
    assert "| times faster than x | ≥ 5 | – | – | skipped: x is not installed |" in text
    assert "| qc | 0.900 | 0.500 | 1 per 1,000 words | 12,346 |  |" in text
    assert "| y | – | – | – | – | skipped: no y |" in text
    assert "40 articles `0123abcd`" in text
    assert "numpy 2.0" in text
    assert text.count("Chưa đo. / Not measured yet.") == len(PARTS) - 2


def test_inputs_are_drawn_from_a_seed() -> None:
    assert digest(articles(3)) == digest(articles(3)) != digest(articles(3, seed=1))
    assert all(len(text) <= 400 for text in hostile(400).values())


def test_a_ratio_is_of_cpu_and_counts_shares() -> None:
    found = compare(
        "a", "≤ 3", lambda: sum(range(300_000)), lambda: sum(range(300_000)),
        shares=(1.0, 0.5), faster=False, limit=1e9, rounds=3,
    )  # fmt: skip
    assert found.met
    assert found.cpu_s["theirs"] > 0
    assert Asked(quick=True).rounds == 3


def test_an_unknown_part_is_refused() -> None:
    command = [sys.executable, "-m", "bench.suite", "nope"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "no such part: nope; there are cold, text" in done.stderr


def test_every_part_knows_its_inputs() -> None:
    for name in ("text", "peers", "images"):
        assert PARTS[name].inputs(Asked(2))
    assert PARTS["spelling"].inputs(Asked()) == {}
