"""The JSON of many reports: one envelope, or one line per report; and its published schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from qc.core.report import SCHEMA_VERSION, PolicyIdentity, Report

SCHEMA_ID = f"urn:qc:report:{SCHEMA_VERSION}"


class Tool(BaseModel):
    """The program that made the report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "qc"
    version: str


class Envelope(BaseModel):
    """What `qc check --format json` prints."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: str = Field(SCHEMA_VERSION, description="Changes when a reader must change")
    tool: Tool
    policy: PolicyIdentity
    exit_code: int = Field(description="The exit code of the command: 0, 1, 3 or 4")
    reports: tuple[Report, ...]


def to_json(
    reports: Sequence[Report], policy: PolicyIdentity, *, version: str, exit_code: int
) -> str:
    """The envelope as JSON, indented, the same bytes for the same reports."""
    envelope = Envelope(
        tool=Tool(version=version), policy=policy, exit_code=exit_code, reports=tuple(reports)
    )
    return json.dumps(envelope.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def to_json_lines(reports: Iterable[Report], *, version: str) -> Iterable[str]:
    """One line of JSON per report, with the schema version and tool in each."""
    for report in reports:
        head: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        head["tool"] = {"name": "qc", "version": version}
        line = json.dumps(head | report.model_dump(mode="json"), ensure_ascii=False)
        yield line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the envelope."""
    schema = Envelope.model_json_schema(mode="validation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | schema
