"""What the figures of a run were measured with: versions, processors, load."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

PEERS = Path(__file__).resolve().parents[1] / ".peers"
PACKAGES = "numpy opencv-python pillow ahocorasick-rs underthesea spacy lxml".split()
LIBRARIES = ("cleanvision", "viet-badwords-filter", "vipii")
MODULES = ("cspell", "@cspell/dict-vi-vn", "textlint", "textlint-rule-prh")
PROGRAMS = {
    "hunspell": ["hunspell", "-v"],
    "exiftool": ["exiftool", "-ver"],
    "mediainfo": ["mediainfo", "--Version"],
    "ffmpeg": ["ffmpeg", "-version"],
    "node": ["node", "--version"],
    "valgrind": ["valgrind", "--version"],
}
VERSION = re.compile(r"\d+(?:\.\d+)+")


def environment() -> dict[str, object]:
    """Plain data for the results."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "kernel": has_kernel(),
        "packages": {name: _installed(name) for name in PACKAGES},
        "peers": {**_programs(), **_libraries(), **_modules()},
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found[1] if found else platform.processor()


def has_kernel() -> bool:
    try:
        import qc.text.spelling._kernel  # noqa: F401
    except ImportError:
        return False
    return True


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _programs() -> dict[str, str]:
    found = {}
    for name, command in PROGRAMS.items():
        if shutil.which(command[0]) is None:
            found[name] = "none"
            continue
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        match = VERSION.search(done.stdout.partition("Hunspell")[2] or done.stdout)
        found[name] = match[0] if match else "?"
    return found


def _libraries() -> dict[str, str]:
    python = PEERS / "venv" / "bin" / "python"
    if not python.exists():
        return dict.fromkeys(LIBRARIES, "none")
    code = (
        "import importlib.metadata as m, json, sys\n"
        "have = {d.name.lower(): d.version for d in m.distributions()}\n"
        "print(json.dumps([have.get(name, 'none') for name in sys.argv[1:]]))"
    )
    command = [str(python), "-c", code, *LIBRARIES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(zip(LIBRARIES, json.loads(done.stdout), strict=True))


def _modules() -> dict[str, str]:
    found = {}
    for name in MODULES:
        path = PEERS / "node_modules" / name / "package.json"
        about = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        found[name] = about.get("version", "none")
    return found
