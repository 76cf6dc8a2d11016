"""The parts of the suite: each is measured in a process of its own, within a time of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.startup import SAMPLE
from bench.suite.measure import Asked, Result, Row, compare, peak_mb, run

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Part:
    """One table: its head, what measures it, and the seconds it may take."""

    title: str
    measure: Callable[[Asked], Iterator[Row]]
    limit_s: int
    inputs: Callable[[Asked], dict[str, str]] = lambda asked: {}


def cold(asked: Asked) -> Iterator[Row]:
    """A cold `qc check FILE` beside `python -c pass`, byte code and cache warm; and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ["QC_CACHE"] = str(Path(folder) / "qc")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        check = [sys.executable, "-m", "qc", "check", str(SAMPLE), "-f", "json"]
        yield compare(
            "cold qc check FILE.md, python -c pass = 1",
            "≤ 10",
            lambda: run(check, cwd=ROOT),
            lambda: run([sys.executable, "-c", "pass"]),
            faster=False,
            limit=10,
            rounds=3 if asked.quick else 11,
        )
        memory = peak_mb([*check])
        yield Result("peak memory of that process", "≤ 60", round(memory), "MB", memory <= 60)


def text(asked: Asked) -> Iterator[Row]:
    """Defined in bench.suite.text, as the others below: imported where it is measured."""
    from bench.suite.text import measure

    yield from measure(asked)


def text_peers(asked: Asked) -> Iterator[Row]:
    """Programs on the same articles."""
    from bench.suite.text import measure_peers

    yield from measure_peers(asked)


def hostile(asked: Asked) -> Iterator[Row]:
    """Hostile texts."""
    from bench.suite.text import measure_hostile

    yield from measure_hostile(asked)


def images(asked: Asked) -> Iterator[Row]:
    """Pictures."""
    from bench.suite.media import measure

    yield from measure(asked)


def video(asked: Asked) -> Iterator[Row]:
    """Clips."""
    from bench.suite.video import measure

    yield from measure(asked)


def spelling(asked: Asked) -> Iterator[Row]:
    """Labelled documents through spellers."""
    from bench.suite.quality import measure_spelling

    yield from measure_spelling(asked)


def terms(asked: Asked) -> Iterator[Row]:
    """Evasions through word filters."""
    from bench.suite.quality import measure_terms

    yield from measure_terms(asked)


def privacy(asked: Asked) -> Iterator[Row]:
    """Personal data through recognisers."""
    from bench.suite.quality import measure_privacy

    yield from measure_privacy(asked)


def _article_inputs(asked: Asked) -> dict[str, str]:
    from bench.suite.inputs import articles, digest

    return {f"{asked.articles} articles": digest(articles(asked.articles))}


def _picture_inputs(asked: Asked) -> dict[str, str]:
    from bench.suite.media import inputs

    return {"1 MP JPEG": inputs()}


def _labelled_inputs(asked: Asked) -> dict[str, str]:
    from bench.suite.quality import inputs

    return inputs(asked)


PARTS = {
    "cold": Part("Khởi động / Start-up", cold, 60),
    "text": Part("Chữ / Text", text, 180, _article_inputs),
    "peers": Part("Chữ, so với bên khác / Text beside peers", text_peers, 240, _article_inputs),
    "hostile": Part("Chữ cố làm chậm / Hostile texts", hostile, 150),
    "images": Part("Ảnh / Pictures", images, 240, _picture_inputs),
    "video": Part("Clip / Clips", video, 150),
    "spelling": Part("Chính tả / Spelling", spelling, 300, _labelled_inputs),
    "terms": Part("Từ ngữ cấm / Listed terms", terms, 150, _labelled_inputs),
    "privacy": Part("Dữ liệu cá nhân / Personal data", privacy, 120, _labelled_inputs),
}  # fmt: skip
"""In the order of the page. The limits are several times what a quiet machine takes."""
