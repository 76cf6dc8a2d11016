"""Help is in one language: every text of ours is Vietnamese, those of Typer's frame stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from qc.cli.app import app

FRAME = {"help", "install_completion", "show_completion"}
LISTED = re.compile(r"[a-z-]+(?:, [a-z-]+)*\.")  # html, json, xlsx.


def _texts(command: Any, name: str) -> Iterator[tuple[str, str]]:
    yield name, command.help or ""
    for parameter in command.params:
        if parameter.name not in FRAME:
            yield f"{name} {parameter.name}", getattr(parameter, "help", None) or ""
    for each, inner in getattr(command, "commands", {}).items():
        yield from _texts(inner, f"{name} {each}")


def test_every_command_and_option_is_explained_in_vietnamese() -> None:
    texts = list(_texts(typer.main.get_command(app), "qc"))
    assert len(texts) > 100
    foreign = [
        name for name, text in texts if text.isascii() and not LISTED.fullmatch(text.strip())
    ]
    assert foreign == []
