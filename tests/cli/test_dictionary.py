"""`qc dictionary`: words are added once, settings survive, decisions become words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qc.cli.dictionary import add_words, learned
from qc.policy.load import load_policy

HEAD = "# Chính sách của trường\nid: truong\ntitle: {vi: Trường, en: School}\nextends: co-so\n"


@pytest.mark.parametrize("setting", ["", "rules:\n  spelling-real-word: warning\n"])
def test_add_words(tmp_path: Path, setting: str) -> None:
    policy = tmp_path / "truong.yaml"
    policy.write_text(HEAD + setting, encoding="utf-8")
    assert add_words(policy, ["Phụng Công", "Phụng Công", "iPad"]) == ["Phụng Công", "iPad"]
    assert add_words(policy, ["iPad"]) == []
    text = policy.read_text(encoding="utf-8")
    assert text.startswith("# Chính sách của trường\n")
    loaded = load_policy(str(policy))
    assert loaded.options["spelling"].words == ("Phụng Công", "iPad")  # type: ignore[attr-defined]


def test_learned_words(tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.jsonl"
    rows = [("Sỏi", "ignored")] * 3 + [("gã", "ignored")] * 3 + [("gã", "accepted")]
    rows += [("bả", "ignored")] * 2
    decisions.write_text(
        "".join(json.dumps({"written": word, "decision": what}) + "\n" for word, what in rows)
    )
    assert learned(decisions, 3) == ["sỏi"]
