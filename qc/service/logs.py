"""Logs: one JSON object a line, with ids, numbers and routes; never names, paths or text."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

STANDARD = frozenset(vars(logging.makeLogRecord({})))


class JsonLines(logging.Formatter):
    """A record as one line: time, level, event, and what was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Arguments and traces are left out: both may hold text of an article."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": moment, "level": record.levelname.lower()}
        ours = record.name.startswith(("qc.", "uvicorn"))
        line["event"] = record.getMessage() if ours else "log"
        line["logger"] = record.name
        if record.exc_info and record.exc_info[0] is not None:
            line["reason"] = record.exc_info[0].__name__
        line |= {key: value for key, value in vars(record).items() if key not in STANDARD}
        line.pop("message", None)
        line.pop("color_message", None)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_as_json() -> None:
    """Send all logs to standard error, as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("alembic", "sqlalchemy", "multipart", "python_multipart", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
