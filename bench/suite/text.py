"""Text: the whole check of an article beside peers and beside one pass of `re`; how it grows."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bench.suite.inputs import articles, hostile, nfd, terms
from bench.suite.measure import Asked, Result, compare, run, skipped, spent

PEERS = Path(__file__).resolve().parents[1] / ".peers"
TODAY = date(2026, 11, 24)
FEW = 8
FINE = (0, 1)
"""Exit codes of programs that did their work, with and without something to tell."""


def checker() -> Callable[[list[str]], int]:
    """All rules on a list of drafts; gives the number of findings."""
    from qc.documents.load import Source
    from qc.pipeline import inspect
    from qc.policy.load import load_policy

    policy = load_policy()

    def check(drafts: list[str]) -> int:
        found = 0
        for number, text in enumerate(drafts):
            source = Source(f"{number}.md", data=text.encode(), format="markdown")
            found += len(inspect(source, policy, today=TODAY).findings)
        return found

    return check


def measure(asked: Asked) -> Iterator[Result]:
    """The whole text check beside one pass of `re`, and how it grows."""
    check = checker()
    drafts = articles(asked.articles)
    yield compare(
        "whole text check, one pass of re.findall(w+) = 1",
        "≤ 8",
        lambda: check(drafts),
        lambda: [re.findall(r"\w+", text) for text in drafts for _ in range(10)],
        shares=(1.0, 0.1),
        faster=False,
        limit=8,
        rounds=asked.rounds,
    )
    yield from _growth(check, asked)


def measure_peers(asked: Asked) -> Iterator[Result]:
    """The whole text check beside programs that people would use instead."""
    yield from _peers(checker(), articles(asked.articles), asked.rounds)


def measure_hostile(asked: Asked) -> Iterator[Result]:
    """Texts that punish what is not linear: four times as long, how many times as dear."""
    check = checker()
    for (name, small), large in zip(hostile(5_000).items(), hostile(20_000).values(), strict=True):
        yield compare(
            f"hostile ({name}), four times as long",
            "≤ 5",
            lambda text=large: check([text]),
            lambda text=small: check([text]),
            faster=False,
            limit=5,
            rounds=3,
        )


def _peers(check: Callable[[list[str]], int], drafts: list[str], rounds: int) -> Iterator[Result]:
    few = drafts[:FEW]
    each = 1 / len(drafts), 1 / len(few)
    name, asked = "times faster than underthesea.word_tokenize", "≥ 10"
    if importlib.util.find_spec("underthesea"):
        from underthesea import word_tokenize

        theirs = lambda: [word_tokenize(text) for text in few]  # noqa: E731
        yield compare(
            name,
            asked,
            lambda: check(drafts),
            theirs,
            shares=each,
            faster=True,
            limit=10,
            rounds=rounds,
        )
    else:
        yield skipped(name, asked, "underthesea is not installed")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(few):
            path = Path(folder) / f"{number}.md"
            path.write_text(text, encoding="utf-8")
            files.append(str(path))
        for name, asked, limit, command, lacking in _programs(files, Path(folder)):
            if lacking:
                yield skipped(name, asked, lacking)
                continue
            tried = run(command)
            said = (tried.stderr + tried.stdout).decode().strip()
            if tried.returncode not in FINE or "Unsupported" in said:
                reason = (said.splitlines() or [f"exit code {tried.returncode}"])[0]
                yield skipped(name, asked, reason[:200])
                continue
            empty = [*command[: -len(files)], files[0]]
            start_up = statistics.median(spent(lambda c=empty: run(c))[0] for _ in range(3))
            result = compare(
                name,
                asked,
                lambda: check(drafts),
                lambda c=command: run(c),
                shares=each,
                faster=True,
                limit=limit,
                rounds=rounds,
            )
            result.note = f"start-up included; one file alone {start_up:.3f} s CPU"
            yield result


def _programs(
    files: list[str], folder: Path
) -> Iterator[tuple[str, str, float, list[str], str | None]]:
    """Name, what is asked, limit, command, and what is missing of every program."""
    hunspell = shutil.which("hunspell")
    table = Path("/usr/share/hunspell/vi_VN.dic").exists()
    lacking = None if hunspell and table else "hunspell or hunspell-vi is not installed"
    yield (
        "times faster than hunspell-vi",
        "≥ 30",
        30,
        ["hunspell", "-d", "vi_VN", "-l", *files],
        lacking,
    )
    modules = PEERS / "node_modules"
    lacking = (
        None
        if (modules / "cspell").is_dir()
        else "cspell is not installed (bench/suite/install.sh)"
    )
    settings = folder / "cspell.json"
    vietnamese = str(modules / "@cspell" / "dict-vi-vn" / "cspell-ext.json")
    settings.write_text(json.dumps({"import": [vietnamese], "language": "vi", "version": "0.2"}))
    cspell = ["node", str(modules / "cspell" / "bin.mjs"), "lint", "--no-progress", "--no-cache"]
    yield "times faster than cspell, vi", "≥ 5", 5, [*cspell, "-c", str(settings), *files], lacking
    lacking = (
        None
        if (modules / "textlint").is_dir()
        else "textlint is not installed (bench/suite/install.sh)"
    )
    rules = folder / "prh.yml"
    rules.write_text(
        "version: 1\nrules:\n"
        + "".join(f"  - expected: {t}x\n    pattern: {t}\n" for t in terms(500))
    )
    config = folder / ".textlintrc.json"
    config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(rules)]}}}))
    textlint = ["node", str(modules / "textlint" / "bin" / "textlint.js"), "-c", str(config)]
    textlint += ["--rules-base-directory", str(modules)]
    yield "times faster than textlint, 500 terms", "≥ 8", 8, [*textlint, *files], lacking


def _growth(check: Callable[[list[str]], int], asked: Asked) -> Iterator[Result]:
    drafts = articles(max(asked.articles // 4, 10))
    rounds = asked.rounds
    head, _, _ = drafts[0].partition("\n\n")
    hundred = articles(30 if asked.quick else 100)
    long = head + "\n\n" + "\n\n".join(text.partition("\n\n")[2] for text in hundred)
    other, clean = nfd(drafts), articles(len(drafts), dirty=0)
    for name, limit, ours, theirs in (
        ("300 KB in one article, 100 × 3 KB = 1", 1.3, [long], hundred),
        ("NFD, NFC = 1", 3, other, drafts),
        ("20 % dirty, clean = 1", 2, drafts, clean),
    ):
        yield compare(
            name,
            f"≤ {limit}",
            lambda ours=ours: check(ours),
            lambda theirs=theirs: check(theirs),
            faster=False,
            limit=limit,
            rounds=rounds,
        )
    yield _terms(articles(max(asked.articles, 20), dirty=0), rounds)


def _terms(drafts: list[str], rounds: int) -> Result:
    """The term search alone, with 500 and 50,000 terms."""
    from qc.text._view import fold
    from qc.text.terms._entry import Entry
    from qc.text.terms._matcher import Matcher

    def matcher(count: int) -> Matcher:
        made = terms(count)
        rows = [{"id": f"t{n}", "term": text, "category": "spam"} for n, text in enumerate(made)]
        return Matcher(tuple(Entry.model_validate(row).compiled("bench") for row in rows))

    views = [fold(text) for text in drafts]
    few, many = matcher(500), matcher(50_000)
    return compare(
        "50,000 terms, 500 terms = 1",
        "≤ 2",
        lambda: [many.find(view) for view in views for _ in range(20)],
        lambda: [few.find(view) for view in views for _ in range(20)],
        faster=False,
        limit=2,
        rounds=rounds,
    )
