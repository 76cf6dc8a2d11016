"""The formats of reports: one table of name, renderer and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from qc.core.article import Article, Image, Video
from qc.core.record import dataclass, field
from qc.core.report import PolicyIdentity, Report


@dataclass(frozen=True, slots=True)
class Loudness:
    """Momentary loudness in LUFS every `step_s` of a clip that lasts `duration_s`."""

    lufs: tuple[float, ...]
    step_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small JPEG of a picture, upright; `scale` is its px per px of the picture."""

    jpeg: bytes
    width: int
    height: int
    scale: float


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a reporter is given.

    `articles` stand beside `reports`; an entry is None where the format does not show the article
    or the draft could not be read. `line_of(source, n)` gives the n-th line of a text draft;
    `thumbnail_of(image)` a small copy of a picture, and `sheet_of(video)` a JPEG with pictures of
    a clip, where one can be made; `loudness_of(video)` how loud it is over its length.
    """

    reports: Sequence[Report]
    policy: PolicyIdentity
    version: str
    exit_code: int
    lang: str
    articles: Sequence[Article | None] = field(default_factory=list)
    line_of: Callable[[str, int], str | None] = lambda source, line: None
    thumbnail_of: Callable[[Image], Thumbnail | None] = lambda image: None
    sheet_of: Callable[[Video], bytes | None] = lambda video: None
    loudness_of: Callable[[Video], Loudness | None] = lambda video: None


RENDERERS = {
    "json": "qc.report.envelope",
    "jsonl": "qc.report.lines",
    "html": "qc.report.html",
    "sarif": "qc.report.sarif",
    "junit": "qc.report.junit",
    "github": "qc.report.github",
    "rdjson": "qc.report.rdjson",
    "csv": "qc.report.table",
    "xlsx": "qc.report.workbook",
}
FORMATS = ("text", *RENDERERS)
SHOWS_ARTICLE = frozenset(("html",))
BINARY = frozenset(("xlsx",))


def render(format: str, rendering: Rendering) -> bytes:
    """The reports in a format, UTF-8 where it is text."""
    module = import_module(RENDERERS[format])
    content: str | bytes = module.render(rendering)
    return content if isinstance(content, bytes) else content.encode()
