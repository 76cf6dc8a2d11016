"""The files below deploy/: their commands and options exist, and the unit is well formed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qc.cli.app import app

DEPLOY = Path("deploy")


def options_of_serve() -> set[str]:
    help_text = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "200"}).output
    return set(re.findall(r"--[a-z-]+", help_text))


@pytest.mark.parametrize("name", ["qc.service", "nginx.conf", "Dockerfile"])
def test_the_options_exist(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "qc serve" in line or '"serve"' in line]
    calls = [re.split(r"serve\b", line, maxsplit=1)[1] for line in lines]
    used = {each for call in calls for each in re.findall(r"--[a-z-]+", call)}
    assert used
    assert used <= options_of_serve()


def test_the_folders_that_the_image_copies_exist() -> None:
    for line in (DEPLOY / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert Path(source).exists(), source
        if line.startswith("CMD ["):
            assert json.loads(line.removeprefix("CMD "))[0] == "serve"


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    unit = (DEPLOY / "qc.service").read_text().replace("/opt/qc/bin/qc", "/bin/true")
    (tmp_path / "qc.service").write_text(unit)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "qc.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_nginx_accepts_the_example(tmp_path: Path) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    key, pem = tmp_path / "k.key", tmp_path / "c.pem"
    subprocess.run(
        [
            *"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=qc -keyout".split(),
            key,
            "-out",
            pem,
        ],
        check=True,
        capture_output=True,
    )
    site = (DEPLOY / "nginx.conf").read_text()
    site = re.sub(r"/etc/ssl/certs/\S+;", f"{pem};", site)
    site = re.sub(r"/etc/ssl/private/\S+;", f"{key};", site)
    site = site.replace("/var/log/nginx/qc.log", str(tmp_path / "log"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "\n".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    (tmp_path / "nginx.conf").write_text(f"events {{}}\nhttp {{\n{places}\n{site}\n}}\n")
    done = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf", "-g", f"pid {tmp_path}/pid;"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
