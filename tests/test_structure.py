"""What every rule, check and policy must have; written once, so that adding a rule is safe."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import qc
from qc.core.data import data_dir
from qc.core.discover import discover, rules
from qc.core.law import members
from qc.core.portal_rules import PORTAL_RULES
from qc.core.report import Report
from qc.core.rule import Draft, Rule
from qc.policy.load import load_policy, policy_names, validate
from qc.policy.yaml import read_yaml
from qc.report.envelope import json_schema
from scripts.rule_pages import generated_pages

ROOT = Path(__file__).parent.parent
FAMILIES = frozenset((ROOT / "docs/rule-families.txt").read_text(encoding="utf-8").split())
HEAVY = ("spacy", "underthesea", "cv2", "PIL", "numpy", "fastapi", "lxml", "justhtml", "torch")
SLOW = ("dataclasses", "difflib", "html", "inspect", "pkgutil", "pydantic", "rich", "typer", "yaml")
EXAMPLES = [
    pytest.param(rule, kind, draft, id=f"{rule.id}-{kind}-{index}")
    for rule in rules().values()
    for kind in ("bad", "good")
    for index, draft in enumerate(getattr(rule.examples, kind))
]


@pytest.mark.parametrize("rule", [*rules().values(), *PORTAL_RULES], ids=lambda rule: rule.id)
def test_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)
    assert rule.id.split("-")[0] in FAMILIES
    for text in (rule.title, rule.message, rule.why, rule.fix):
        assert text.vi.strip()
        assert text.en.strip()
    assert set(re.findall(r"\{(\w+)", rule.message.vi)) or "{" not in rule.message.vi
    for basis in rule.basis:
        assert members(basis)


@pytest.mark.parametrize("check", discover(), ids=lambda check: check.id)
def test_check_is_complete(check: object) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", check.id)  # type: ignore[attr-defined]
    check.options()  # type: ignore[attr-defined]  # every option has a default
    for name, field in check.options.model_fields.items():  # type: ignore[attr-defined]
        assert field.description, name


@pytest.mark.parametrize(("rule", "kind", "draft"), EXAMPLES)
def test_example(
    rule: Rule, kind: str, draft: str | Draft, check_draft: Callable[..., Report]
) -> None:
    from dataclasses import replace

    policy = load_policy("co-so")
    policy = replace(policy, enabled={**policy.enabled, rule.id: True})
    report = check_draft(draft, policy)
    assert not [o for o in report.outcomes if o.state == "crashed"]
    raised = {finding.rule for finding in report.findings}
    assert (rule.id in raised) == (kind == "bad")


@pytest.mark.parametrize("name", policy_names())
def test_policy_loads(name: str) -> None:
    path = data_dir() / f"{name}.yaml"
    validate(read_yaml(path), path)
    assert load_policy(name).id == name


def _loaded(code: str, **variables: str) -> set[str]:
    command = [
        sys.executable,
        "-c",
        f"{code}\nimport sys, json; print(json.dumps(list(sys.modules)))",
    ]
    environment = {**os.environ, **variables}
    result = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_import_loads_nothing_heavy() -> None:
    assert not _loaded("import qc; qc.check; qc.load_policy('co-so')") & set(HEAVY)


def test_discovery_loads_nothing_heavy() -> None:
    code = "from qc.core.discover import discover; discover()"
    assert not _loaded(code) & {*HEAVY, "rich", "typer", "pydantic"}


def test_a_check_of_a_draft_loads_what_it_uses_only(tmp_path: Path) -> None:
    """Once the cache is warm, under another hash seed too: then no pattern is compiled anew."""
    code = (
        "from qc.cli import main; "
        "main.main(['check', 'samples/loi-vien-dan-van-ban.md', '-f', 'json']); "
        "main._keep_patterns(); print()"
    )
    for seed in ("1", "2"):
        _loaded(code, QC_CACHE=str(tmp_path), PYTHONHASHSEED=seed)
    loaded = _loaded(code, QC_CACHE=str(tmp_path), PYTHONHASHSEED="3")
    assert not loaded & {*HEAVY, *SLOW, "qc.core.needles"}
    assert not any(name.startswith("qc.media.video") for name in loaded)


def test_public_names_exist() -> None:
    assert len(qc.__all__) <= 16
    for name in qc.__all__:
        assert getattr(qc, name) is not None


def test_schema_has_no_diff() -> None:
    shipped = json.loads((ROOT / "qc/report/report-1.schema.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(), "run `make generate`"


def test_generated_pages_have_no_diff() -> None:
    pages = generated_pages()
    for path, text in pages.items():
        assert (ROOT / "docs" / path).read_text(encoding="utf-8") == text, "run `make generate`"
    kept = {path.name for path in (ROOT / "docs/rules").glob("*.md")}
    assert kept == {path.name for path in pages if path.parent.name == "rules"}


def test_package_is_typed() -> None:
    assert (ROOT / "qc/py.typed").exists()
