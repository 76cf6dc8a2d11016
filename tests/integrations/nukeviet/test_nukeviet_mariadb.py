"""The side-car on a real MariaDB: both table engines, collations, and rows changed in between."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text, update
from sqlalchemy.exc import OperationalError

from qc.integrations.nukeviet.database import Change, Portal
from qc.integrations.nukeviet.options import Options
from qc.integrations.nukeviet.run import run_once

from .portal_tables import BANNED, PERSONAL, TIME, PortalTables

pytestmark = pytest.mark.cms
SERVER = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
INSTALL = shutil.which("mariadb-install-db")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A MariaDB of its own; gives its address without a database."""
    if SERVER is None or INSTALL is None:
        if os.environ.get("QC_REQUIRE_ALL"):
            pytest.fail("mariadb-server is not installed")
        pytest.skip("mariadb-server is not installed")
    folder = Path(tempfile.mkdtemp(prefix="qc-mariadb-", dir="/tmp"))  # a socket path is short
    os.chmod(folder, 0o755)
    own = ["--no-defaults", f"--datadir={folder}/data"]
    if os.geteuid() == 0:
        own.append("--user=root")
    install = [INSTALL, *own, "--auth-root-authentication-method=normal"]
    subprocess.run(install, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [SERVER, *own, "--bind-address=127.0.0.1", f"--port={port}"]
    command += [f"--socket={folder}/s", f"--pid-file={folder}/pid", "--innodb-buffer-pool-size=32M"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    address = f"mysql+pymysql://root@127.0.0.1:{port}"
    try:
        _wait(address, process, folder)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    engine = create_engine(address)
    deadline = time.monotonic() + 60
    while True:
        try:
            with engine.connect():
                break
        except OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail((folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.2)
    engine.dispose()


@pytest.fixture(params=[True, False], ids=["InnoDB, with reasons", "MyISAM, 4.5"])
def portal(server: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, PortalTables]]:
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS truong"))
        connection.execute(text("CREATE DATABASE truong CHARACTER SET utf8mb4"))
    engine.dispose()
    address = f"{server}/truong?charset=utf8mb4"
    own = create_engine(address)
    yield address, PortalTables(own, reasons=request.param)
    own.dispose()


def _site(tmp_path: Path) -> Path:
    (tmp_path / "uploads").mkdir(exist_ok=True)
    return tmp_path


def test_states_reasons_and_logs(portal: tuple[str, PortalTables], tmp_path: Path) -> None:
    address, tables = portal
    tables.article(1, 5)
    tables.article(2, 5, BANNED)
    tables.article(3, 8)
    tables.article(4, 8, PERSONAL)
    tables.article(5, 4, BANNED)
    options = Options(database=address, root=_site(tmp_path))
    said: list[str] = []
    assert run_once(options, said.append) == 1
    assert [tables.states(each) for each in range(1, 6)] == [[s] * 3 for s in (7, 6, 10, 9, 4)]
    assert [each[:2] for each in tables.logs()] == [(1, 7), (2, 6), (3, 10), (4, 9)]
    if "reject_reason" in tables.meta.tables["nv4_vi_news_detail"].c:
        assert "điểm" in tables.reason(2) or "lỗi" in tables.reason(2)
        assert "001204012345" not in tables.reason(4)
    assert all("CHƯA ĐƯỢC ĐĂNG" in each[3] for each in tables.logs() if each[1] in (6, 9))
    assert run_once(options, said.append) == 0
    assert len(said) == 4


def _overtaken(engine: Engine, tables: PortalTables, address: str, root: Path) -> bool:
    with engine.connect() as connection:
        opened = Portal(connection, Options(database=address, root=root))
        (module,) = opened.modules()
        (row,) = opened.waiting(module)
        with engine.begin() as other:
            other.execute(update(tables.meta.tables["nv4_vi_news_rows"]).values(edittime=TIME + 9))
        return opened.write(module, row, Change(6, "[qc] x", "[qc] x", TIME))


def test_an_edit_in_between_wins(portal: tuple[str, PortalTables], tmp_path: Path) -> None:
    address, tables = portal
    tables.article(1, 5, BANNED)
    assert not _overtaken(tables.engine, tables, address, _site(tmp_path))
    assert tables.states(1) == [5] * 3
    assert tables.logs() == []


def test_the_same_state_written_twice_counts_as_written(
    portal: tuple[str, PortalTables], tmp_path: Path
) -> None:
    """MariaDB reports changed rows, not found ones, unless it is asked; the driver asks."""
    address, tables = portal
    tables.article(1, 5)
    with tables.engine.connect() as connection:
        opened = Portal(connection, Options(database=address, root=_site(tmp_path)))
        (module,) = opened.modules()
        (row,) = opened.waiting(module)
        assert opened.write(module, row, Change(5, "", "", TIME))


def test_by_the_settings_of_the_site(portal: tuple[str, PortalTables], tmp_path: Path) -> None:
    address, tables = portal
    tables.article(1, 5, BANNED)
    port = address.rpartition(":")[2].partition("/")[0]
    values = {"dbhost": "127.0.0.1", "dbport": port, "dbname": "truong", "dbuname": "root"}
    values |= {"dbpass": "", "dbtype": "mysql", "prefix": "nv4"}
    lines = [f"$db_config['{name}'] = '{value}';" for name, value in values.items()]
    (_site(tmp_path) / "config.php").write_text("<?php\n" + "\n".join(lines), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "qc", "nukeviet", "--root", str(tmp_path), "--userid", "2"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert tables.states(1) == [6] * 3
    assert tables.logs()[0][2] == 2
