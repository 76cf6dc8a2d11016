"""The line from draft to report: every failure is visible, none ends the run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import qc
from qc import pipeline
from qc.core.article import Article
from qc.core.catalogue import listed, rule_ids
from qc.core.errors import PolicyError, Unavailable, UsageError
from qc.core.finding import Finding
from qc.core.outcome import State, Verdict
from qc.core.report import Report
from qc.core.rule import AnyCheck, Options, Rule, Severity, Text, check
from qc.core.waiver import Waiver
from qc.documents.folder import sources_of
from qc.documents.load import Source, load
from qc.policy.load import load_policy
from qc.policy.model import Policy
from tests.conftest import TODAY

DRAFT = "# Ngày hội đọc sách\n\nSáng 21/4, các em rất vui TODO.\n"
WORDS = Text(vi="x", en="x")
PLANTED = Rule(id="hygiene-planted", title=WORDS, message=WORDS, why=WORDS, fix=WORDS)


@check(PLANTED, subject=Article)
def planted_crash(article: Article, options: Options) -> Iterator[Finding]:
    yield PLANTED.at(article)
    raise ValueError("secret of the article")


@check(PLANTED, subject=Article)
def planted_unavailable(article: Article, options: Options) -> Iterator[Finding]:
    raise Unavailable("no model")
    yield PLANTED.at(article)


@check(PLANTED, subject=Article, requires=("module:no_such_library",))
def planted_missing(article: Article, options: Options) -> Iterator[Finding]:
    yield PLANTED.at(article)


def _with(monkeypatch: pytest.MonkeyPatch, planted: AnyCheck) -> None:
    real = pipeline.catalogue()
    monkeypatch.setattr(pipeline, "catalogue", lambda: (*real, listed(planted)))


@pytest.mark.parametrize(
    ("planted", "state"),
    [
        (planted_crash, State.CRASHED),
        (planted_unavailable, State.UNAVAILABLE),
        (planted_missing, State.UNAVAILABLE),
    ],
    ids=["crash", "unavailable", "missing-library"],
)
def test_failed_check_makes_incomplete(
    planted: AnyCheck,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    check_draft: Callable[..., Report],
) -> None:
    _with(monkeypatch, planted)
    report = check_draft("# Ngày hội đọc sách\n\nCác em rất vui.\n")
    outcome = next(o for o in report.outcomes if o.check.startswith("planted"))
    assert outcome.state == state
    assert outcome.reason
    assert "secret" not in outcome.reason
    assert report.verdict is Verdict.INCOMPLETE


def test_block_outweighs_incomplete(
    monkeypatch: pytest.MonkeyPatch, check_draft: Callable[..., Report]
) -> None:
    _with(monkeypatch, planted_crash)
    assert check_draft(DRAFT).verdict is Verdict.BLOCK


def test_shuffled_checks_give_the_same_report(
    monkeypatch: pytest.MonkeyPatch, check_draft: Callable[..., Report]
) -> None:
    expected = check_draft(DRAFT)
    real = list(pipeline.catalogue())
    random.Random(1).shuffle(real)
    monkeypatch.setattr(pipeline, "catalogue", lambda: tuple(real))
    shuffled = check_draft(DRAFT)
    assert shuffled.findings == expected.findings
    assert shuffled.verdict == expected.verdict


def test_each_policy_has_its_own_plan(check_draft: Callable[..., Report]) -> None:
    first, other = load_policy(), replace(load_policy(), enabled={"spelling-confusion": False})
    article = load(Source("bai.md", data=DRAFT.encode()), TODAY)
    plans = [tuple(each.check.id for each in pipeline.plan(p, article)) for p in (first, other) * 2]
    assert plans[0] == plans[2]
    assert plans[1] == plans[3]
    shut = replace(first, enabled=dict.fromkeys(rule_ids(), False))
    assert not tuple(pipeline.plan(shut, article))
    assert tuple(each.check.id for each in pipeline.plan(first, article)) == plans[0]


def test_same_input_gives_the_same_bytes(check_draft: Callable[..., Report]) -> None:
    assert check_draft(DRAFT).model_dump_json() == check_draft(DRAFT).model_dump_json()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.md", b""),
        ("binary.md", bytes(range(256)) * 40),
        ("latin.txt", "Tr\xfd\xf3ng".encode("latin-1")),
        ("cut.docx", b"PK\x03\x04\x14\x00\x06\x00"),
        ("x.unknown", b"text"),
        ("front.md", b"---\na: [\n---\ntext"),
    ],
)
def test_unreadable_draft_is_incomplete(
    name: str, data: bytes, tmp_path: Path, policy: Policy
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    report = pipeline.inspect(Source(name, path, root=tmp_path), policy, today=TODAY)
    assert report.verdict is Verdict.INCOMPLETE
    assert report.outcomes[0].check == "load"
    assert report.outcomes[0].reason
    assert list(tmp_path.iterdir()) == [path]


def test_missing_path_is_an_error() -> None:
    with pytest.raises(UsageError):
        qc.check("no/such/file.md")


def test_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert qc.check_all([tmp_path]) == []


def test_folder_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "bai.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "a.jpg").write_bytes(b"not a picture")
    sources = sources_of(tmp_path)
    assert [source.extras for source in sources] == [("anh/a.jpg",)]


@pytest.mark.parametrize(
    ("yaml", "near"),
    [
        ("rules: {hygiene-placeholdr: off}", "hygiene-placeholder"),
        ("ruless: {}", "rules"),
        ("rules: {hygiene-title-short: {options: {title_lest: 5}}}", "title_least"),
        ("rules: {hygiene-title-short: {severty: error}}", "severity"),
    ],
    ids=["rule", "key", "option", "setting"],
)
def test_misspelled_policy_is_refused(yaml: str, near: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"id: x\ntitle: {{vi: x, en: x}}\n{yaml}\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=near):
        load_policy(path)


@pytest.mark.parametrize(
    "yaml",
    [
        "a: &x [1]\nb: *x",
        "id: x\nid: y",
        "!!python/object:os.system {}",
        "extends: ../../etc/passwd",
    ],
    ids=["alias", "duplicate", "object", "traversal"],
)
def test_hostile_policy_is_refused(yaml: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    text = yaml if yaml.startswith(("!", "a:", "id")) else f"id: x\ntitle: {{vi: x, en: x}}\n{yaml}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError):
        load_policy(path)


def test_policy_changes_severity_and_switches_off(
    tmp_path: Path, check_draft: Callable[..., Report]
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "id: own\ntitle: {vi: x, en: x}\nextends: co-so\n"
        "rules: {hygiene-placeholder: warning, field-*: off}\n",
        encoding="utf-8",
    )
    report = check_draft(DRAFT, load_policy(path))
    found = {finding.rule: finding.severity for finding in report.findings}
    assert found["hygiene-placeholder"] == Severity.WARNING
    assert not [rule for rule in found if rule.startswith("field-")]


@pytest.mark.parametrize(("day", "waived"), [("2026-11-24", True), ("2026-11-23", False)])
def test_waiver_holds_until_its_last_day(
    day: str, waived: bool, policy: Policy, check_draft: Callable[..., Report]
) -> None:
    waiver = Waiver(
        rule="hygiene-placeholder",
        author="Lê Văn Cường",
        reason="bài mẫu của lớp tập huấn",
        expires=date.fromisoformat(day),
    )
    report = check_draft(DRAFT, replace(policy, waivers=(waiver,)))
    finding = next(f for f in report.findings if f.rule == "hygiene-placeholder")
    assert (finding.waived is not None) == waived
    assert (report.verdict is Verdict.BLOCK) == (not waived)
