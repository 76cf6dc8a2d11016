"""Measure parts of the suite and write docs/benchmarks.md.

    python -m bench.suite [PART…] [--missing] [--quick] [--data DIR] [--articles 40]

Without a name all parts are measured. Each runs in its own process within its own time, and is
written down when it ends: a part that fails or takes too long costs no other its figures, and a
run that was broken off goes on with --missing. --quick writes no page.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.suite.environment import environment
from bench.suite.measure import Asked
from bench.suite.page import PAGE, RESULTS, ROOT, page
from bench.suite.parts import PARTS, Part

CHILD = "--measure-into"


def measure_into(name: str, asked: Asked, path: Path) -> None:
    """Measure one part in this process; every row is on disk as soon as it is known."""
    with path.open("a", encoding="utf-8") as stream:
        for row in PARTS[name].measure(asked):
            stream.write(json.dumps(row.data(), ensure_ascii=False) + "\n")
            stream.flush()


def measured(name: str, part: Part, asked: Asked, tool: str) -> dict[str, Any]:
    """The results of one part, measured in another process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        command = [sys.executable, "-m", "bench.suite", name, CHILD, str(path)]
        command += ["--articles", str(asked.articles)] + ["--quick"] * asked.quick
        command += ["--data", str(asked.data)] if asked.data else []
        settings = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
        note = ""
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=os.environ | settings, timeout=part.limit_s, check=False
            )
            if done.returncode:
                note = f"the part ended with exit code {done.returncode}"
        except subprocess.TimeoutExpired:
            note = f"the part took more than {part.limit_s} s"
        rows = (
            [json.loads(each) for each in path.read_text("utf-8").splitlines()]
            if path.exists()
            else []
        )
    if note:
        print(f"{name}: {note}", file=sys.stderr, flush=True)
        row = {"row": "ratio", "name": "the rest of this table", "asked": "", "ratio": None}
        rows.append({**row, "unit": "", "met": None, "note": f"skipped: {note}"})
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "tool": tool,
        "environment": environment(),
        "inputs": part.inputs(asked),
        "results": rows,
    }


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--missing", action="store_true", help="what this qc was not measured with")
    parser.add_argument("--quick", action="store_true", help="few rounds; no page is written")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--data", type=Path, default=os.environ.get("QC_DATA"))
    parser.add_argument(CHILD, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    data = Path(given.data).resolve() if given.data else None
    asked = Asked(10 if given.quick else given.articles, given.quick, data)
    if given.measure_into:
        measure_into(given.parts[0], asked, given.measure_into)
        return 0
    from qc.batch.identity import tool_digest

    tool = tool_digest()
    found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"parts": {}}
    for name in given.parts or PARTS:
        if given.missing and found["parts"].get(name, {}).get("tool") == tool:
            continue
        print(f"== {name}", flush=True)
        part = measured(name, PARTS[name], asked, tool)
        if not given.quick:
            found["parts"][name] = part
            text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
            RESULTS.write_text(text, encoding="utf-8")
            PAGE.write_text(page(found), encoding="utf-8")
    if not given.quick:
        print(f"{RESULTS}\n{PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
