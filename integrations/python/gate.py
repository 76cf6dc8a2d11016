"""A gate for any CMS in Python: an empty answer means "publish", any other says why not."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile

import qc


def reasons(article: dict[str, object], media: Path, policy: str = "co-so") -> list[str]:
    """`article` as in docs/article-json.md; its pictures and files lie below `media`."""
    with NamedTemporaryFile("w", suffix=".json", dir=media, encoding="utf-8") as draft:
        json.dump(article, draft, ensure_ascii=False)
        draft.flush()
        report = qc.check(draft.name, policy)
    if report.verdict in ("pass", "review"):
        return []
    found = [f"{each.message}. {each.fix}" for each in report.unwaived if each.severity == "error"]
    return found + [f"{each.check}: {each.reason}" for each in report.unchecked]
