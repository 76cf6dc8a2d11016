"""What the page has done in a worker process: open a draft, write a fixed copy of it."""

from __future__ import annotations

import json

from qc.documents.load import load
from qc.fix import fix
from qc.pipeline import identity, inspect_with_article
from qc.rendering import rendering_of
from qc.report.formats import render
from qc.service.page.edited import write_edits
from qc.service.page.opened import opened
from qc.service.pool.tasks import EXIT_CODES
from qc.service.pool.work import Answer, Task


def open_draft(task: Task) -> Answer:
    """The draft as the page shows it; the body is JSON. Raises LoadError for an unreadable one."""
    shown = opened(load(task.source, task.today))
    return Answer({}, json.dumps(shown, ensure_ascii=False).encode())


def report(task: Task) -> Answer:
    """The HTML report of an article with its pictures; nothing of it is kept by the service."""
    checked = inspect_with_article(task.source, task.policy, today=task.today, lang=task.lang)
    code = EXIT_CODES[checked[0].verdict]
    rendering = rendering_of([checked], identity(task.policy), exit_code=code, lang=task.lang)
    return Answer({}, render("html", rendering))


def fixed(task: Task) -> Answer:
    """A copy with the texts of the page; without texts, one with all safe suggestions.

    `extra`: `texts` (pairs of block number and text, or None) and `added`, the number of
    paragraphs that the draft does not have. The head says what was `made` and what is `left`.
    """
    texts = task.extra.get("texts")
    if texts is None:
        copy = fix(task.source, task.policy, today=task.today)
        return Answer({"made": len(copy.made), "left": 0}, copy.data)
    written = write_edits(
        task.source,
        {int(index): str(text) for index, text in texts},
        int(task.extra.get("added", 0)),
        today=task.today,
    )
    return Answer({"made": written.made, "left": written.left}, written.data)
