"""The PHP client and the curl examples against the real service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from qc.api import check
from tests.integrations.wordpress.articles import picture
from tests.integrations.wordpress.servers import ROOT

pytestmark = pytest.mark.cms

CLIENTS = ROOT / "integrations"
BAD = {"title": "Trường tổ chức ngày hội đọc sách", "body": "<p>Các em nghành học “vui”.</p>"}
GOOD = {"title": "Trường tổ chức ngày hội đọc sách", "body": "<p>Các em được trao đổi sách.</p>"}


def run(url: str, *command: str, cwd: Path, token: str = "") -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None and os.environ.get("QC_REQUIRE_ALL") != "1":
        pytest.skip(f"{command[0]} is not installed")
    env = {**os.environ, "QC_URL": url, "QC_TOKEN": token}
    return subprocess.run(
        command, capture_output=True, text=True, env=env, cwd=cwd, check=False, timeout=60
    )


def write(folder: Path, article: dict[str, object], name: str = "bai.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(article, ensure_ascii=False), encoding="utf-8")
    return path


class TestPhp:
    def php(self, url: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(url, "php", str(CLIENTS / "php" / "check.php"), *arguments, cwd=folder)

    def test_banned(self, url: str, tmp_path: Path) -> None:
        write(tmp_path, BAD)
        done = self.php(url, tmp_path, "bai.json")
        assert done.returncode == 1
        assert "error spelling-non-word: " in done.stdout
        assert done.stdout.endswith("block\n")

    def test_same_report_as_the_library(self, url: str, tmp_path: Path) -> None:
        write(tmp_path, BAD)
        code = (
            f"require '{CLIENTS}/php/QcClient.php'; $qc = new QcClient('{url}');"
            "echo json_encode($qc->check(json_decode(file_get_contents('bai.json'), true)));"
        )
        done = run(url, "php", "-r", code, cwd=tmp_path)
        report = json.loads(done.stdout)
        expected = check(tmp_path / "bai.json").model_dump()
        rules = [(each["rule"], each["severity"]) for each in expected["findings"]]
        assert [(each["rule"], each["severity"]) for each in report["findings"]] == rules
        assert report["verdict"] == expected["verdict"]

    def test_picture(self, url: str, tmp_path: Path) -> None:
        article = GOOD | {"body": GOOD["body"] + '<img src="anh.jpg" alt="Học sinh đọc sách">'}
        write(tmp_path, article)
        (tmp_path / "anh.jpg").write_bytes(picture(gps=True))
        done = self.php(url, tmp_path, "bai.json", "anh.jpg")
        assert done.returncode == 1
        assert "privacy-photo-location" in done.stdout

    @pytest.mark.parametrize("address", ["http://127.0.0.1:9", "{url}/nothing"])
    def test_no_report_is_never_a_pass(self, url: str, tmp_path: Path, address: str) -> None:
        write(tmp_path, GOOD)
        done = self.php(address.format(url=url), tmp_path, "bai.json")
        assert done.returncode == 3
        assert "Chưa kiểm tra được" in done.stderr
        assert not done.stdout

    @pytest.mark.parametrize(
        "arguments", ["'file:///etc/passwd'", "'http://127.0.0.1', \"a\\r\\nX: y\""]
    )
    def test_odd_settings_are_refused(self, url: str, tmp_path: Path, arguments: str) -> None:
        code = f"require '{CLIENTS}/php/QcClient.php'; new QcClient({arguments});"
        done = run(url, "php", "-r", code, cwd=tmp_path)
        assert done.returncode == 255
        assert "InvalidArgumentException" in done.stdout + done.stderr


class TestCurl:
    def curl(self, url: str, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        script = str(CLIENTS / "curl" / command[0])
        return run(url, "sh", script, *command[1:], cwd=folder)

    @pytest.mark.parametrize("script", ["check.sh", "job.sh"])
    def test_article(self, url: str, tmp_path: Path, script: str) -> None:
        write(tmp_path, BAD)
        done = self.curl(url, tmp_path, script, "bai.json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["reports"][0]["verdict"] == "block"

    def test_files(self, url: str, tmp_path: Path) -> None:
        (tmp_path / "anh").mkdir()
        (tmp_path / "anh" / "ngày hội.jpg").write_bytes(picture(gps=True))
        text = "# Trường tổ chức ngày hội đọc sách\n\n![Học sinh đọc sách](<anh/ngày hội.jpg>)\n"
        (tmp_path / "bai.md").write_text(text, encoding="utf-8")
        done = self.curl(url, tmp_path, "check-files.sh", "bai.md", "anh/ngày hội.jpg")
        assert done.returncode == 0, done.stdout + done.stderr
        rules = {each["rule"] for each in json.loads(done.stdout)["reports"][0]["findings"]}
        assert "privacy-photo-location" in rules
        assert "image-missing" not in rules

    @pytest.mark.parametrize("script", ["check.sh", "job.sh", "check-files.sh"])
    @pytest.mark.parametrize("address", ["http://127.0.0.1:9", "{url}/nothing"])
    def test_no_report_fails(self, url: str, tmp_path: Path, script: str, address: str) -> None:
        write(tmp_path, GOOD)
        done = self.curl(address.format(url=url), tmp_path, script, "bai.json")
        assert done.returncode != 0
        assert '"verdict"' not in done.stdout


@pytest.mark.parametrize(
    ("command", "unchecked"),
    [
        (("php", "php/check.php"), 3),
        (("sh", "curl/check.sh"), 22),
        (("sh", "curl/check-files.sh"), 22),
        (("sh", "curl/job.sh"), 1),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_token(
    guarded: tuple[str, str], tmp_path: Path, command: tuple[str, str], unchecked: int
) -> None:
    write(tmp_path, GOOD)
    (url, token), (program, script) = guarded, command
    call = (program, str(CLIENTS / script), "bai.json")
    assert run(url, *call, cwd=tmp_path, token=token).returncode == 0
    for wrong in ("", "qc_0_sai"):
        done = run(url, *call, cwd=tmp_path, token=wrong)
        assert done.returncode == unchecked
        assert '"verdict"' not in done.stdout
