"""JSON Lines: one report per line."""

from __future__ import annotations

from qc.report.envelope import to_json_lines
from qc.report.formats import Rendering


def render(rendering: Rendering) -> str:
    """One line of JSON per report."""
    return "".join(to_json_lines(rendering.reports, version=rendering.version))
