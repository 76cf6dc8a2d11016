"""The catalogue: what `discover()` finds, known without importing the modules of the checks.

Half of a cold start is the import of checks that have nothing to look at. So what was found is kept
in the cache, with size and time of change of every module it came from; where anything differs, or
another distribution adds checks, everything is imported and found anew.
"""

from __future__ import annotations

import importlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from qc.core import article
from qc.core.artefacts import read_artefact, write_artefact
from qc.core.article import Subject
from qc.core.discover import CHECK_PACKAGES, discover, may_have_entry_points, rules
from qc.core.record import dataclass
from qc.core.rule import AnyCheck

NAME = "catalogue"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Listed:
    """A check by name: its home, what it looks at, and (rule id, opt-in) of each rule."""

    id: str
    module: str
    attribute: str
    subject: type[Subject]
    rules: tuple[tuple[str, bool], ...]
    check: AnyCheck | None = None

    def load(self) -> AnyCheck:
        """The check itself; its module is imported now."""
        if self.check is not None:
            return self.check
        found: AnyCheck = getattr(importlib.import_module(self.module), self.attribute)
        return found


@cache
def catalogue() -> tuple[Listed, ...]:
    """Every check there is, sorted by id."""
    rows = _kept()
    if rows is None:
        return tuple(map(listed, discover()))
    return tuple(
        Listed(id, module, attribute, getattr(article, subject), tuple(map(tuple, rules)))
        for id, module, attribute, subject, rules in rows
    )


def listed(check: AnyCheck) -> Listed:
    """A check that is there already, as the catalogue names it."""
    pairs = tuple((rule.id, rule.opt_in) for rule in check.rules)
    return Listed(check.id, check.module, "", check.subject, pairs, check)


@cache
def rule_ids() -> tuple[str, ...]:
    """The ids of all rules, sorted."""
    return tuple(sorted(id for each in catalogue() for id, _ in each.rules))


def check_of(rule_id: str) -> AnyCheck | None:
    """The check that declares a rule."""
    owner = _owners().get(rule_id)
    return owner.load() if owner is not None else None


@cache
def _owners() -> dict[str, Listed]:
    return {id: each for each in catalogue() for id, _ in each.rules}


def _kept() -> list[Any] | None:
    """The rows of the catalogue; None where checks must be looked for."""
    if may_have_entry_points():
        return None
    mark = _mark()
    found = read_artefact(NAME)
    if isinstance(found, tuple) and len(found) == 2 and found[0] == mark:
        rows: list[Any] = found[1]
        return rows
    made = _rows()
    if made is not None:
        write_artefact(NAME, (mark, made))
    return None


def _rows() -> list[Any] | None:
    """What discovery finds, as plain data; None where a check cannot be found again by name."""
    rules()  # refuses what is declared twice
    made = []
    for check in discover():
        module = importlib.import_module(check.module)
        names = [name for name, value in vars(module).items() if value is check]
        if not names or getattr(article, check.subject.__name__, None) is not check.subject:
            return None
        pairs = [(rule.id, rule.opt_in) for rule in check.rules]
        made.append((check.id, check.module, names[0], check.subject.__name__, pairs))
    return made


def _mark() -> tuple[Any, ...]:
    """What tells that no module of the check packages, nor of what they stand on, has changed."""
    marks: list[Any] = [str(ROOT)]
    for package in (*CHECK_PACKAGES, "qc.core"):
        pending = [str(ROOT.parent.joinpath(*package.split(".")))]
        while pending:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            pending.append(entry.path)
                    elif entry.name.endswith(".py"):
                        about = entry.stat()
                        marks.append((entry.path, about.st_size, about.st_mtime_ns))
    return tuple(sorted(marks, key=str))
