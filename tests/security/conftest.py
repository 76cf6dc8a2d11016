"""What the security tests share: an article with files, and the findings of one check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qc.core.article import Article, Attachment, Blob, Image
from qc.core.finding import Finding
from qc.documents.load import Source, load

Inspect = Callable[..., list[Finding]]


@pytest.fixture
def draft() -> Callable[..., Article]:
    """An article from a text (HTML where it begins with "<"), read at a fixed date."""

    def build(text: str, **changes: Any) -> Article:
        name = "draft.html" if text.startswith("<") else "draft.md"
        return load(Source(name=name, data=text.encode(), **changes), date(2026, 3, 1))

    return build


@pytest.fixture
def findings() -> Inspect:
    """The findings of a check on an article or on files given as name and bytes."""

    def run(check: Any, subject: Article | dict[str, bytes], **options: Any) -> list[Finding]:
        article = subject if isinstance(subject, Article) else with_files(subject)
        return list(check.run(article, check.options(**options)))

    return run


def with_files(files: dict[str, bytes]) -> Article:
    """An article whose pictures and attachments are these."""
    pictures = (".jpg", ".jpeg", ".png", ".gif", ".webp")
    made = [
        (Image if name.lower().endswith(pictures) else Attachment)(path=name, blob=Blob(data=data))
        for name, data in files.items()
    ]
    return Article(
        source="bai.md",
        format="markdown",
        digest="0",
        images=tuple(each for each in made if isinstance(each, Image)),
        attachments=tuple(each for each in made if isinstance(each, Attachment)),
        today=date(2026, 3, 1),
    )
