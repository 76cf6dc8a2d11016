"""Work: what a worker is asked to do, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from qc.core.record import dataclass, field
from qc.documents.load import Source
from qc.policy.model import Policy

Progress = Callable[[int, int], None]
CHECK = "qc.service.pool.tasks:check"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """How an article is checked: as the options of `qc check`.

    `policy` is a policy's name; `date` the day whose law is read (ISO 8601; None: the article's).
    """

    policy: str = "co-so"
    lang: str = "vi"
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One request to a worker: a function of qc.service by name, an article and the options.

    `function` is "qc.service.MODULE:NAME"; it is called with a Task and gives an Answer.
    `extra` is plain JSON data for it.
    """

    function: str = CHECK
    source: Source
    options: CheckOptions = field(default_factory=CheckOptions)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a function in a worker is given: the article's source and everything loaded."""

    source: Source
    policy: Policy
    lang: str
    today: date
    extra: dict[str, Any]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function in a worker gives back: plain JSON data and bytes."""

    head: dict[str, Any]
    body: bytes = b""


def to_head(work: Work, policy_path: str, overlay: str) -> dict[str, Any]:
    """Work as the head of a frame; its data are the frame's body.

    `overlay` are the portal's words and waivers (JSON; empty: none).
    """
    source = work.source
    return {
        "function": work.function,
        "name": source.name,
        "format": source.format,
        "root": str(source.root) if source.root else None,
        "extras": list(source.extras),
        "policy": policy_path,
        "overlay": overlay,
        "lang": work.options.lang,
        "date": work.options.date,
        "extra": work.extra,
    }


def to_source(head: dict[str, Any], data: bytes) -> Source:
    """The source of a frame."""
    root = head["root"]
    return Source(
        head["name"],
        data=data,
        format=head["format"],
        root=Path(root) if root else None,
        extras=tuple(head["extras"]),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A finished check: the JSON as `qc check --format json` writes it, byte for byte.

    `author_mark` is a mark of the article's author, empty where none is named.
    """

    content: bytes
    verdict: str
    digest: str
    author_mark: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """The JSON as data: schema_version, tool, policy, exit_code, reports."""
        parsed: dict[str, Any] = json.loads(self.content)
        return parsed
