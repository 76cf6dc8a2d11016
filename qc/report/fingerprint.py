"""Fingerprints: what makes a finding the same finding after the lines above it have moved."""

from __future__ import annotations

import hashlib
from collections import Counter

from qc.core.location import ArticleLocation, MediaLocation
from qc.core.report import Report


def fingerprints(report: Report) -> list[str]:
    """One fingerprint per finding: of rule, field or file, reported text and its occurrence."""
    seen: Counter[str] = Counter()
    found = []
    for finding in report.findings:
        place = finding.location
        if isinstance(place, MediaLocation):
            where = place.path
        elif isinstance(place, ArticleLocation):
            where = place.field or ""
        else:
            where = f"{place.field}\0{' '.join(place.excerpt.split())}"
        key = f"{finding.rule}\0{where}"
        seen[key] += 1
        found.append(hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32])
    return found
