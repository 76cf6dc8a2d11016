"""What a worker does for the protocol: one text in, the JSON of its matches out."""

from __future__ import annotations

import json

from qc.service.languagetool.answer import answer
from qc.service.languagetool.request import MAX_TEXT, read_request
from qc.service.pool.work import Answer, Task

CHECKED = "qc.service.languagetool.tasks:checked"


def checked(task: Task) -> Answer:
    """Check the text of a form; the body is the answer as it is sent."""
    request = read_request(task.extra["form"], max_text=MAX_TEXT)
    found = answer(request, task.policy, today=task.today, lang=task.lang)
    head = {"matches": len(found["matches"])}
    return Answer(head, json.dumps(found, ensure_ascii=False).encode())
