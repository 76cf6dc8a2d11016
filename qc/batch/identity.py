"""What made a result: the digest of the tool, and that of one run of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from qc import __version__
from qc.core.data import data_dir
from qc.core.discover import discover, rules
from qc.core.errors import UsageError
from qc.core.record import replace
from qc.core.requirement import missing
from qc.policy.model import Policy

OUTSIDE = frozenset(("cli", "service", "batch", "integrations", "__pycache__", "_data"))
READ_BYTES = 1 << 20
LIBRARIES = (
    *("ahocorasick-rs", "c2pa-python", "confusable-homoglyphs", "defusedxml", "idna", "justhtml"),
    *("lxml", "nh3", "numpy", "olefile", "opencv-python", "pikepdf", "pillow", "pillow-heif"),
    *("pypdfium2", "spacy", "tinycss2", "tldextract", "underthesea"),
)


@cache
def tool_digest() -> str:
    """The digest of all that decides a report beside article and policy.

    The code of the checks and loaders, the shipped data, the versions of the libraries they use,
    checks of other distributions, and which checks cannot run here.
    """
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for folder in (package, data_dir()):
        for path in sorted(folder.rglob("*")):
            below = path.relative_to(folder)
            if path.is_file() and not OUTSIDE & set(below.parts) and path.suffix != ".pyc":
                digest.update(f"\0{below.as_posix()}\0".encode())
                _add_file(digest, path)
    for name, version in _versions():
        digest.update(f"\0{name}={version}".encode())
    for check in discover():
        lacking = ",".join(missing(check.requires))
        digest.update(f"\0{check.id}:{lacking}".encode())
    return digest.hexdigest()


def run_digest(policy: Policy, lang: str) -> str:
    """The digest of what a run makes of an article: policy, law date, tool and language."""
    day = policy.date.isoformat() if policy.date else None
    parts = [policy.digest, day, tool_digest(), lang, _named_files(policy)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def only_rules(policy: Policy, wanted: Iterable[str]) -> Policy:
    """The policy with no rules but these ids and patterns (`term-*`); a new digest tells it.

    Raises UsageError for an id or pattern that fits no rule.
    """
    patterns = sorted(set(wanted))
    if not patterns:
        return policy
    kept: set[str] = set()
    for pattern in patterns:
        found = [rule for rule in rules() if fnmatchcase(rule, pattern)]
        if not found:
            raise UsageError(
                f"no rule matches {pattern}",
                where="--only",
                remedy="`qc rules` lists all rules.",
                vi=f"không có quy tắc {pattern}; lệnh `qc rules` liệt kê mọi quy tắc",
            )
        kept.update(found)
    enabled = {id: id in kept and policy.is_on(rule) for id, rule in rules().items()}
    digest = hashlib.sha256(f"{policy.digest}\0{sorted(kept)}".encode()).hexdigest()
    return replace(policy, enabled=enabled, digest=digest)


def _versions() -> list[tuple[str, str]]:
    from importlib.metadata import PackageNotFoundError, entry_points, version

    found: list[tuple[str, str]] = []
    for name in LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "-"))
    for point in sorted(entry_points(group="qc.checks"), key=lambda each: each.name):
        found.append((point.value, point.dist.version if point.dist else "-"))
    return found


def _named_files(policy: Policy) -> list[str]:
    """Digests of the files that options of the policy name, such as an index of pictures."""
    found: list[str] = []
    for check in discover():
        for name, value in policy.options_of(check).model_dump().items():
            if isinstance(value, str | Path) and value and len(str(value)) < 4096:
                path = Path(str(value))
                if ("/" in str(value) or path.suffix) and path.is_file():
                    digest = hashlib.sha256()
                    _add_file(digest, path)
                    found.append(f"{check.id}.{name}={digest.hexdigest()}")
    return found


def _add_file(digest: hashlib._Hash, path: Path) -> None:
    with path.open("rb") as stream:
        while piece := stream.read(READ_BYTES):
            digest.update(piece)
