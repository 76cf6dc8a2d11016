"""JSON laid out for people and programs: the frame indented, each finding on a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

FRAME = 4


def laid_out(data: Any, frame: int = FRAME) -> str:
    """JSON of plain data: `frame` levels indented, what lies deeper on one line."""
    return "".join(_pieces(data, frame, "\n"))


def _pieces(data: Any, frame: int, newline: str) -> Iterator[str]:
    if not frame or not data or not isinstance(data, dict | list):
        yield json.dumps(data, ensure_ascii=False)
        return
    inner = newline + " "
    if isinstance(data, dict):
        opening = "{" + inner
        for key, value in data.items():
            yield f"{opening}{json.dumps(key, ensure_ascii=False)}: "
            yield from _pieces(value, frame - 1, inner)
            opening = "," + inner
        yield newline + "}"
        return
    opening = "[" + inner
    for value in data:
        yield opening
        yield from _pieces(value, frame - 1, inner)
        opening = "," + inner
    yield newline + "]"
