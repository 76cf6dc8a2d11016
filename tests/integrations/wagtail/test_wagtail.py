"""A small Wagtail site with the app in it; Django settings are global: a process of its own."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("wagtail")
ROOT = Path(__file__).parents[3]
SITE = "tests.integrations.wagtail.school_site"
LABELS = [f"{SITE}.{name}" for name in ("gates", "mapping", "uploading")]
LOCALE = ROOT / "qc/integrations/wagtail/locale/vi/LC_MESSAGES"


def test_every_gate_in_a_process_of_its_own(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"{SITE}.settings",
        "QC_TEST_TABLES": "quick",
        "QC_TEST_SITE": str(tmp_path),
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "test", *LABELS]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-20_000:]
    assert "OK" in ran.stderr


def test_translations_are_compiled() -> None:
    with (LOCALE / "django.mo").open("rb") as stream:
        known = gettext.GNUTranslations(stream)
    written = (LOCALE / "django.po").read_text(encoding="utf-8")
    pairs = [each.split("\n") for each in written.split("\n\n")[1:]]
    for lines in pairs:
        values = {line.split(" ", 1)[0]: line.split(" ", 1)[1].strip('"') for line in lines if line}
        vietnamese = values.get("msgstr") or values.get("msgstr[0]", "")
        assert vietnamese
        if "msgid_plural" in values:
            assert known.ngettext(values["msgid"], values["msgid_plural"], 2) == vietnamese
        else:
            assert known.gettext(values["msgid"]) == vietnamese


def test_every_message_is_translated() -> None:
    import re

    written = (LOCALE / "django.po").read_text(encoding="utf-8")
    folder = ROOT / "qc/integrations/wagtail"
    used = set()
    for path in folder.rglob("*.py"):
        used |= set(re.findall(r'\b_\(\s*"((?:[^"\\]|\\.)+)"', path.read_text(encoding="utf-8")))
    for path in folder.rglob("*.html"):
        used |= set(re.findall(r'translate "([^"]+)"', path.read_text(encoding="utf-8")))
    missing = [each for each in sorted(used) if f'"{each}"' not in written]
    assert used
    assert not missing
