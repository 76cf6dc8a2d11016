"""Which rules of single posts the audit counts, and as what."""

from __future__ import annotations

INJECTION_RULES = (
    "injected-",
    "hidden-",
    "link-gambling",
    "link-farm",
    "markup-script",
    "markup-refresh",
)
LOST_RULES = ("image-missing", "file-missing")
EXPIRED_RULE = "citation-act-expired"
