"""Compile the spelling kernel beside its source, where there is a C compiler.

    python -m scripts.build_kernel

Without it everything works the same, many times slower.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "qc" / "text" / "spelling" / "kernel"


def target() -> Path:
    """The file that Python imports."""
    return SOURCES.with_name("_kernel" + (sysconfig.get_config_var("EXT_SUFFIX") or ".so"))


def build() -> Path | None:
    """The compiled kernel, or None (with the reason on standard error)."""
    compiler = shutil.which(os.environ.get("CC", "cc"))
    headers = Path(sysconfig.get_path("include"))
    if compiler is None or not (headers / "Python.h").is_file() or os.name != "posix":
        print("qc: no C compiler or no Python.h; the spelling kernel is left out", file=sys.stderr)
        return None
    made = target()
    temporary = made.with_name(f".{made.name}.{os.getpid()}")
    shared = (
        ["-bundle", "-undefined", "dynamic_lookup"] if sys.platform == "darwin" else ["-shared"]
    )
    command = [compiler, "-O3", "-fPIC", "-std=c11", "-Wall", "-Wextra", *shared, f"-I{headers}"]
    done = subprocess.run(
        [*command, *map(str, sorted(SOURCES.glob("*.c"))), "-o", str(temporary), "-lm"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(f"qc: the spelling kernel cannot be compiled\n{done.stderr}", file=sys.stderr)
        temporary.unlink(missing_ok=True)
        return None
    os.replace(temporary, made)
    return made


if __name__ == "__main__":
    sys.exit(build() is None)
