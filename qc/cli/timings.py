"""`qc check --timings`: how long loading and each check take, on standard error."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date

from qc.core.errors import QcError
from qc.documents.load import Source, load
from qc.pipeline import plan, run
from qc.policy.model import Policy

SLOWEST = 15


def print_timings(sources: Sequence[Source], policy: Policy) -> None:
    """Run every draft once more, step by step, and print the slowest steps in milliseconds."""
    spent: Counter[str] = Counter()
    for source in sources:
        begin = time.perf_counter()
        try:
            article = load(source, date.today())
        except QcError:
            continue
        spent["load"] += round((time.perf_counter() - begin) * 1e6)
        for planned in plan(policy, article):
            begin = time.perf_counter()
            list(run([planned], article))
            spent[planned.check.id] += round((time.perf_counter() - begin) * 1e6)
    total = sum(spent.values())
    sys.stderr.write(f"{total / 1000:10.1f} ms  ({len(sources)})\n")
    for name, micros in spent.most_common(SLOWEST):
        sys.stderr.write(f"{micros / 1000:10.1f} ms  {name}\n")
