"""qc: the gate before publication on Vietnamese school portals.

    >>> import qc
    >>> report = qc.check("bai-viet.docx", policy="co-so")
    >>> report.verdict, report.findings

Names are loaded when first used, so `import qc` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qc.api import check, check_all
    from qc.core.article import Article
    from qc.core.errors import LoadError, PolicyError, QcError, UsageError
    from qc.core.finding import Finding, Suggestion
    from qc.core.outcome import Verdict
    from qc.core.report import Report
    from qc.core.rule import Rule, Severity
    from qc.policy.load import load_policy
    from qc.policy.model import Policy

__version__ = "0.1.0"

_HOMES = {
    "check": "qc.api",
    "check_all": "qc.api",
    "Article": "qc.core.article",
    "Finding": "qc.core.finding",
    "LoadError": "qc.core.errors",
    "Policy": "qc.policy.model",
    "PolicyError": "qc.core.errors",
    "QcError": "qc.core.errors",
    "Report": "qc.core.report",
    "Rule": "qc.core.rule",
    "Severity": "qc.core.rule",
    "Suggestion": "qc.core.finding",
    "UsageError": "qc.core.errors",
    "Verdict": "qc.core.outcome",
    "load_policy": "qc.policy.load",
}

__all__ = [
    "Article",
    "Finding",
    "LoadError",
    "Policy",
    "PolicyError",
    "QcError",
    "Report",
    "Rule",
    "Severity",
    "Suggestion",
    "UsageError",
    "Verdict",
    "check",
    "check_all",
    "load_policy",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
