"""The cache: what is used stays, what is not used goes first, whoever else is at work in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from qc.batch import cache as module
from qc.batch.cache import ResultCache, open_cache
from qc.batch.cache_upkeep import MB, cache_state, clear, prune
from qc.batch.work import Checked, packed
from qc.cli.main import main
from qc.core.errors import UsageError

TODAY = date(2026, 11, 24)
DAY_S = 24 * 3600


class Clock:
    """The time that the cache sees."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    monkeypatch.setattr("qc.batch.cache_upkeep.time", made)
    return made


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> Iterator[ResultCache]:
    found = ResultCache(tmp_path / "cache.sqlite", TODAY)
    yield found
    found.close()


def result(number: int, size: int = 200) -> tuple[bytes, Checked]:
    return number.to_bytes(32), packed(Random(number).randbytes(size), "pass checked")


def known(cache: ResultCache, numbers: range) -> list[int]:
    keys = [number.to_bytes(32) for number in numbers]
    return sorted(int.from_bytes(key) for key in cache.find(keys, {}))


def test_what_was_used_last_stays(cache: ResultCache, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    for number in range(10):
        cache.keep([result(number)])
        clock.now += 2 * DAY_S
    assert known(cache, range(3)) == [0, 1, 2]  # used now
    clock.now += DAY_S
    assert prune(path, max_days=10) == 3  # those kept 21, 19 … days ago, but for the first three
    assert known(cache, range(10)) == [0, 1, 2, 6, 7, 8, 9]


def test_a_cache_is_cut_to_a_size(cache: ResultCache, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    for start in range(0, 4000, 100):
        cache.keep([result(number, 1000) for number in range(start, start + 100)])
        clock.now += 60
    whole = cache_state(path)
    assert whole.results == 4000
    assert whole.size_bytes > 2 * MB
    gone = prune(path, max_mb=2)
    left = cache_state(path)
    assert left.results == 4000 - gone
    assert left.size_bytes <= 2 * MB
    assert path.stat().st_size <= 2 * MB + 100_000
    assert known(cache, range(3900, 4000)) == list(range(3900, 4000))
    assert known(cache, range(100)) == []


def test_a_run_goes_on_while_its_cache_is_emptied(cache: ResultCache, tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    failed: list[BaseException] = []

    def keep() -> None:
        try:
            own = ResultCache(path, TODAY)
            for number in range(300):
                own.keep([result(number)])
                own.find([number.to_bytes(32)], {})
            own.close()
        except sqlite3.Error as error:
            failed.append(error)

    thread = Thread(target=keep)
    thread.start()
    while thread.is_alive():
        prune(path, max_mb=0)
        clear(path)
    assert not failed
    cache.keep([result(5)])
    assert known(cache, range(10)) == [5]


def test_what_an_earlier_version_kept_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE result (key BLOB PRIMARY KEY, packed BLOB) WITHOUT ROWID")
        old.execute("INSERT INTO result VALUES (x'00', x'00')")
        old.commit()
    open_cache(path).close()
    assert cache_state(path).results == 0


def test_another_file_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("không phải là cơ sở dữ liệu " * 50)
    with pytest.raises(UsageError):
        open_cache(tmp_path / "a.txt")


def test_the_commands(
    cache: ResultCache, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "cache.sqlite")
    cache.keep([result(number) for number in range(20)])
    assert main(["cache", "info", path]) == 0
    assert "20 kết quả" in capsys.readouterr().out
    assert main(["cache", "prune", path]) == 2
    assert main(["cache", "prune", path, "--max-days", "5"]) == 0
    assert main(["cache", "clear", path]) == 0
    assert capsys.readouterr().out.splitlines() == ["đã bỏ 0 kết quả", "đã bỏ 20 kết quả"]
    assert main(["cache", "info", str(tmp_path / "none.sqlite")]) == 2
