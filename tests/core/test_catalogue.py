"""The catalogue says what discovery finds, whether it was kept or found anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qc.core import catalogue as module
from qc.core.catalogue import catalogue, check_of, listed, rule_ids
from qc.core.discover import discover, rules

ROOT = Path(__file__).parents[2]
PLAN = """
import json, sys
from qc.core.catalogue import catalogue
rows = [(each.id, each.module, each.subject.__name__, each.rules) for each in catalogue()]
print(json.dumps([rows, sum(name.startswith("qc.media.") for name in sys.modules)]))
"""


def _in_new_process(cache: str, code: str = PLAN) -> tuple[list[object], int]:
    environment = {**os.environ, "QC_CACHE": cache, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows, imported = json.loads(done.stdout)
    return rows, imported


def test_it_names_every_check_and_rule() -> None:
    assert [each.id for each in catalogue()] == [check.id for check in discover()]
    assert list(rule_ids()) == list(rules())
    for each, check in zip(catalogue(), discover(), strict=True):
        assert each.load() is check
        assert each.subject is check.subject
        assert each.rules == tuple((rule.id, rule.opt_in) for rule in check.rules)
        assert listed(check).load() is check
    owner = check_of("image-too-small")
    assert owner is not None
    assert "image-too-small" in {rule.id for rule in owner.rules}
    assert check_of("no-such-rule") is None


def test_the_kept_catalogue_is_the_found_one_and_imports_nothing(tmp_path: Path) -> None:
    found, imported = _in_new_process(str(tmp_path))
    kept, again = _in_new_process(str(tmp_path))
    assert imported > 20
    assert kept == found
    assert again == 0
    assert _in_new_process("off")[0] == found


def test_a_changed_module_is_found_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QC_CACHE", str(tmp_path))
    monkeypatch.setattr(module, "may_have_entry_points", lambda: False)  # other tests' finders
    assert module._kept() is None
    assert module._kept() is not None
    mark = module._mark()
    monkeypatch.setattr(module, "_mark", lambda: (*mark, ("added.py", 1, 1)))
    assert module._kept() is None


def test_other_distributions_are_always_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QC_CACHE", str(tmp_path))
    module._kept()
    monkeypatch.setattr(module, "may_have_entry_points", lambda: True)
    assert module._kept() is None
