"""The same posts give the same digest: any workers, cache on or off, hyperscan or `re`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qc.batch.archive.model import Order
from qc.batch.archive.write import write_archive
from qc.batch.pool import Pool
from qc.batch.run import Run, RunOptions, make_setup
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.core.requirement import is_met
from qc.policy.load import load_policy
from qc.policy.model import Policy
from qc.text.terms import _scan
from qc.text.terms.patterns import _scanner
from tests.batch.test_run import Serial

POLICY = r"""
id: truong
title: {vi: Trường, en: School}
extends: tieu-hoc
rules:
  term-pattern:
    enabled: on
    options:
      patterns:
        - {id: nam-hoc, regex: 'năm học \d{4}', note: Ghi năm học bằng chữ}
        - {id: so, regex: '\b\d{2,3} học sinh', note: Viết số bằng chữ}
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same") / "a"
    write_archive(Order(24, seed=5, years=1, defects=0.8, pictures=3), folder)
    return folder / "posts.jsonl"


@pytest.fixture
def own(tmp_path: Path) -> Policy:
    (tmp_path / "truong.yaml").write_text(POLICY, encoding="utf-8")
    return load_policy(str(tmp_path / "truong.yaml"))


def digest(
    archive: Path, out: Path, policy: Policy, engine: Callable[..., Any], **options: Any
) -> str:
    setup = make_setup(policy, today=date(2026, 11, 24), threads=options.pop("threads", 2))
    run = Run(setup, RunOptions(folder=out, **{"chunk_posts": 5, **options}))
    return run.results(records_of([str(archive)], ReadOptions()), engine(setup)).digest


def test_workers_threads_and_cache_change_nothing(
    archive: Path, tmp_path: Path, own: Policy
) -> None:
    cache = tmp_path / "cache.sqlite"
    found = {
        "one process": digest(archive, tmp_path / "a", own, Serial),
        "one thread": digest(archive, tmp_path / "b", own, Serial, threads=1),
        "one worker": digest(archive, tmp_path / "d", own, lambda s: Pool(s, 1), cache=cache),
        "out of the cache": digest(archive, tmp_path / "e", own, Serial, cache=cache),
        "three workers": digest(archive, tmp_path / "f", own, lambda s: Pool(s, 3)),
    }
    assert len(set(found.values())) == 1, found


@pytest.mark.skipif(not is_met(_scan.HYPERSCAN), reason="needs qc[fast]")
def test_hyperscan_changes_nothing(
    archive: Path, tmp_path: Path, own: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    _scanner.cache_clear()
    fast = digest(archive, tmp_path / "fast", own, Serial)
    monkeypatch.setattr(_scan, "_database", lambda patterns: None)
    _scanner.cache_clear()
    assert digest(archive, tmp_path / "plain", own, Serial) == fast
    _scanner.cache_clear()
