"""Discovery: every check and rule there is, found by walking the check packages."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from types import ModuleType

from qc.core.errors import QcError
from qc.core.rule import AnyCheck, Check, Rule

CHECK_PACKAGES = ("qc.text", "qc.media", "qc.security")
ENTRY_POINT_GROUP = "qc.checks"


@cache
def discover() -> tuple[AnyCheck, ...]:
    """All checks, sorted by id; a duplicate id, or a rule declared twice, is refused.

    Other distributions add checks by an entry point of group `qc.checks` that names a module.
    """
    found: dict[str, AnyCheck] = {}
    owners: dict[str, AnyCheck] = {}
    for module in _modules():
        for value in vars(module).values():
            if not isinstance(value, Check) or found.get(value.id) is value:
                continue
            if value.id in found:
                modules = f"{found[value.id].module} and {value.module}"
                raise QcError(
                    f"two checks are called {value.id}: {modules}", remedy="Rename one of them."
                )
            found[value.id] = value
            for rule in value.rules:
                if owners.setdefault(rule.id, value) is not value:
                    raise QcError(
                        f"rule {rule.id} is declared by {owners[rule.id].id} and {value.id}",
                        remedy="A rule belongs to one check.",
                    )
    return tuple(sorted(found.values(), key=lambda each: each.id))


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, sorted by id."""
    pairs = ((rule.id, rule) for check in discover() for rule in check.rules)
    return dict(sorted(pairs, key=lambda pair: pair[0]))


def check_of(rule_id: str) -> AnyCheck | None:
    """The check that declares a rule."""
    return _owners().get(rule_id)


@cache
def _owners() -> dict[str, AnyCheck]:
    return {rule.id: check for check in discover() for rule in check.rules}


def _modules() -> Iterator[ModuleType]:
    for name in CHECK_PACKAGES:
        yield from _walk(importlib.import_module(name))
    if not may_have_entry_points():
        return
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINT_GROUP):
        loaded = point.load()
        if isinstance(loaded, ModuleType):
            yield from _walk(loaded)


@cache
def may_have_entry_points() -> bool:
    """Whether any distribution names the group; `importlib.metadata` is slow where none does."""
    for finder in sys.meta_path:
        if finder is not PathFinder and hasattr(finder, "find_distributions"):
            return True
    return any(_holds_entry_points(entry) for entry in dict.fromkeys(sys.path))


def _holds_entry_points(entry: str) -> bool:
    """Whether a distribution in one folder of the path names the group; archives may."""
    if entry.endswith(".egg") or os.path.isfile(entry):
        return True
    try:
        names = os.listdir(entry or os.curdir)
    except OSError:
        return False
    return any(
        _names_group(os.path.join(entry, name, "entry_points.txt"))
        for name in names
        if name.endswith((".dist-info", ".egg-info"))
    )


def _names_group(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return ENTRY_POINT_GROUP.encode() in file.read()
    except OSError:
        return False


def _walk(module: ModuleType) -> Iterator[ModuleType]:
    """A module and, for a package, all public modules below it."""
    import pkgutil

    yield module
    for info in sorted(pkgutil.iter_modules(getattr(module, "__path__", ())), key=lambda i: i.name):
        if not info.name.startswith("_"):
            yield from _walk(importlib.import_module(f"{module.__name__}.{info.name}"))
