"""The sources of the plug-in: translated, without known dangers, well formed."""

from __future__ import annotations

import gettext
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import wordpress_languages as languages

PHP = [
    *sorted(languages.PLUGIN.rglob("*.php")),
    *sorted((languages.PLUGIN.parents[1] / "php").glob("*.php")),
]
PLACEHOLDER = re.compile(r"%(?:\d\$)?[ds]")


def test_every_string_is_translated_and_every_translation_used() -> None:
    assert languages.missing() == ([], [])


@pytest.mark.parametrize(
    "entry", [each for each in languages.entries() if each[0]], ids=lambda each: each[0][:40]
)
def test_placeholders_survive_translation(entry: languages.Entry) -> None:
    one, many, text = entry
    assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(many or one))


def test_catalogues_are_generated_from_the_translation() -> None:
    for path, content in languages.files().items():
        assert path.read_bytes() == content, "python -m scripts.wordpress_languages"


def test_gettext_reads_the_catalogue() -> None:
    catalogue = gettext.GNUTranslations(io.BytesIO(languages.mo_bytes(languages.entries())))
    assert catalogue.gettext("Must be corrected") == "Phải sửa"
    assert catalogue.ngettext("%d point", "%d points", 5) == "%d điểm"


@pytest.mark.parametrize(
    "path", sorted((languages.PLUGIN / "assets").glob("*.js")), ids=lambda path: path.name
)
def test_scripts_set_no_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
    assert "dangerouslySetInnerHTML" not in text
    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)


@pytest.mark.parametrize("path", PHP, ids=lambda path: path.name)
def test_no_file_is_run_by_itself(path: Path) -> None:
    if languages.PLUGIN in path.parents:
        assert re.search(r"ABSPATH|WP_UNINSTALL_PLUGIN", path.read_text(encoding="utf-8"))


@pytest.mark.cms
@pytest.mark.parametrize("path", PHP, ids=lambda path: path.name)
def test_php_is_well_formed(path: Path) -> None:
    if shutil.which("php") is None and os.environ.get("QC_REQUIRE_ALL") != "1":
        pytest.skip("php is not installed")
    done = subprocess.run(
        ["php", "-d", "error_reporting=-1", "-l", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Deprecated" not in done.stdout + done.stderr


def test_licence_is_that_of_wordpress() -> None:
    licence = (languages.PLUGIN / "LICENSE").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in licence
    assert "Version 2, June 1991" in licence
    head = (languages.PLUGIN / "qc-gate.php").read_text(encoding="utf-8")
    assert re.search(r"License: +GPL-2\.0-or-later", head)
