"""Instructions of the text path, counted by callgrind, against the committed baseline.

    python -m bench.suite.instructions [--write]

Counts do not depend on what else the machine does: the difference between a run over N articles and
one over none, divided by N, is compared with `instructions.json`; more than 2 % above it fails.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BASELINE = Path(__file__).with_name("instructions.json")
LIMIT = 1.02
COUNT = 20
CODE = """
import gc, sys
gc.disable()
from bench.suite.inputs import articles
from bench.suite.text import checker
check, drafts = checker(), articles({warm} + {count})
check(drafts[:{warm}])
check(drafts[{warm}:])
"""
WARM = 10


def counted(count: int) -> int:
    """Instructions of a process that checks `count` articles after ten to warm up."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
    environment["NPY_DISABLE_CPU_FEATURES"] = "AVX512F AVX512CD AVX512_SKX"  # not in valgrind
    with tempfile.NamedTemporaryFile() as out:
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}"]
        done = subprocess.run(
            [*tool, sys.executable, "-c", CODE.format(warm=WARM, count=count)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"refs:\s+([\d,]+)", done.stderr)
    if done.returncode != 0 or found is None:
        raise SystemExit(done.stderr[-2000:])
    return int(found[1].replace(",", ""))


def per_article() -> int:
    """Instructions of one article."""
    return (counted(COUNT) - counted(0)) // COUNT


def version() -> str:
    """What a baseline holds for: the processor's family and Python's version."""
    return f"{platform.machine()} Python {platform.python_version()}"


def main() -> int:
    """Compare, or write the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed")
        return 0
    now = per_article()
    if asked.write:
        BASELINE.write_text(json.dumps({version(): now}, indent=1) + "\n")
        print(f"{now:,} instructions an article: the new baseline")
        return 0
    before = json.loads(BASELINE.read_text()).get(version()) if BASELINE.exists() else None
    if before is None:
        print(f"{now:,} instructions an article; no baseline for {version()}")
        return 0
    print(f"{now:,} instructions an article, {now / before:.4f} of the baseline {before:,}")
    return int(now > before * LIMIT)


if __name__ == "__main__":
    sys.exit(main())
