"""Comparison of two runs, and the withdrawal search."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from qc.batch.compare import run_compare
from qc.batch.consent import Needle, run_find_consent
from qc.batch.recheck import RecheckArguments
from qc.core.errors import UsageError
from tests.batch import test_run
from tests.batch.archives import post, write_jsonl


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks are made in this process."""
    monkeypatch.setattr("qc.batch.recheck.make_engine", lambda a, setup: test_run.Serial(setup))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def arguments(path: Path, out: Path, **more: object) -> RecheckArguments:
    known: dict[str, object] = {"archives": [str(path)], "folder": out, "today": date(2026, 1, 2)}
    return RecheckArguments(**{**known, **more})  # type: ignore[arg-type]


def test_two_policies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strict = tmp_path / "nghiem.yaml"
    strict.write_text(
        "id: nghiem\ntitle: {vi: Nghiêm, en: Strict}\nextends: co-so\n"
        "rules: {hygiene-placeholder: off}\n",
        encoding="utf-8",
    )
    posts = [post(1), post(2, body="<p>Trường có xxx phòng học và một sân chơi rộng.</p>")]
    path = write_jsonl(tmp_path / "a.jsonl", posts)
    assert run_compare(arguments(path, tmp_path / "out"), "co-so", str(strict)) == 0
    (change,) = lines(tmp_path / "out/compare.jsonl")
    assert (change["id"], change["before"]) == ("2", "block")
    assert change["after"] != "block"
    assert [each["rule"] for each in change["gone"]] == ["hygiene-placeholder"]  # type: ignore[index,attr-defined]
    assert change["new"] == []
    printed = capsys.readouterr().out
    assert "1 bài đổi kết luận" in printed
    assert "bớt hygiene-placeholder: 1" in printed


def test_two_dates(tmp_path: Path) -> None:
    """The law of another day: Circular 36/2017 was replaced in July 2024."""
    body = "<p>Nhà trường công khai theo Thông tư số 36/2017/TT-BGDĐT ngày 28/12/2017.</p>"
    path = write_jsonl(tmp_path / "a.jsonl", [post(1, body=body), post(2)])
    run_compare(arguments(path, tmp_path / "out"), "2024-01-02", "2025-01-02")
    (change,) = lines(tmp_path / "out/compare.jsonl")
    assert change["id"] == "1"
    assert any("36/2017" in str(each) for each in change["new"])  # type: ignore[attr-defined]
    assert change["law_dates"] == ["2024-01-02", "2025-01-02"]


def test_results_that_are_there_already(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [post(1), post(1), post(2)])
    for name in ("a", "b"):
        run_compare(arguments(path, tmp_path / name), "co-so", "co-so")
    code = run_compare(
        arguments(path, tmp_path / "c"), str(tmp_path / "a/before"), str(tmp_path / "b/after")
    )
    assert code == 0
    assert lines(tmp_path / "c/compare.jsonl") == []
    (tmp_path / "a/before/run.json").write_text('{"complete": false}')
    with pytest.raises(UsageError):
        run_compare(arguments(path, tmp_path / "c"), str(tmp_path / "a/before"), "co-so")


SEEN = [
    ("as written", "Nguyễn Văn An", "Em Nguyễn Văn An đạt giải", ["exact"]),
    ("upper case", "Nguyễn Văn An", "NGUYỄN VĂN AN", ["exact"]),
    ("tone on another letter", "Lê Hoà Bình", "em Lê Hòa Bình", ["exact"]),
    ("two spaces", "Nguyễn Văn An", "Nguyễn  Văn\nAn", ["exact"]),
    ("without diacritics", "Nguyễn Văn An", "anh/nguyen-van-an.jpg", ["no-diacritics"]),
    ("asked without diacritics", "Nguyen Van An", "Nguyễn Văn An", ["no-diacritics"]),
    ("another name", "Nguyễn Văn An", "Nguyễn Văn Ân", []),
    ("a longer name", "Nguyễn Văn An", "Nguyễn Văn Anh", []),
    ("đ and d", "Đỗ Thị Mai", "Đỗ Thị Mai", ["exact"]),
    ("an id", "PDY-2024-015", "mã PDY-2024-015.", ["exact"]),
    ("an id run together", "PDY-2024-015", "pdy2024015", ["exact"]),
    ("a longer id", "PDY-2024-015", "PDY-2024-0151", []),
    ("nothing", "Nguyễn Văn An", "", []),
]


@pytest.mark.parametrize(
    ("written", "text", "sure"), [s[1:] for s in SEEN], ids=[s[0] for s in SEEN]
)
def test_needles(written: str, text: str, sure: list[str]) -> None:
    assert [each for _, _, each in Needle(written).spans(text)] == sure


def test_a_needle_that_is_too_short_is_refused() -> None:
    with pytest.raises(UsageError):
        Needle("An")


def test_withdrawal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    posts = [
        post(1),
        post(2, consent_ids=["PDY-2024-015"]),
        post(3, body="<p>Em Nguyễn <b>Văn</b> An đạt giải nhất.</p>"),
        post(4, images=[{"path": "nguyen-van-an.jpg", "caption": "Em Nguye\u0302\u0303n Văn An"}]),
    ]
    path = write_jsonl(tmp_path / "a.jsonl", posts)
    with path.open("a") as stream:
        stream.write("{broken\n")
    code = run_find_consent(arguments(path, tmp_path / "o"), ["PDY-2024-015", "Nguyễn Văn An"])
    assert code == 3
    found = lines(tmp_path / "o/withdrawal.jsonl")
    assert [(each["id"], each["place"]) for each in found] == [
        ("2", "consent_ids"),
        ("3", "body/paragraph"),
        ("4", "caption"),
        ("4", "file-name"),
        ("5", "-"),
    ]
    printed = capsys.readouterr().out
    everything = printed + (tmp_path / "o/withdrawal.csv").read_text(encoding="utf-8-sig")
    assert "Văn An" not in everything
    assert "2024-015" not in everything
    assert "3 trong 5 bài" in printed
    assert "1 bài không đọc được" in printed


def test_withdrawal_counts_posts_that_share_an_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.jsonl"
    post = {"id": 1, "title": "Tin", "body": "Em Nguyễn Văn An nhận quà."}
    path.write_text(f"{json.dumps(post)}\n" * 3, encoding="utf-8")
    run_find_consent(arguments(path, tmp_path / "o"), ["Nguyễn Văn An"])
    assert "3 trong 3 bài" in capsys.readouterr().out
