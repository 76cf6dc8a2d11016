"""`qc watch`: check a draft again whenever it is saved."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path

from qc.documents.folder import sources_of
from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.load import load_policy
from qc.report.console import console_for, print_report

INTERVAL_S = 0.5


def run_watch(folder: str, policy_name: str, lang: str, *, rounds: int | None = None) -> int:
    """Watch a file or folder until interrupted, or for a number of rounds."""
    policy = load_policy(policy_name)
    console = console_for(sys.stdout)
    console.print(f"{'Đang theo dõi' if lang == 'vi' else 'Watching'} {folder} (Ctrl+C)")
    seen: dict[str, tuple[int, int]] = {}
    first = True
    while rounds is None or rounds > 0:
        for source in sources_of(Path(folder)):
            stamp = _stamp(source)
            if seen.get(source.name) == stamp:
                continue
            seen[source.name] = stamp
            if not first or rounds is not None:
                print_report(
                    inspect(source, policy, today=date.today(), lang=lang), sys.stdout, lang
                )
        first = False
        if rounds is not None:
            rounds -= 1
        time.sleep(INTERVAL_S if rounds is None or rounds > 0 else 0)
    return 0


def _stamp(source: Source) -> tuple[int, int]:
    """Time and size of the draft and its media, newest first."""
    paths = [source.path, *(source.root / each for each in source.extras if source.root)]
    stats = [os.stat(path) for path in paths if path is not None and os.path.exists(path)]
    return max((s.st_mtime_ns for s in stats), default=0), sum(s.st_size for s in stats)
