"""CleanVision, run in the environment of the peers (bench/suite/install.sh).

It counts its own CPU time, without its start-up, and says which issues it finds.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

PYTHON = Path(__file__).parents[1] / ".peers" / "venv" / "bin" / "python"
SCRIPT = """
import json, sys, time
from cleanvision import Imagelab
lab = Imagelab(data_path=sys.argv[1])
begin = time.process_time()
lab.find_issues(n_jobs=1, verbose=False)
spent = time.process_time() - begin
columns = [name for name in lab.issues if name.startswith("is_") and name.endswith("_issue")]
found = {
    path.rsplit("/", 1)[-1]: [name[3:-6] for name in columns if row[name]]
    for path, row in lab.issues.iterrows()
}
print(json.dumps({"cpu_s": spent, "found": found}))
"""
# What it calls a defect of bench/images/defects.py.
NAMES = {
    "blur": "blurry",
    "motion": "blurry",
    "too dark": "dark",
    "too bright": "light",
    "blank": "low_information",
}


@dataclass(frozen=True)
class Answer:
    """CPU seconds of one run over a folder, and the issues of each file by its name."""

    cpu_s: float
    found: dict[str, list[str]]


def inspect_folder(folder: Path) -> Answer | None:
    """What CleanVision says of the pictures of a folder; None where it is not installed."""
    if not PYTHON.exists():
        return None
    done = subprocess.run(
        [str(PYTHON), "-c", SCRIPT, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        return None
    return Answer(**json.loads(done.stdout.splitlines()[-1]))


def issue_of(defect: str) -> str | None:
    """The issue that stands for a defect; None where it looks for no such thing."""
    return next((issue for start, issue in NAMES.items() if defect.startswith(start)), None)
