"""An audit from the results of a re-check: the same audit, without checking again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qc.batch.archive.model import Order
from qc.batch.archive.write import write_archive
from qc.batch.audit.build import AuditOrder, audit
from qc.batch.audit.model import to_json
from qc.batch.recheck import RecheckArguments, chosen_policy, recheck
from qc.core.errors import UsageError
from tests.batch.test_run import Serial

AS_OF = date(2026, 10, 31)
UNREADABLE = "posts.jsonl#61"
"""Tried again each time."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("known") / "a"
    write_archive(Order(60, seed=3, years=2, defects=0.8, pictures=6), folder)
    with (folder / "posts.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("không phải JSON\n")
        stream.write(
            json.dumps({"id": "x", "title": "Bài không ghi ngày", "body": "<p>a</p>"}) + "\n"
        )
    return folder


@pytest.fixture
def run(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Re-check the archive in this process."""
    monkeypatch.setattr("qc.batch.recheck.make_engine", lambda a, setup: Serial(setup))

    def made(out: Path, **options: Any) -> Path:
        archive = str(sample / "posts.jsonl")
        options = {"policy": "tieu-hoc", "today": AS_OF} | options
        arguments = RecheckArguments(archives=[archive], folder=out, no_cache=True, **options)
        policy = chosen_policy(arguments.policy, arguments.law_date, arguments.only)
        recheck(arguments, policy, out)
        return out

    return made


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The posts that the audit checks."""
    import qc.pipeline

    names: list[str] = []
    real = qc.pipeline.inspect_with_article

    def counting(source: Any, *values: Any, **options: Any) -> Any:
        names.append(source.name)
        return real(source, *values, **options)

    monkeypatch.setattr(qc.pipeline, "inspect_with_article", counting)
    return names


def order(sample: Path, **options: Any) -> AuditOrder:
    options = {"level": "tieu-hoc"} | options
    return AuditOrder((str(sample / "posts.jsonl"),), options.pop("as_of", AS_OF), **options)


def test_the_same_audit_without_checking(
    sample: Path, tmp_path: Path, run: Callable[..., Path], checked: list[str]
) -> None:
    expected = to_json(audit(order(sample)))
    folder = run(tmp_path / "out")
    checked.clear()
    assert to_json(audit(order(sample, known=(folder,)))) == expected
    assert checked == [UNREADABLE]
    assert to_json(audit(order(sample, known=(folder,), workers=2))) == expected


def test_shards_count_together_and_what_lacks_is_checked(
    sample: Path, tmp_path: Path, run: Callable[..., Path], checked: list[str]
) -> None:
    from qc.batch.sources.read import Shard

    expected = to_json(audit(order(sample)))
    folders = [run(tmp_path / str(n), shard=Shard(n, 2)) for n in (1, 2)]
    checked.clear()
    assert to_json(audit(order(sample, known=tuple(folders)))) == expected
    assert checked == [UNREADABLE]
    assert to_json(audit(order(sample, known=(folders[0],)))) == expected
    assert 10 < len(checked) < 50


def test_a_changed_post_is_checked_again(
    sample: Path, tmp_path: Path, run: Callable[..., Path], checked: list[str]
) -> None:
    folder = run(tmp_path / "out")
    path = sample / "posts.jsonl"
    before = path.read_bytes()
    lines = before.decode().split("\n")
    post = json.loads(lines[4])
    lines[4] = json.dumps(post | {"title": post["title"] + " xxx"})
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        checked.clear()
        found = audit(order(sample, known=(folder,)))
        assert checked == [f"posts.jsonl#{post['id']}", UNREADABLE]
        assert to_json(found) == to_json(audit(order(sample)))
    finally:
        path.write_bytes(before)


def test_an_undated_post_is_checked_on_another_day(
    sample: Path, tmp_path: Path, run: Callable[..., Path], checked: list[str]
) -> None:
    folder = run(tmp_path / "out", today=date(2026, 10, 30))
    checked.clear()
    audit(order(sample, known=(folder,)))
    assert checked == [UNREADABLE, "posts.jsonl#x"]


REFUSED: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("another policy", {"policy": "co-so"}, {}, "chính sách co-so"),
    ("some rules", {"only": ["form-*"]}, {}, "chỉ vài quy tắc"),
    ("the law of a day", {"law_date": date(2020, 1, 2)}, {}, "luật của một ngày"),
    ("another language", {"lang": "en"}, {}, "ngôn ngữ khác"),
]


@pytest.mark.parametrize(
    ("options", "asked", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_results_made_in_another_way_are_refused(
    options: dict[str, Any],
    asked: dict[str, Any],
    said: str,
    sample: Path,
    tmp_path: Path,
    run: Callable[..., Path],
) -> None:
    folder = run(tmp_path / "out", **options)
    with pytest.raises(UsageError) as caught:
        audit(order(sample, known=(folder,), **asked))
    assert said in caught.value.vi


def test_another_tool_an_unfinished_run_and_another_folder_are_refused(
    sample: Path, tmp_path: Path, run: Callable[..., Path]
) -> None:
    folder = run(tmp_path / "out")
    state = json.loads((folder / "run.json").read_text())
    for change, said in (
        ({"tool": {"digest": "-"}}, "bản qc khác"),
        ({"complete": False}, "chưa xong"),
    ):
        (folder / "run.json").write_text(json.dumps(state | change))
        with pytest.raises(UsageError) as caught:
            audit(order(sample, known=(folder,)))
        assert said in caught.value.vi
    with pytest.raises(UsageError):
        audit(order(sample, known=(tmp_path,)))


def test_the_policy_of_the_results_is_taken(
    sample: Path, tmp_path: Path, run: Callable[..., Path]
) -> None:
    folder = run(tmp_path / "out", policy="thcs")
    found = audit(order(sample, known=(folder,), level=None))
    assert found.policy.id == "thcs"
