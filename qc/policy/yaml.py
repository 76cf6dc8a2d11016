"""Strict YAML: no aliases, no duplicate keys, no own types, and a size limit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qc.core.errors import PolicyError

MAX_BYTES = 2 * 1024 * 1024


def read_yaml(path: Path) -> Any:
    """The data of a YAML file. Raises PolicyError with the line of what is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PolicyError(
            f"cannot be read: {error.strerror}", where=str(path), vi=f"không đọc được tệp: {path}"
        ) from error
    if len(data) > MAX_BYTES:
        raise PolicyError(f"is larger than {MAX_BYTES} bytes", where=str(path), remedy="Split it.")
    return parse_yaml(data, str(path))


def parse_yaml(data: bytes, where: str) -> Any:
    """The data of a YAML text."""
    import yaml

    try:
        _refuse(yaml, data, where)
        return yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark is not None else ""
        reason = getattr(error, "problem", None) or "is not valid YAML"
        raise PolicyError(
            f"{line} {reason}".strip(), where=where, remedy="Mend the file and try again."
        ) from error


def _refuse(yaml: Any, data: bytes, where: str) -> None:
    """Refuse aliases and duplicate keys, both silently accepted by YAML loaders."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    node = None
    for event in yaml.parse(data, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise PolicyError(
                f"line {event.start_mark.line + 1}: an alias (*{event.anchor}) is not allowed",
                where=where,
                remedy="Write the value out.",
            )
    node = yaml.compose(data, Loader=loader)
    pending = [node] if node is not None else []
    while pending:
        node = pending.pop()
        if node.id == "sequence":
            pending.extend(node.value)
        elif node.id == "mapping":
            seen: set[str] = set()
            for key, value in node.value:
                if str(key.value) in seen:
                    raise PolicyError(
                        f"line {key.start_mark.line + 1}: {key.value} is written twice",
                        where=where,
                        remedy="Keep one of the two.",
                    )
                seen.add(str(key.value))
                pending.append(value)
