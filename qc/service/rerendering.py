"""Rendering a stored report again: from its JSON into another format."""

from __future__ import annotations

import json
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any

from qc import __version__
from qc.core.report import Report
from qc.report.formats import Rendering, render

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def report_of(content: bytes) -> Report:
    """The report in the JSON of an envelope."""
    data: dict[str, Any] = json.loads(content)
    return _adapter().validate_json(json.dumps(data["reports"][0]))


def rendered_again(content: bytes, format: str) -> bytes:
    """A report in another format. The article is not stored, so its text is not shown."""
    report = report_of(content)
    if format == "text":
        from qc.report.console import print_reports

        stream = StringIO()
        print_reports([report], stream, report.lang)
        return stream.getvalue().encode()
    code = json.loads(content)["exit_code"]
    rendering = Rendering([report], report.policy, __version__, code, report.lang, [None])
    return render(format, rendering)


@cache
def _adapter() -> TypeAdapter[Report]:
    from pydantic import TypeAdapter

    return TypeAdapter(Report)
