"""`qc recheck`: check all posts of archives again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from qc.batch.engine import Engine
from qc.batch.identity import only_rules
from qc.batch.progress import expected_posts, progress_bar
from qc.batch.run import CHUNK_POSTS, Run, RunOptions, RunSummary, make_setup
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import Shard, check_archives, records_of, shown_name
from qc.batch.tables import check_formats, remove_tables, table_paths, write_tables
from qc.batch.work import Setup
from qc.core.errors import UsageError
from qc.core.record import dataclass, field, replace
from qc.documents.folder import told_passed_over
from qc.policy.load import load_policy
from qc.policy.model import Policy

VERDICTS = ("pass", "review", "block", "incomplete")
WORDS = {
    "vi": ("đạt", "cần xem lại", "chưa được đăng", "chưa kiểm tra xong"),
    "en": ("pass", "review", "block", "incomplete"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckArguments:
    """What `qc recheck` was asked."""

    archives: Sequence[str]
    folder: Path = Path("qc-recheck")
    policy: str = "co-so"
    law_date: date | None = None
    lang: str = "vi"
    only: Sequence[str] = ()
    read: ReadOptions = ReadOptions()
    shard: Shard = Shard()
    engine: str = "pool"
    scheduler: str | None = None
    workers: int = 0
    threads: int = 2
    cache: Path | None = None
    no_cache: bool = False
    cache_max_mb: int | None = None
    chunk_posts: int = CHUNK_POSTS
    fail_on: str | None = None
    formats: Sequence[str] = ()
    limit_s: int = 300
    today: date | None = None
    about: dict[str, str] = field(default_factory=dict)


def run_recheck(arguments: RecheckArguments) -> int:
    """Check the archives, print a summary, give the exit code."""
    policy = chosen_policy(arguments.policy, arguments.law_date, arguments.only)
    summary = recheck(arguments, policy, arguments.folder)
    print_summary(summary, arguments)
    return exit_code(summary, arguments.fail_on)


def recheck(arguments: RecheckArguments, policy: Policy, folder: Path) -> RunSummary:
    """One run over the archives with a policy; its results lie in `folder`."""
    check_archives(arguments.archives)
    check_formats(arguments.formats)
    setup = make_setup(
        policy,
        today=arguments.today,
        lang=arguments.lang,
        threads=arguments.threads,
        limit_s=arguments.limit_s,
    )
    cache = None if arguments.no_cache else arguments.cache or arguments.folder / "cache.sqlite"
    about = {
        "archives": [shown_name(each) for each in arguments.archives],
        "shard": f"{arguments.shard.index}/{arguments.shard.count}",
        "since": arguments.read.since.isoformat() if arguments.read.since else None,
        "only": sorted(arguments.only),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with progress_bar(arguments.archives, arguments.shard.count) as seen:
        options = RunOptions(
            folder=folder,
            cache=cache,
            cache_max_mb=arguments.cache_max_mb,
            chunk_posts=arguments.chunk_posts,
            seen=seen,
            about=about,
        )
        run = Run(setup, options)
        remove_tables(folder)
        records = records_of(arguments.archives, arguments.read, arguments.shard)
        summary = run.results(records, make_engine(arguments, setup))
    write_tables(folder, arguments.formats, arguments.lang)
    return summary


def make_engine(arguments: RecheckArguments, setup: Setup) -> Engine:
    """The engine asked for. Raises UsageError for another one."""
    if arguments.engine == "pool":
        from qc.batch.pool import Pool, default_workers

        posts = expected_posts(arguments.archives)
        workers = arguments.workers or default_workers()
        share = posts is None or posts > arguments.chunk_posts  # else one worker has all the work
        return Pool(setup, workers, share_models=share)
    if arguments.engine == "dask":
        from qc.batch.dask import DaskEngine

        if not arguments.scheduler:
            raise UsageError(
                "the Dask engine needs --scheduler tcp://HOST:PORT", vi="thiếu --scheduler"
            )
        return DaskEngine(setup, arguments.scheduler)
    vi = "--engine là pool hoặc dask"
    raise UsageError(f"engine is pool or dask, not {arguments.engine}", vi=vi)


def chosen_policy(name: str, law_date: date | None, only: Sequence[str] = ()) -> Policy:
    """A policy by name or file, at the law of a day, with some of its rules."""
    policy = load_policy(name)
    if law_date is not None:
        policy = replace(policy, date=law_date)
    return only_rules(policy, only)


def exit_code(summary: RunSummary, fail_on: str | None) -> int:
    """0 all checked, 1 something reaches --fail-on, 3 something is unchecked, 4 no post."""
    if not summary.posts:
        return 4
    failing = {None: (), "block": ("block",)}.get(fail_on, ("block", "review"))
    if any(summary.verdicts.get(each) for each in failing):
        return 1
    return 3 if summary.unchecked else 0


def print_summary(summary: RunSummary, arguments: RecheckArguments) -> None:
    """The counts by verdict, on standard output."""
    vi = arguments.lang == "vi"
    lines = [f"{summary.posts} bài" if vi else f"{summary.posts} posts"]
    for verdict, word in zip(VERDICTS, WORDS["vi" if vi else "en"], strict=True):
        lines.append(f"  {word}: {summary.verdicts.get(verdict, 0)}")
    for state, word_vi, word_en in (
        ("unreadable", "không đọc được", "unreadable"),
        ("crashed", "làm hỏng tiến trình kiểm tra", "took their worker down"),
    ):
        if summary.states.get(state):
            lines.append(f"  ({word_vi if vi else word_en}: {summary.states[state]})")
    if summary.kept:
        word = "giữ từ lần trước" if vi else "kept from before"
        lines.append(f"  ({word}: {summary.kept})")
    lines.append(f"{'Kết quả' if vi else 'Results'}: {arguments.folder}")
    lines += [
        f"  {path}" for each in arguments.formats for path in table_paths(arguments.folder, each)
    ]
    if told := told_passed_over(map(Path, arguments.archives), arguments.lang):
        lines.append(told)
    sys.stdout.write("\n".join(lines) + "\n")
