"""`qc serve` and `qc serve token` as they are typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qc.cli.app import app
from qc.cli.main import main


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["serve", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_tokens_are_added_listed_and_revoked(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "new"))
    made = run("token", "add", "cổng trường", "--scope", "approve", "--days", "30", *data).strip()
    assert re.fullmatch(r"qc_[0-9a-f]{12}_[\w-]{43}", made)
    listed = run("token", "list", *data)
    assert "cổng trường" in listed
    assert made.rpartition("_")[2] not in listed
    run("token", "revoke", made.split("_")[1], *data)
    assert "đã thu hồi" in run("token", "list", *data)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["token", "revoke", "nope"], "không có mã truy cập"),
        (["token", "add", "x", "--scope", "root"], "phạm vi là một trong"),
        (["--host", "0.0.0.0", "--port", "0"], "chưa có mã truy cập"),
        (["--allow-host", "qc.example", "--port", "0"], "chưa có mã truy cập"),
        (["--host", "203.0.113.7", "--port", "1"], "chưa có mã truy cập"),
        (["--policy", "khong-co.yaml", "--port", "0"], "không có tệp chính sách này"),
        (["--default-policy", "khong-co", "--port", "0"], "Không có chính sách này"),
    ],
)
def test_wrong_use_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("QC_LANG", "vi")
    assert main(["serve", *words, "--data", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setenv("QC_LANG", "vi")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port, "--data", str(tmp_path)]) == 2
    assert "không nghe được ở địa chỉ này" in capsys.readouterr().err


def test_small_answers_are_sent_at_once(tmp_path: Path) -> None:
    """asyncio sets TCP_NODELAY only on sockets that name their protocol."""
    import socket

    from qc.service.server import _bound
    from qc.service.settings import Settings

    with _bound(Settings(data=tmp_path, port=0)) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_tokens_go_to_the_store_that_stands_before_the_subcommand(tmp_path: Path) -> None:
    before, after = (("--data", str(tmp_path / name)) for name in ("before", "after"))
    run(*before, "token", "add", "cổng trường")
    assert "cổng trường" in run("token", "list", *before)
    run(*before, "token", "add", "phòng giáo dục", *after)  # the nearer one counts
    assert "phòng giáo dục" not in run(*before, "token", "list")
    assert "phòng giáo dục" in run(*after, "token", "list")


def test_a_terminal_is_told_where_the_page_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from qc.service.server import _tell_person

    _tell_person("http://127.0.0.1:1")
    assert capsys.readouterr().out == ""  # a pipe or a journal gets the logs alone
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _tell_person("http://127.0.0.1:1")
    assert "http://127.0.0.1:1/ " in capsys.readouterr().out
