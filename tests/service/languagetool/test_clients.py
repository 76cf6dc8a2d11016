"""Real clients of LanguageTool against a running service.

They are installed for the tests only (tests/requirements-clients.txt); qc never imports them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

TEXT = "😀 Nhà trường đã bổ xung  hai phòng học."
RIGHT = "😀 Nhà trường đã bổ sung hai phòng học."


def client(name: str) -> ModuleType:
    """A client's module; where it is missing the test is skipped, or fails if all must run."""
    if find_spec(name) is None:
        assert not os.environ.get("QC_REQUIRE_ALL"), f"{name} is not installed: `make setup-test`"
        pytest.skip(f"{name} is not installed")
    return import_module(name)


@pytest.mark.parametrize("prefix", ["", "/", "/policies/tieu-hoc/"])
def test_language_tool_python(server: str, prefix: str) -> None:
    with client("language_tool_python").LanguageTool("vi", remote_server=server + prefix) as tool:
        spelling, space = tool.check(TEXT)
        assert spelling.rule_id == "SPELLING_CONFUSION"
        assert spelling.matched_text == "xung"
        assert TEXT[spelling.offset : spelling.offset + spelling.error_length] == "xung"
        assert spelling.replacements == ["sung"]
        assert spelling.category == "CONFUSED_WORDS"
        assert spelling.rule_issue_type == "misspelling"
        assert space.rule_id == "HYGIENE_DOUBLE_SPACE"
        assert tool.correct(TEXT) == RIGHT


def test_language_tool_python_switches(server: str) -> None:
    with client("language_tool_python").LanguageTool("vi", remote_server=server) as tool:
        tool.disabled_rules = {"SPELLING_CONFUSION"}
        assert [match.rule_id for match in tool.check(TEXT)] == ["HYGIENE_DOUBLE_SPACE"]
        tool.disabled_rules = set()
        tool.enabled_rules = {"SPELLING_CONFUSION"}
        tool.enabled_rules_only = True
        assert [match.rule_id for match in tool.check(TEXT)] == ["SPELLING_CONFUSION"]


def test_language_tool_python_is_told_why_it_is_refused(server: str) -> None:
    module = client("language_tool_python")
    with (
        module.LanguageTool("vi", remote_server=server) as tool,
        pytest.raises(module.exceptions.LanguageToolError, match="vượt giới hạn"),
    ):
        tool.check("a" * 100_001)


def test_pylanguagetool(server: str) -> None:
    api = client("pylanguagetool.api")
    assert api.get_languages(f"{server}/v2/")[0]["code"] == "vi"
    found = api.check(TEXT, f"{server}/v2/", "vi", picky=True, pwl=["xung"])
    assert [match["rule"]["id"] for match in found["matches"]] == ["HYGIENE_DOUBLE_SPACE"]
    with pytest.raises(ValueError, match="chỉ kiểm tra tiếng Việt"):
        api.check(TEXT, f"{server}/v2/", "en-US")


def test_pylanguagetool_command(server: str, tmp_path: Path) -> None:
    client("pylanguagetool")
    draft = tmp_path / "bai.txt"
    draft.write_text(TEXT, encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        "from pylanguagetool.cli import main; main()",
        "-a",
        f"{server}/v2/",
        "-l",
        "vi",
    ]
    done = subprocess.run(
        [*command, "-t", "txt", str(draft)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 1, done.stderr
    assert "“xung” nên viết là “sung”." in done.stdout
