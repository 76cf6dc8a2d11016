"""How much of what was planted in a sample archive does qc find, and what else does it report?

    python -m bench.archive.truth --posts 10000 --seed 7 [--level thcs] [--workers 2]

Prints planted, missed and false alarms (warnings and errors that no planted defect explains), and
whether the table of the audit equals the truth.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from qc.batch.archive.model import Order
from qc.batch.archive.write import write_archive
from qc.batch.audit.observation import Observation, observe
from qc.batch.audit.requirements import coverage
from qc.batch.audit.site import Setting, SiteTally
from qc.batch.records import Record
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.policy.load import load_policy

TODAY = date(2026, 11, 24)
job: dict[str, Any] = {}


def prepare() -> None:
    """Load the policy once a worker."""
    job["policy"] = load_policy("co-so")


def work(record: Record) -> Observation:
    """Check one post."""
    return observe(record, job["policy"], TODAY)


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--level", default="tieu-hoc")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pictures", type=int, default=60)
    asked = parser.parse_args()
    order = Order(asked.posts, asked.seed, asked.level, pictures=asked.pictures)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        written = write_archive(order, Path(folder) / "a")
        print(f"written: {written.posts} posts, {time.process_time() - begin:.1f} CPU-s")
        truth = [json.loads(line) for line in written.truth.read_text("utf-8").splitlines()]
        site = SiteTally("x", "x", Setting(coverage(), order.until, level=asked.level))
        counts = compare(written.target, truth, site, asked.workers)
    print(f"planted: {counts['planted']} of {counts['kinds']} kinds; missed: {counts['missed']}")
    print(f"false alarms: {counts['false']} in {asked.posts} posts")
    told = {(t["requirement"], t["year"]): t["state"] for t in truth if "requirement" in t}
    seen = {(c.requirement, c.year): c.state for c in site.portal().cells}
    wrong = [key for key, state in told.items() if seen.get(key) != state]
    print(f"audit table: {len(told)} cells, {len(wrong)} wrong {wrong}")


def compare(
    target: str, truth: list[dict[str, Any]], site: SiteTally, workers: int
) -> Counter[str]:
    """Check every post and count what was found of what was planted."""
    planted = {line["post"]: line for line in truth if line["post"]}
    counts = Counter(planted=len(planted), kinds=len({p["rule"] for p in planted.values()}))
    with get_context("spawn").Pool(workers, prepare) as pool:
        for seen in pool.imap(work, records_of([target], ReadOptions()), chunksize=50):
            site.add(seen)
            line = planted.get(seen.id)
            loud = {hit.rule for hit in seen.hits if hit.severity != "info"}
            expected = {line["rule"], *line["also"]} if line else set()
            rules = {hit.rule for hit in seen.hits}
            if line and not line["rule"].startswith("site-") and line["rule"] not in rules:
                counts["missed"] += 1
                print(f"missed: {line}")
            for rule in sorted(loud - expected):
                counts["false"] += 1
                print(f"false alarm: {rule} in post {seen.id}: {seen.title}")
    return counts


if __name__ == "__main__":
    main()
