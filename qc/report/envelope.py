"""The JSON of many reports: one envelope, or one line per report; and its published schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from qc.core.location import STRICT
from qc.core.record import dataclass
from qc.core.report import SCHEMA_VERSION, PolicyIdentity, Report, plain
from qc.report.formats import Rendering
from qc.report.layout import laid_out

SCHEMA_ID = f"urn:qc:report:{SCHEMA_VERSION}"


@dataclass(frozen=True, slots=True)
class Tool:
    """The program that made the report."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What `qc check --format json` prints; `exit_code` is that of the command: 0, 1, 3 or 4."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: str
    tool: Tool
    policy: PolicyIdentity
    exit_code: int
    reports: tuple[Report, ...]


def to_json(
    reports: Sequence[Report], policy: PolicyIdentity, *, version: str, exit_code: int
) -> str:
    """The envelope as JSON, a finding a line, the same bytes for the same reports."""
    envelope = Envelope(SCHEMA_VERSION, Tool("qc", version), policy, exit_code, tuple(reports))
    return laid_out(plain(envelope)) + "\n"


def to_json_lines(reports: Iterable[Report], *, version: str) -> Iterable[str]:
    """One line of JSON per report, with the schema version and tool in each."""
    for report in reports:
        head: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        head["tool"] = {"name": "qc", "version": version}
        line = json.dumps(head | report.model_dump(), ensure_ascii=False)
        yield line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the envelope."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Envelope).json_schema(mode="validation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | schema


def render(rendering: Rendering) -> str:
    """The envelope as JSON."""
    return to_json(
        rendering.reports,
        rendering.policy,
        version=rendering.version,
        exit_code=rendering.exit_code,
    )
