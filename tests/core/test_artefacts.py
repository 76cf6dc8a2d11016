"""The cache changes what a run costs, never what it finds; what is spoilt is made again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qc.core import artefacts
from qc.core.patterns import Store, compiled


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QC_CACHE", str(tmp_path / "cache"))


def file_of(name: str) -> Path:
    path = artefacts.path_of(name)
    assert path is not None
    return path


def test_what_is_kept_is_read_again_until_a_source_changes(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    source.write_text("a")
    made: list[str] = []

    def build() -> str:
        made.append(source.read_text())
        return made[-1]

    assert [artefacts.kept("list", (source,), build) for _ in range(2)] == ["a", "a"]
    assert made == ["a"]
    source.write_text("bc")
    assert artefacts.kept("list", (source,), build) == "bc"
    assert made == ["a", "bc"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xe9\x00\x00\x00\x00"])
def test_a_spoilt_file_is_made_again(content: bytes) -> None:
    artefacts.write_artefact("x", 1)
    file_of("x").write_bytes(content)
    assert artefacts.read_artefact("x") in (None, 0)
    assert artefacts.kept("x", (Path(__file__),), lambda: "new") == "new"
    assert artefacts.kept("x", (Path(__file__),), lambda: "newer") == "new"


def test_a_file_that_others_may_write_is_not_read() -> None:
    artefacts.write_artefact("x", 1)
    assert artefacts.read_artefact("x") == 1
    file_of("x").chmod(0o666)
    assert artefacts.read_artefact("x") is None


@pytest.mark.parametrize("off", ["off", "0", "no"])
def test_no_cache(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    monkeypatch.setenv("QC_CACHE", off)
    assert artefacts.cache_dir() is None
    artefacts.write_artefact("x", 1)
    assert artefacts.read_artefact("x") is None
    assert artefacts.kept("x", (Path(__file__),), lambda: 7) == 7


def test_a_folder_that_cannot_be_made_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QC_CACHE", str(tmp_path / "file" / "cache"))
    assert artefacts.kept("x", (Path(__file__),), lambda: 7) == 7


SOURCES = [r"(?P<day>\d+)/(?P<month>\d+)", r"(?i)[đd]ấu (?:hỏi|ngã)", "a(?=b)", "(x)(?P<y>y)?"]


@pytest.mark.parametrize("source", SOURCES)
def test_a_kept_pattern_does_as_the_compiled_one(source: str) -> None:
    first = Store()
    first.entry(source, 0)
    first.save()
    second = Store()
    lazy, real = compiled(source, 0, second.entry(source, 0)), re.compile(source)
    for text in ("12/11", "ĐẤU HỎI", "Dấu ngã", "ab", "xy x"):
        assert [m.groupdict() for m in lazy.finditer(text)] == [
            m.groupdict() for m in real.finditer(text)
        ]
    for about in ("pattern", "groups", "groupindex", "flags"):
        assert getattr(lazy, about) == getattr(real, about)


def test_spoilt_code_is_compiled_again() -> None:
    store = Store()
    entry = store.entry("abc", 0)
    assert entry is not None
    broken = (entry[0], entry[1][:-8] + b"\xff" * 8, *entry[2:])
    assert compiled("abc", 0, broken).search("xabc")
    assert compiled("abc", 0, (entry[0], b"odd", *entry[2:])).search("xabc")
