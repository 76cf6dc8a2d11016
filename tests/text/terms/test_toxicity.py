"""The trainer of a comment classifier, and the check that uses what it wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qc.cli.main import main
from qc.core.discover import check_of
from qc.core.report import Report
from qc.policy.load import load_policy

pytest.importorskip("numpy")
CLEAN = ("bài viết rất hay", "cảm ơn thầy cô", "các em giỏi quá", "chúc mừng nhà trường")
BAD = ("đồ tồi tệ quá thể", "mày là đồ tồi", "cút đi đồ tồi", "tồi tệ hết chỗ nói")


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    rows = [f"{text} {n},{int(text in BAD)}" for n in range(12) for text in (*CLEAN, *BAD)]
    data = tmp_path / "data.csv"
    data.write_text("content,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    output = tmp_path / "model.npz"
    assert main(["train-toxicity", str(data), "--output", str(output)]) == 0
    return output


def test_model_tells_both_kinds_apart(trained: Path) -> None:
    from qc.text.terms._toxicity import load

    model = load(str(trained))
    assert model.score("đồ tồi tệ") > 0.8
    assert model.score("cảm ơn nhà trường") < 0.2
    assert model.score("") == pytest.approx(0.5, abs=0.5)


@pytest.mark.parametrize(("profile", "severity"), [("comment", "warning"), ("article", "info")])
def test_check_uses_the_model(
    check_draft: Callable[..., Report], trained: Path, profile: str, severity: str
) -> None:
    check = check_of("term-toxic")
    assert check is not None
    policy = load_policy("co-so")
    options = check.options(model=str(trained), profile=profile)
    policy = replace(policy, options={**policy.options, check.id: options})
    report = check_draft("# Cảm ơn nhà trường\n\nmày là đồ tồi tệ quá thể\n", policy)
    found = [f for f in report.findings if f.rule == "term-toxic"]
    assert [str(f.severity) for f in found] == [severity]


def test_missing_model_is_unavailable(check_draft: Callable[..., Report]) -> None:
    check = check_of("term-toxic")
    assert check is not None
    policy = load_policy("co-so")
    options = check.options(model="no-such-model.npz")
    policy = replace(policy, options={**policy.options, check.id: options})
    states = {o.check: str(o.state) for o in check_draft("# Tin\n\nBài.\n", policy).outcomes}
    assert states[check.id] == "unavailable"


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "content,label\nx,0\n"], ids=["no-column", "one-kind"]
)
def test_wrong_data_is_refused(tmp_path: Path, text: str) -> None:
    data = tmp_path / "data.csv"
    data.write_text(text, encoding="utf-8")
    assert main(["train-toxicity", str(data), "--output", str(tmp_path / "m.npz")]) == 2
