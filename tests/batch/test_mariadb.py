"""The databases of real portals: WordPress and NukeViet in MariaDB, read page by page."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qc.batch.archive.model import Order
from qc.batch.archive.write import write_archive
from qc.batch.sources import database
from tests.batch.test_databases import FIELDS, HOST, articles, read
from tests.integrations.wordpress.servers import mariadb

pytest.importorskip("pymysql", reason="needs qc[mariadb]")
pytestmark = [
    pytest.mark.cms,
    pytest.mark.skipif(
        shutil.which("mariadb-install-db") is None and os.environ.get("QC_REQUIRE_ALL") != "1",
        reason="needs MariaDB",
    ),
]
ORDER = Order(130, 3, "tieu-hoc", years=1, pictures=3)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own, with a place for the name of a database."""
    folder = tmp_path_factory.mktemp("mariadb")
    server, sock = mariadb(folder)
    server.start()
    try:
        for name in ("wordpress", "nukeviet"):
            statement = f"CREATE DATABASE {name} CHARACTER SET utf8mb4"
            client = ["mariadb", "--no-defaults", "-uroot", f"--socket={sock}", "-e", statement]
            subprocess.run(client, check=True)
        yield f"mysql+pymysql://root@localhost/{{}}?unix_socket={sock}&charset=utf8mb4"
    finally:
        server.stop()


@pytest.mark.parametrize("form", ["wordpress", "nukeviet"])
def test_what_mariadb_holds_is_what_the_archive_held(
    address: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PAGE_ROWS", 50)
    write_archive(ORDER, tmp_path / "jsonl", "jsonl")
    expected = articles(read(str(tmp_path / "jsonl/posts.jsonl")))
    write_archive(ORDER, tmp_path / form, form, address.format(form))
    records = read(address.format(form), media=tmp_path / form, hosts=(HOST,))
    assert records[0].source.name.startswith(("wordpress#", "nv4_vi_news_rows/"))
    found = articles(records)
    assert len(found) == len(expected) == 130
    for one, other in zip(expected, found, strict=True):
        for field in FIELDS:
            assert getattr(other.fields, field) == getattr(one.fields, field), field
        assert other.text("body").startswith(one.text("body"))
