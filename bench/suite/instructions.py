"""Instructions of the text path, counted by callgrind, against the committed baseline.

    python -m bench.suite.instructions [--write]

Counts do not depend on what else the machine does: the difference between a run over N articles and
one over none, divided by N, is compared with `instructions.json`; more than 2 % above it fails.
Hashes are fixed, nothing is collected, and compiled patterns and tables come from a cache that a
first, uncounted run fills and the counted ones only read. Counts hold for one processor family, one
Python, one set of libraries and the compiled kernel; `--write` is for a change that is meant.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
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
CACHE = Path(__file__).resolve().parents[1] / "results" / "instructions-cache"
LIMIT = 1.02
COUNT = 20
CODE = """
import gc, os
gc.disable()
from bench.suite.inputs import articles
from bench.suite.text import checker
check, drafts = checker(), articles({warm} + {count})
check(drafts[:{warm}])
check(drafts[{warm}:])
if {keep}:
    from qc.core.patterns import STORE
    STORE.save()
os._exit(0)  # what the interpreter does at its end is not of the text path
"""
WARM = 20
LIBRARIES = "ahocorasick-rs justhtml lxml numpy pydantic tinycss2 underthesea".split()
NO_AVX512 = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR"
"""What valgrind cannot run."""


def per_article() -> int:
    """Instructions of one article."""
    shutil.rmtree(CACHE, ignore_errors=True)
    settings = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "NPY_DISABLE_CPU_FEATURES": NO_AVX512,
        "QC_CACHE": str(CACHE),
    }
    _run([sys.executable, "-c", _code(COUNT, keep=True)], settings)
    return (_counted(COUNT, settings) - _counted(0, settings)) // COUNT


def _code(count: int, *, keep: bool = False) -> str:
    return CODE.format(warm=WARM, count=count, keep=keep)


def _counted(count: int, settings: dict[str, str]) -> int:
    """Instructions of a process that checks `count` articles after twenty to warm up."""
    with tempfile.NamedTemporaryFile() as out:
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}"]
        told = _run([*tool, sys.executable, "-c", _code(count)], settings)
    found = re.search(r"refs:\s+([\d,]+)", told)
    if found is None:
        raise SystemExit(told[-2000:])
    return int(found[1].replace(",", ""))


def _run(command: list[str], settings: dict[str, str]) -> str:
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr[-2000:])
    return done.stderr


def version() -> str:
    """What a baseline holds for: the processor's family, Python, libraries and the kernel."""
    from bench.suite.environment import has_kernel

    known = []
    for name in LIBRARIES:
        try:
            known.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            known.append(f"{name} none")
    mark = hashlib.sha256("\0".join(known).encode()).hexdigest()[:8]
    kernel = "kernel" if has_kernel() else "no kernel"
    return f"{platform.machine()}, Python {platform.python_version()}, libraries {mark}, {kernel}"


def main() -> int:
    """Compare, or write the baseline."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="make this count the baseline")
    asked = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed (bench/suite/install.sh, as root)")
        return 0
    now = per_article()
    known = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    if asked.write:
        known[version()] = now
        BASELINE.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{now:,} instructions an article: the new baseline for {version()}")
        return 0
    before = known.get(version())
    if before is None:
        print(f"{now:,} instructions an article; no baseline for {version()}: --write makes one")
        return 0
    print(f"{now:,} instructions an article, {now / before:.4f} of the baseline {before:,}")
    return int(now > before * LIMIT)


if __name__ == "__main__":
    sys.exit(main())
