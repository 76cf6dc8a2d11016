"""Configuration: the nearest qc.toml or [tool.qc], as ruff finds its own.

Order: `--config`, then the variable QC_CONFIG, then the nearest `qc.toml` (or `pyproject.toml` with
`[tool.qc]`) from the working folder upwards, then `qc/qc.toml` in the user's configuration folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qc.core.errors import UsageError

KEYS = {
    "policy": str,
    "format": str,
    "lang": str,
    "fail-on": str,
    "baseline": str,
}


def read_config(named: str | None = None) -> dict[str, str]:
    """The settings of the configuration that applies; paths are made relative to its file."""
    path = _chosen(named)
    if path is None:
        return {}
    from difflib import get_close_matches

    table = _table(path)
    settings: dict[str, str] = {}
    for key, value in table.items():
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1, cutoff=0.4)
            hint = f" (gần nhất: {near[0]})" if near else ""
            raise UsageError(
                f"unknown key {key}{hint}",
                where=str(path),
                remedy=f"Known keys: {', '.join(KEYS)}.",
                vi=f"không có khóa {key}{hint}. Các khóa: {', '.join(KEYS)}",
            )
        if not isinstance(value, KEYS[key]):
            raise UsageError(f"{key} must be text", where=str(path))
        settings[key] = _relative(key, value, path)
    return settings


def _chosen(named: str | None) -> Path | None:
    for given in (named, os.environ.get("QC_CONFIG")):
        if given:
            path = Path(given)
            if not path.is_file():
                raise UsageError(
                    "there is no such configuration file",
                    where=given,
                    vi="không có tệp cấu hình này",
                )
            return path
    return next(_candidates(), None)


def _candidates() -> Iterator[Path]:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "qc.toml").is_file():
            yield folder / "qc.toml"
        project = folder / "pyproject.toml"
        if project.is_file() and b"[tool.qc]" in project.read_bytes():
            yield project
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    user = Path(base) / "qc" / "qc.toml"
    if user.is_file():
        yield user


def _table(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        with path.open("rb") as stream:
            data = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path)) from error
    if path.name == "pyproject.toml":
        data = data.get("tool", {}).get("qc", {})
    return dict(data)


def _relative(key: str, value: str, path: Path) -> str:
    is_path = key == "baseline" or (key == "policy" and value.endswith((".yaml", ".yml")))
    return str(path.parent / value) if is_path and not Path(value).is_absolute() else value
