"""Term lists: the shipped ones (compiled), and a portal's own, which override by id.

Reading 2,000 YAML entries and spelling out their forms takes most of a second; the compiled file
beside them takes milliseconds. It carries the digest of the lists it was made from: where the
lists were edited since, they are read again, so the compiled file can be stale but never wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qc.core.artefacts import kept
from qc.core.data import data_dir
from qc.core.errors import PolicyError
from qc.text.terms import _shelf
from qc.text.terms._matcher import Matcher
from qc.text.terms._shelf import Packed, Shelf, pack
from qc.text.terms._term import Term

if TYPE_CHECKING:
    from qc.text.terms._entry import Entry

COMPILED = "compiled.json"
COMPILED_VERSION = 1


def shipped_dir() -> Path:
    """The folder of the shipped lists."""
    return data_dir() / "terms"


def list_files(folder: Path) -> list[Path]:
    """The list files of a folder, in the order in which they are read."""
    return sorted(folder.glob("*.yaml"))


def digest(files: Iterable[Path]) -> str:
    """A digest of list files: their names and bytes."""
    total = hashlib.sha256(str(COMPILED_VERSION).encode())
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def compile_lists(folder: Path) -> dict[str, object]:
    """The compiled form of a folder of lists."""
    terms = merged([folder])
    rows = [list(term) for term in terms]
    return {"digest": digest(list_files(folder)), "terms": rows}


def write_compiled(folder: Path) -> Path:
    """Compile a folder of lists beside them."""
    path = folder / COMPILED
    rows = json.dumps(compile_lists(folder), ensure_ascii=False, separators=(",", ":"))
    path.write_text(rows.replace('],["', '],\n["') + "\n", encoding="utf-8")
    return path


def merged(sources: Iterable[Path], extra: Iterable[Entry] = ()) -> tuple[Term, ...]:
    """The terms of files and folders in order: a later entry replaces one of the same id."""
    from qc.text.terms._entry import read_list

    found: dict[str, Term] = {}
    for source in sources:
        files = list_files(source) if source.is_dir() else [source]
        here: dict[str, str] = {}
        for path in files:
            entries, disabled = read_list(path)
            for entry in entries:
                if entry.id in here:
                    raise PolicyError(f"the id {entry.id} is used twice", where=str(path))
                here[entry.id] = path.name
                _put(found, entry, path.stem)
            for name in disabled:
                if found.pop(name, None) is None:
                    raise PolicyError(f"there is no term {name} to disable", where=str(path))
    for entry in extra:
        _put(found, entry, "policy")
    return tuple(found.values())


def _put(found: dict[str, Term], entry: Entry, list_name: str) -> None:
    if entry.enabled:
        found[entry.id] = entry.compiled(list_name)
    else:
        found.pop(entry.id, None)


@lru_cache(maxsize=4)
def shipped() -> Sequence[Term]:
    """The shipped terms, from the compiled file where it is up to date."""
    folder = shipped_dir()
    path = folder / COMPILED
    if path.is_file():
        files = list_files(folder)
        made_by = Path(__file__), Path(_shelf.__file__)
        rows = kept("terms", (path, *files, *made_by), lambda: _up_to_date(path, files))
        if rows is not None:
            return Shelf(rows)
    return merged([folder])


def _up_to_date(path: Path, files: list[Path]) -> Packed | None:
    """The terms of the compiled file, unless a list was changed after it was made."""
    compiled = json.loads(path.read_text(encoding="utf-8"))
    if compiled["digest"] != digest(files):
        return None
    return pack(Term._make(row) for row in compiled["terms"])


def load_terms(lists: tuple[str, ...] = (), extra: tuple[Entry, ...] = ()) -> Sequence[Term]:
    """The shipped terms with a portal's own lists and entries over them."""
    if not lists and not extra:
        return shipped()
    from qc.text.terms._entry import read_list

    found = {term.id: term for term in shipped()}
    for name in lists:
        path = Path(name)
        if not path.exists():
            raise PolicyError("there is no such term list", where=name)
        for file in list_files(path) if path.is_dir() else [path]:
            entries, disabled = read_list(file)
            for entry in entries:
                _put(found, entry, file.stem)
            for each in disabled:
                if found.pop(each, None) is None:
                    raise PolicyError(f"there is no term {each} to disable", where=str(file))
    for entry in extra:
        _put(found, entry, "policy")
    return tuple(found.values())


def matcher_for(
    profile: str, day: str, lists: tuple[str, ...] = (), extra: tuple[Entry, ...] = ()
) -> Matcher:
    """The matcher of a profile for the terms in force on a day (ISO); cached."""
    if not lists and not extra:
        return _matcher(profile, _expired(day), (), "[]")
    rows = json.dumps([entry.model_dump(mode="json") for entry in extra], sort_keys=True)
    terms = load_terms(lists, extra)
    expired = frozenset(term.id for term in terms if term.expires and term.expires < day)
    return _matcher(profile, expired, lists, rows)


@lru_cache(maxsize=1024)
def _expired(day: str) -> frozenset[str]:
    """The shipped terms that are out of force on a day."""
    terms = shipped()
    heads = terms.heads if isinstance(terms, Shelf) else [(t.id, (), t.expires) for t in terms]
    return frozenset(id for id, _, expires in heads if expires and expires < day)


@lru_cache(maxsize=8)
def _matcher(profile: str, expired: frozenset[str], lists: tuple[str, ...], rows: str) -> Matcher:
    terms = shipped()
    if lists or rows != "[]":
        from qc.text.terms._entry import Entry

        terms = load_terms(lists, tuple(Entry.model_validate(row) for row in json.loads(rows)))
    if isinstance(terms, Shelf):
        return Matcher(terms.chosen(profile, expired))
    return Matcher(
        tuple(term for term in terms if profile in term.profiles and term.id not in expired)
    )
