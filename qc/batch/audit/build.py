"""The audit of one or more archives: records in, portals out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from qc import __version__
from qc.batch.audit.model import INCOMPLETE, LACKING, SCHEMA_VERSION, Audit, Portal
from qc.batch.audit.observation import Known, Observation, observe
from qc.batch.audit.requirements import LEVELS, coverage
from qc.batch.audit.site import Setting, SiteTally
from qc.batch.records import Record
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import check_archives, records_of, shown_name
from qc.core.errors import UsageError
from qc.core.record import dataclass
from qc.pipeline import identity
from qc.policy.load import DEFAULT_POLICY, load_policy
from qc.policy.model import Policy

if TYPE_CHECKING:
    from multiprocessing.pool import Pool

    from qc.batch.audit.known import KnownResults

Job = tuple[Record, tuple[Known, ...]]
CHUNK = 25
EXIT_GOOD, EXIT_LACKING, EXIT_INCOMPLETE, EXIT_NOTHING = 0, 1, 3, 4


@dataclass(frozen=True, slots=True)
class AuditOrder:
    """What is asked for: archives (`NAME=SOURCE` gives a portal a name), and how to read them.

    `known`: results folders of `qc recheck`; what has not changed since is not checked again.
    """

    archives: tuple[str, ...]
    as_of: date
    level: str | None = None
    policy: str = ""
    lang: str = "vi"
    workers: int = 1
    options: ReadOptions = ReadOptions()
    known: tuple[Path, ...] = ()


def audit(order: AuditOrder, tick: Callable[[int], None] = lambda done: None) -> Audit:
    """Audit every archive of the order. `tick` is told how many posts have been looked at.

    Raises UsageError for an archive that is not there and a level that does not exist.
    """
    if order.level is not None and order.level not in LEVELS:
        known = ", ".join(LEVELS)
        raise UsageError(
            f"no such level: {order.level}",
            remedy=f"Use one of {known}.",
            vi=f"không có cấp học “{order.level}”; hãy dùng một trong {known}",
        )
    named = [split_name(each) for each in order.archives]
    check_archives([archive for _, archive in named])
    results = _results(order.known)
    fallback = results.policy if results is not None else DEFAULT_POLICY
    policy = load_policy(order.policy or order.level or fallback)
    if results is not None:
        results.read(policy, order.lang)
    setting = Setting(coverage(), order.as_of, order.lang, order.level)
    portals = []
    done = 0
    with ExitStack() as stack:
        if results is not None:
            stack.callback(results.close)
        pool = stack.enter_context(_pool(order, policy)) if order.workers > 1 else None
        for name, archive in named:
            site = SiteTally(name, shown_name(archive), setting)
            jobs = _jobs(records_of([archive], order.options), results)
            for seen in _observations(jobs, policy, order, pool):
                site.add(seen)
                done += 1
                tick(done)
            portals.append(site.portal())
    return Audit(
        schema_version=SCHEMA_VERSION,
        tool={"name": "qc", "version": __version__},
        policy=identity(policy),
        lang=order.lang,
        exit_code=_exit_code(portals),
        portals=tuple(portals),
    )


def split_name(archive: str) -> tuple[str, str]:
    """`Trường Hoa Sen=posts.jsonl` as name and archive; a name has no slash and no colon."""
    name, equals, rest = archive.partition("=")
    if equals and rest and not set(name) & set("/\\:?") and not Path(archive).exists():
        return name.strip(), rest
    shown = shown_name(archive).rstrip("/")
    return Path(shown.rpartition("://")[2]).stem or shown, archive


def _results(folders: tuple[Path, ...]) -> KnownResults | None:
    if not folders:
        return None
    from qc.batch.audit.known import KnownResults

    return KnownResults(folders)


def _jobs(records: Iterable[Record], results: KnownResults | None) -> Iterator[Job]:
    for record in records:
        yield record, results.of(record.source.name) if results is not None else ()


def _observations(
    jobs: Iterable[Job], policy: Policy, order: AuditOrder, pool: Pool | None
) -> Iterator[Observation]:
    """Observations in the order of the records, whatever the number of workers."""
    if pool is None:
        for record, known in jobs:
            yield observe(record, policy, order.as_of, order.lang, known)
        return
    iterator = iter(jobs)
    while batch := list(islice(iterator, CHUNK * order.workers * 4)):
        yield from pool.imap(_work, batch, chunksize=CHUNK)


def _pool(order: AuditOrder, policy: Policy) -> Pool:
    from multiprocessing import get_context

    context = get_context("forkserver")
    context.set_forkserver_preload(["qc.batch._warm", "qc.batch._models"])  # shared by all
    return context.Pool(order.workers, _prepare, (policy, order.as_of, order.lang))


_job: list[tuple[Policy, date, str]] = []


def _prepare(policy: Policy, today: date, lang: str) -> None:
    """Runs once in each worker process."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _job[:] = [(policy, today, lang)]


def _work(job: Job) -> Observation:
    policy, today, lang = _job[0]
    record, known = job
    return observe(record, policy, today, lang, known)


def _exit_code(portals: list[Portal]) -> int:
    if not any(each.posts or each.unread_count for each in portals):
        return EXIT_NOTHING
    verdicts = {each.verdict for each in portals}
    if LACKING in verdicts:
        return EXIT_LACKING
    return EXIT_INCOMPLETE if INCOMPLETE in verdicts else EXIT_GOOD
