"""Helpers of the image tests: pictures in memory, and one check run on one picture."""

from __future__ import annotations

from typing import Any

from qc.core.article import Image, Role
from qc.core.blob import Blob
from qc.core.finding import Finding
from qc.core.rule import AnyCheck
from qc.media._examples import photo


def image(data: bytes, name: str = "anh.jpg", role: Role = Role.INLINE, **facts: Any) -> Image:
    """An image of an article whose file is in memory."""
    return Image(path=name, blob=Blob(data=data), role=role, **facts)


def findings(check: AnyCheck, subject: Any, **options: Any) -> list[Finding]:
    """What a check says about one subject."""
    return list(check.run(subject, check.options(**options)))


def rule_ids(check: AnyCheck, subject: Any, **options: Any) -> list[str]:
    """The ids of the rules that a check finds broken."""
    return [finding.rule.id for finding in findings(check, subject, **options)]


def jpeg(width: int, height: int, **save: Any) -> bytes:
    """A photo-like JPEG."""
    return photo(width, height, **save)()
