"""The side-car on a portal's tables: states, reasons, copies, logs; twice, dry, and in a race."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine, create_engine, text, update

from qc.core.errors import UsageError
from qc.integrations.nukeviet.database import Change, Portal, joined
from qc.integrations.nukeviet.options import Options, module_of, site_settings
from qc.integrations.nukeviet.run import Sidecar, run_once, run_watch
from qc.policy.load import load_policy

from .portal_tables import BANNED, CLEAN, PERSONAL, TIME, PortalTables

ROOT = Path(__file__).parents[3]


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/portal.db"


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = create_engine(address)
    yield engine
    engine.dispose()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/uploads/news/2026_09").mkdir(parents=True)
    return tmp_path / "site"


def run(address: str, site: Path, **more: Any) -> tuple[int, list[str]]:
    """One round: exit code and what was said."""
    said: list[str] = []
    options = Options(database=address, root=site, hosts=("thcs.example.vn",), **more)
    return run_once(options, said.append), said


CASES = [
    ("review asked, clean", 5, CLEAN, 7, 0),
    ("review asked, banned", 5, BANNED, 6, 1),
    ("publication asked, clean", 8, CLEAN, 10, 0),
    ("publication asked, banned", 8, BANNED, 9, 1),
    ("a draft is not looked at", 4, BANNED, 4, 0),
    ("a published one is not looked at", 1, BANNED, 1, 0),
    ("a locked one is not looked at", 26, BANNED, 26, 0),
]


@pytest.mark.parametrize(
    ("status", "body", "answer", "code"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
@pytest.mark.parametrize("reasons", [True, False], ids=["with reasons", "4.5"])
def test_states(
    address: str, engine: Engine, site: Path, reasons: bool, status: int, body: str, answer: int,
    code: int,
) -> None:  # fmt: skip
    portal = PortalTables(engine, reasons=reasons)
    portal.article(1, status, body)
    assert run(address, site, userid=9)[0] == code
    assert portal.states(1) == [answer] * 3
    logs = portal.logs()
    assert [each[:3] for each in logs] == ([(1, answer, 9)] if answer != status else [])
    if reasons and code:
        assert portal.reason(1).startswith("[qc] CHƯA ĐƯỢC ĐĂNG (1 lỗi")
        assert "<br />1. " in portal.reason(1)
    assert all(len(each[3]) <= 255 for each in logs)


def test_the_second_round_does_nothing(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, BANNED)
    portal.article(2, 8)
    assert len(run(address, site)[1]) == 2
    before = (portal.states(1), portal.states(2), portal.reason(1), portal.logs())
    assert run(address, site) == (0, [])
    assert (portal.states(1), portal.states(2), portal.reason(1), portal.logs()) == before


def test_a_dry_run_writes_nothing(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, BANNED)
    code, said = run(address, site, dry_run=True)
    assert code == 1
    assert "nv4_vi_news_rows/1: 5 → 6" in said[0]
    assert portal.states(1) == [5] * 3
    assert (portal.reason(1), portal.logs()) == ("", [])


def test_personal_data_is_masked_in_reasons_and_logs(
    address: str, engine: Engine, site: Path
) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, PERSONAL)
    _, said = run(address, site)
    told = " ".join([*said, portal.reason(1), *(each[3] for each in portal.logs())])
    assert "001******345" in told
    for secret in ("001204012345", "0912345678"):
        assert secret not in told


def test_what_people_wrote_stays(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, BANNED, reject_reason="Cô Lan: thiếu ảnh<br />[qc] CHƯA ĐƯỢC ĐĂNG cũ")
    run(address, site)
    reason = portal.reason(1)
    assert reason.startswith("Cô Lan: thiếu ảnh<br />[qc] CHƯA ĐƯỢC ĐĂNG (1 lỗi")
    assert "cũ" not in reason


@pytest.mark.parametrize(
    ("written", "own", "reason"),
    [
        ("", "", ""),
        ("", "[qc] a", "[qc] a"),
        ("b", "[qc] a", "b<br />[qc] a"),
        ("b<br />[qc] c", "", "b"),
        ("[qc] c", "[qc] a", "[qc] a"),
    ],
)
def test_joined(written: str, own: str, reason: str) -> None:
    assert joined(written, own) == reason


def test_html_in_a_reason_is_escaped(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, "<p>x</p><script>alert(1)</script>")
    run(address, site)
    assert portal.states(1)[0] == 6
    assert "<script" not in portal.reason(1)


def test_review_may_stop_too(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, author="")
    portal.article(2, 5, author="")
    with engine.begin() as connection:
        connection.execute(text("UPDATE nv4_vi_news_rows SET status = 4 WHERE id = 2"))
    assert run(address, site, fail_on="review")[0] == 1
    assert portal.states(1) == [6] * 3
    with engine.begin() as connection:
        connection.execute(text("UPDATE nv4_vi_news_rows SET status = 5 WHERE id = 2"))
    assert run(address, site)[0] == 0
    assert portal.states(2) == [7] * 3
    assert "CẦN XEM LẠI" in portal.reason(2)


def test_many_languages_modules_and_prefixes(address: str, engine: Engine, site: Path) -> None:
    modules = (("vi", "news"), ("vi", "tin_noi_bo"), ("en", "news"))
    portal = PortalTables(engine, modules=modules)
    other = PortalTables(engine, prefix="pgd", modules=(("vi", "news"),))
    for each in ("vi_news", "vi_tin_noi_bo", "en_news"):
        portal.article(1, 5, BANNED, module=each)
    other.article(1, 5, BANNED)
    run(address, site, modules=(("vi", "tin_noi_bo"),))
    assert portal.states(1, "vi_tin_noi_bo") == [6] * 3
    assert portal.states(1) == portal.states(1, "en_news") == other.states(1) == [5] * 3
    run(address, site)
    assert portal.states(1) == portal.states(1, "en_news") == [6] * 3
    assert other.states(1) == [5] * 3
    run(address, site, prefix="pgd")
    assert other.states(1) == [6] * 3


def test_a_module_that_is_not_there(address: str, engine: Engine, site: Path) -> None:
    PortalTables(engine)
    with pytest.raises(UsageError, match="vi:khong"):
        run(address, site, modules=(("vi", "khong"),))
    with pytest.raises(UsageError, match="no news module"):
        run(address, site, prefix="nv3")


def photo(path: Path, size: tuple[int, int]) -> None:
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize(size)
    stripes = Image.effect_mandelbrot(size, (-2, -1.2, 1, 1.2), 60)
    Image.merge("RGB", (gradient, stripes, gradient)).save(out, "JPEG", quality=88)
    path.write_bytes(out.getvalue())


def test_pictures_are_those_of_the_uploads_folder(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine, modules=(("vi", "tin_noi_bo"),))
    folder = site / "uploads/tin-noi-bo"  # as the table of modules says
    folder.mkdir()
    photo(folder / "to.jpg", (1200, 800))
    photo(folder / "nho.jpg", (200, 150))
    for number, file in enumerate(("to.jpg", "nho.jpg", "khong-co.jpg"), 1):
        portal.article(number, 5, module="vi_tin_noi_bo", homeimgfile=file, homeimgalt="Trồng cây")
    run(address, site)
    states = [portal.states(each, "vi_tin_noi_bo")[0] for each in (1, 2, 3)]
    assert states == [7, 6, 6]
    assert "200×150" in portal.reason(2, "vi_tin_noi_bo")
    assert "khong-co.jpg" in portal.reason(3, "vi_tin_noi_bo")


def test_the_approver_is_who_passed_it_on(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.add("nv4_users", userid=4, username="cuong", first_name="Cường", last_name="Lê Văn")
    portal.article(1, 8)
    log = {"sid": 1, "userid": 4, "log_key": "change_status", "note": "", "set_time": TIME}
    portal.add("nv4_vi_news_logs", status=8, **log)
    portal.article(2, 8)
    with engine.connect() as connection:
        opened = Portal(connection, Options(database=address, root=site))
        (module,) = opened.modules()
        rows = list(opened.waiting(module, size=1))
        assert [opened.related(module, each).approved_by for each in rows] == ["Lê Văn Cường", ""]
        assert opened.related(module, rows[0]).categories == {1: "Tin tức", 2: "Thông báo"}


def test_what_cannot_be_checked_waits(
    address: str, engine: Engine, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5)
    portal.article(2, 5)
    with engine.begin() as connection:  # longer than what the loader reads
        body = "a" * (21 * 1024 * 1024)
        connection.execute(
            text("UPDATE nv4_vi_news_detail SET bodyhtml = :body WHERE id = 1"), {"body": body}
        )
    code, said = run(address, site)
    assert code == 3
    assert "CHƯA KIỂM TRA XONG" in said[0]
    assert (portal.states(1), portal.states(2)) == ([5] * 3, [7] * 3)
    assert portal.logs()[0][0] == 2


def test_what_waits_is_not_checked_again_until_it_is_edited(
    address: str, engine: Engine, site: Path
) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, "a" * (21 * 1024 * 1024))
    said: list[str] = []
    sidecar = Sidecar(Options(database=address, root=site), load_policy("co-so"), said.append)
    for _ in range(2):
        with engine.connect() as connection:
            assert sidecar.round(Portal(connection, sidecar.options)).waiting == 1
    assert len(said) == 1
    rows = portal.meta.tables["nv4_vi_news_rows"]
    detail = portal.meta.tables["nv4_vi_news_detail"]
    with engine.begin() as connection:
        connection.execute(update(rows).values(edittime=TIME + 60))
        connection.execute(update(detail).values(bodyhtml=CLEAN))
    with engine.connect() as connection:
        assert sidecar.round(Portal(connection, sidecar.options)).onward == 1


@pytest.mark.parametrize("changed", [{"status": 4}, {"edittime": TIME + 5}])
def test_somebody_else_is_faster(
    address: str, engine: Engine, site: Path, changed: dict[str, int]
) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5)
    with engine.connect() as connection:
        opened = Portal(connection, Options(database=address, root=site))
        (module,) = opened.modules()
        (row,) = opened.waiting(module)
        rows = portal.meta.tables["nv4_vi_news_rows"]
        with engine.begin() as other:
            other.execute(update(rows).values(**changed))
        assert not opened.write(module, row, Change(7, "", "", TIME))
    assert portal.states(1)[0] == changed.get("status", 5)
    assert portal.logs() == []


def test_a_missing_table_of_a_category_does_no_harm(
    address: str, engine: Engine, site: Path
) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, BANNED)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE nv4_vi_news_2"))
        connection.execute(text("UPDATE nv4_vi_news_rows SET listcatid = '1,2,77'"))
    assert run(address, site)[0] == 1
    assert portal.states(1, cats="1") == [6, 6]


def test_whole_reports(address: str, engine: Engine, site: Path, tmp_path: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, BANNED)
    run(address, site, reports=tmp_path / "bao-cao")
    kept = json.loads((tmp_path / "bao-cao/vi_news_1.json").read_text(encoding="utf-8"))
    assert kept["reports"][0]["verdict"] == "block"
    assert "<html" in (tmp_path / "bao-cao/vi_news_1.html").read_text(encoding="utf-8")


CONFIG = """<?php
$db_config['dbhost'] = 'localhost';
$db_config['dbport'] = '3307';
$db_config['dbname'] = 'truong';
/* $db_config['dbname'] = 'cu'; */
$db_config['dbuname'] = 'nv';
$db_config['dbpass'] = 'm\\'k@/:';
$db_config['dbtype'] = 'mysql';
$db_config['prefix'] = 'nv5';
$global_config['site_domain'] = 'http://THCS.example.vn,www.thcs.example.vn';
"""


def test_settings_of_the_site(tmp_path: Path) -> None:
    from sqlalchemy import make_url

    (tmp_path / "config.php").write_text(CONFIG, encoding="utf-8")
    found = site_settings(tmp_path)
    url = make_url(found["database"])
    assert (url.host, url.port, url.database, url.username) == ("localhost", 3307, "truong", "nv")
    assert url.password == "m'k@/:"
    assert (found["prefix"], found["hosts"]) == ("nv5", ("thcs.example.vn", "www.thcs.example.vn"))


@pytest.mark.parametrize("text", [None, "<?php\n", CONFIG.replace("'mysql'", "'oci'")])
def test_settings_that_do_not_help(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "config.php").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="--database"):
        site_settings(tmp_path)


@pytest.mark.parametrize("written", ["news", "vi:", "vi:ne-ws", "VI:news", "vi:a;drop"])
def test_module_of_refuses(written: str) -> None:
    with pytest.raises(UsageError):
        module_of(written)


def qc(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qc", "nukeviet", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_command(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    portal.article(1, 5, BANNED)
    ran = qc("--root", str(site), QC_NUKEVIET_DATABASE=address)
    assert ran.returncode == 1, ran.stderr
    assert "nv4_vi_news_rows/1: 5 → 6" in ran.stdout
    assert portal.states(1) == [6] * 3


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "--database"),
        (("--database", "sqlite:////khong/co/o-dau.db", "--host", "a.vn"), "--database"),
        (("--database", "mysql+pymysql://u:bi-mat@127.0.0.1:9/x", "--host", "a.vn"), "--database"),
        (("--database", "sqlite://", "--fail-on", "never"), "--fail-on"),
        (
            (
                "--database",
                "sqlite://",
            ),
            "--root",
        ),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], named: str) -> None:
    ran = qc(*arguments)
    assert ran.returncode == 2
    assert named in ran.stderr
    assert "bi-mat" not in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr


def test_watch_stops_cleanly(address: str, engine: Engine, site: Path) -> None:
    portal = PortalTables(engine)
    process = subprocess.Popen(
        [sys.executable, "-m", "qc", "nukeviet", "--root", str(site), "--watch", "--interval", "1"],
        cwd=ROOT,
        env=os.environ | {"QC_NUKEVIET_DATABASE": address, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        portal.article(1, 5, BANNED)
        deadline = time.monotonic() + 30
        while portal.states(1)[0] == 5 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert portal.states(1) == [6] * 3
        process.send_signal(signal.SIGTERM)
        said, errors = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, errors
    assert "5 → 6" in said


def test_watch_outlives_a_lost_database(
    address: str, engine: Engine, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("qc.integrations.nukeviet.run.RETRY_S", (0.05, 0.05, 0.05))
    portal = PortalTables(engine)
    file, away = tmp_path / "portal.db", tmp_path / "away.db"
    stop = Event()
    steps = iter(("lose", "find", "stop"))

    def wait(_seconds: float) -> bool:
        step = next(steps)
        if step == "lose":
            file.rename(away)
        elif step == "find":
            file.unlink(missing_ok=True)
            away.rename(file)
            portal.article(1, 5)
        return step == "stop"

    monkeypatch.setattr(stop, "wait", wait)
    assert run_watch(Options(database=address, root=site), stop, lambda _: None) == 0
    assert portal.states(1) == [7] * 3
    assert "--database" in capsys.readouterr().err
