"""A fixed Word document in a real office program: its changes can be accepted or rejected there."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from qc.documents.load import Source
from qc.fix import fix
from qc.policy.load import load_policy

SAMPLES = Path(__file__).parent.parent / "samples"
NS = {"text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0"}


@pytest.mark.writer
@pytest.mark.parametrize("name", ["loi-khai-giang.docx"])
def test_tracked_changes_are_kept_by_writer(name: str, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        assert not os.environ.get("QC_REQUIRE_ALL"), "run `make setup-cms`"
        pytest.skip("LibreOffice Writer is not installed")
    source = Source(name, SAMPLES / name, root=SAMPLES)
    fixed = fix(source, load_policy("co-so"), today=date(2026, 11, 25))
    assert fixed.made
    (tmp_path / name).write_bytes(fixed.data)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, home, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / name)], check=True, timeout=180, capture_output=True)
    with ZipFile((tmp_path / name).with_suffix(".odt")) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    deleted = content.findall(".//text:changed-region/text:deletion", NS)
    inserted = content.findall(".//text:changed-region/text:insertion", NS)
    assert len(deleted) + len(inserted) >= len(fixed.made)
    gone = {"".join(each.itertext()) for each in content.findall(".//text:deletion/text:p", NS)}
    assert any(gone), "the words that were replaced can still be read"
