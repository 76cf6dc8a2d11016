"""A run: the posts of archives, in chunks, through cache and engine into the results."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from qc import __version__
from qc.batch.cache import ResultCache
from qc.batch.cache_upkeep import prune
from qc.batch.checkpoint import Checkpoint, DoneChunk
from qc.batch.content import content_key
from qc.batch.engine import Engine, Task
from qc.batch.identity import run_digest
from qc.batch.parts import Row
from qc.batch.records import Record
from qc.batch.work import Checked, Setup
from qc.core.record import dataclass, field

CHUNK_POSTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run is made.

    `cache` is None for none; after the run it is cut to `cache_max_mb` MB. `seen` is called with a
    count of posts.
    """

    folder: Path
    cache: Path | None = None
    cache_max_mb: int | None = None
    chunk_posts: int = CHUNK_POSTS
    seen: Callable[[int], None] = lambda count: None
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What came of a run: posts by verdict and by state, and the digest of all results."""

    posts: int
    verdicts: dict[str, int]
    states: dict[str, int]
    digest: str
    unchecked: int
    """Posts whose verdict is `incomplete`, or of which some check could not run."""
    kept: int
    """Posts whose results lay in the folder already, or in the cache."""


@dataclass(slots=True)
class _Open:
    """A chunk on its way: its records with their keys, and the results known so far."""

    number: int
    digest: bytes
    records: list[Record]
    keys: list[bytes]
    known: dict[bytes, Checked]

    @property
    def wanted(self) -> list[int]:
        """The positions of the records that must be checked."""
        return [index for index, key in enumerate(self.keys) if key not in self.known]


class Run:
    """One pass over archives. The results folder says afterwards what was found."""

    def __init__(self, setup: Setup, options: RunOptions) -> None:
        self._setup = setup
        self._options = options
        self._key = bytes.fromhex(run_digest(setup.policy, setup.lang))
        self._checkpoint = Checkpoint(options.folder, setup.today)
        self._cache = ResultCache(options.cache, setup.today) if options.cache else None
        self._open: dict[int, _Open] = {}
        self._chunks = 0
        self._posts = 0
        self._kept = 0

    def results(self, records: Iterable[Record], engine: Engine) -> RunSummary:
        """Check all records; every one has exactly one row when this returns."""
        identity = {"run": self._key.hex(), "chunk": self._options.chunk_posts, "version": 1}
        self._write_state({"complete": False})
        try:
            self._checkpoint.begin(identity)
            with closing(engine.run(self._tasks(records))) as done:
                for number, results in done:
                    self._take(self._open.pop(number), results)
            found = self._checkpoint.finish(self._chunks)
        finally:
            self._checkpoint.close()
            if self._cache is not None:
                self._cache.close()
        if self._options.cache and self._options.cache_max_mb is not None:
            prune(self._options.cache, max_mb=self._options.cache_max_mb)
        summary = _summary(found, self._posts, self._kept)
        self._write_state({"complete": True, **_as_data(summary)})
        return summary

    def _tasks(self, records: Iterable[Record]) -> Iterator[Task]:
        """The chunks that need an engine; what is known already is noted on the way."""
        stream = iter(records)
        while batch := list(islice(stream, self._options.chunk_posts)):
            number, self._chunks = self._chunks, self._chunks + 1
            self._posts += len(batch)
            keys = [content_key(record, self._key) for record in batch]
            digest = _chunk_digest(batch, keys)
            if self._checkpoint.is_done(number, digest):
                self._kept += len(batch)
                self._options.seen(len(batch))
                continue
            known = self._known(batch, keys)
            chunk = _Open(number, digest, batch, keys, known)
            wanted = chunk.wanted
            self._kept += len(batch) - len(wanted)
            if not wanted:
                self._note(chunk)
                continue
            self._open[number] = chunk
            yield Task(number, tuple(batch[index] for index in wanted))

    def _known(self, batch: list[Record], keys: list[bytes]) -> dict[bytes, Checked]:
        if self._cache is None:
            return {}
        pairs = zip(keys, batch, strict=True)
        return self._cache.find(keys, {key: _root(record) for key, record in pairs})

    def _take(self, chunk: _Open, results: Sequence[Checked]) -> None:
        new = [(chunk.keys[i], each) for i, each in zip(chunk.wanted, results, strict=True)]
        if self._cache is not None:
            self._cache.keep(new)
        chunk.known.update(new)
        self._note(chunk)

    def _note(self, chunk: _Open) -> None:
        """Write a chunk whose results are all there."""
        results = [chunk.known[key] for key in chunk.keys]
        start = chunk.number * self._options.chunk_posts
        rows: list[Row] = []
        digest = sha256()
        counts: Counter[str] = Counter()
        for seq, (record, result) in enumerate(zip(chunk.records, results, strict=True), start):
            edited = record.edited.isoformat() if record.edited else None
            names = (record.id, record.url, edited, record.source.name)
            rows.append((seq, *(_storable(each) for each in names), result.packed))  # type: ignore[arg-type]
            digest.update(repr(names).encode("utf-8", "replace") + result.digest)
            counts[result.summary] += 1
        media = dict.fromkeys(state for each in results for state in each.media)
        self._checkpoint.add(
            DoneChunk(
                number=chunk.number,
                digest=chunk.digest,
                first=max(each.first for each in results),
                last=min(date.min if each.crashed else each.last for each in results),
                media=tuple(media),
                results=digest.digest(),
                counts=dict(counts),
                rows=rows,
            )
        )
        self._options.seen(len(rows))

    def _write_state(self, data: dict[str, Any]) -> None:
        """run.json: what this run is, and whether it has come to its end."""
        policy = self._setup.policy
        head = {
            "tool": {"name": "qc", "version": __version__, "digest": self._setup.tool},
            "policy": {"id": policy.id, "digest": policy.digest},
            "law_date": policy.date.isoformat() if policy.date else None,
            "day": self._setup.today.isoformat(),
            "lang": self._setup.lang,
            "run": self._key.hex(),
            **self._options.about,
        }
        text = json.dumps(head | data, ensure_ascii=False, indent=1) + "\n"
        temporary = self._options.folder / "run.tmp"
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, self._options.folder / "run.json")


def make_setup(policy: Any, *, today: date | None = None, lang: str = "vi", **known: Any) -> Setup:
    """The set-up of workers that run this very qc."""
    from qc.batch.identity import tool_digest

    return Setup(policy, today or date.today(), lang, tool=tool_digest(), **known)


def _chunk_digest(records: Sequence[Record], keys: Sequence[bytes]) -> bytes:
    digest = sha256()
    for record, key in zip(records, keys, strict=True):
        names = repr((record.id, record.url, record.edited, _root(record)))
        digest.update(key + names.encode("utf-8", "replace") + b"\0")
    return digest.digest()


def _root(record: Record) -> str:
    """The folder in which the files of a post are looked up."""
    return str(record.source.root) if record.source.root is not None else ""


def _storable(text: str | None) -> str | None:
    return text if text is None else text.encode("utf-8", "replace").decode()


def _summary(found: dict[str, Any], posts: int, kept: int) -> RunSummary:
    verdicts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    unchecked = 0
    for summary, count in sorted(found["counts"].items()):
        verdict, state, *rest = summary.split()
        verdicts[verdict] += count
        states[state] += count
        unchecked += count if rest else 0
    return RunSummary(posts, dict(verdicts), dict(states), found["digest"], unchecked, kept)


def _as_data(summary: RunSummary) -> dict[str, Any]:
    """What run.json says of a run that came to its end; the same for the same results."""
    return {
        "posts": summary.posts,
        "verdicts": summary.verdicts,
        "states": summary.states,
        "unchecked": summary.unchecked,
        "digest": summary.digest,
    }
