"""What a report shows beside the findings: lines of a draft, pictures and sound of its clips.

The reporters know nothing of media; the shells give them these functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from qc import __version__
from qc.core.article import Article, Image, Video
from qc.core.blob import Blob
from qc.core.errors import QcError
from qc.core.location import line_starts
from qc.core.report import PolicyIdentity, Report
from qc.core.requirement import is_met
from qc.documents.load import decode_text
from qc.report.formats import Loudness, Rendering, Thumbnail


def rendering_of(
    checked: Sequence[tuple[Report, Article | None]],
    policy: PolicyIdentity,
    *,
    exit_code: int,
    lang: str,
) -> Rendering:
    """Everything that a reporter may ask for, of reports with their articles (where at hand)."""
    return Rendering(
        reports=[report for report, _ in checked],
        policy=policy,
        version=__version__,
        exit_code=exit_code,
        lang=lang,
        articles=[article for _, article in checked],
        line_of=line_of,
        thumbnail_of=thumbnail_of,
        sheet_of=sheet_of,
        loudness_of=loudness_of,
    )


def thumbnail_of(image: Image) -> Thumbnail | None:
    """A small copy of a picture; None where it cannot be shown."""
    from qc.media.thumbnail import small_copy

    if image.blob is None or not is_met("module:PIL"):
        return None
    copy = small_copy(image.blob)
    return None if copy is None else Thumbnail(copy.jpeg, copy.width, copy.height, copy.scale)


def sheet_of(video: Video) -> bytes | None:
    """Pictures of a clip as one JPEG; None where the clip cannot be shown."""
    from qc.media.video.stills import contact_sheet

    if video.blob is None:
        return None
    try:
        return contact_sheet(video)
    except QcError:
        return None


def loudness_of(video: Video) -> Loudness | None:
    """How loud a clip is over its length; None where it has no sound, or cannot be heard."""
    from qc.media.video._clip import sound
    from qc.media.video._sound import CURVE_STEP_S

    if video.blob is None:
        return None
    try:
        heard = sound(video)
    except QcError:
        return None
    if heard is None or not heard.curve:
        return None
    return Loudness(heard.curve, CURVE_STEP_S, heard.duration_s)


def line_of(source: str, number: int) -> str | None:
    """A line of a text draft, for formats whose columns count bytes."""
    lines = _lines(source)
    return lines[number - 1] if 0 < number <= len(lines) else None


@lru_cache(maxsize=8)
def _lines(source: str) -> tuple[str, ...]:
    try:
        text, _ = decode_text(Blob(Path(source)).bytes, source)
    except QcError:
        return ()
    starts = [*line_starts(text), len(text)]
    return tuple(text[a:b].rstrip("\r\n") for a, b in pairwise(starts))
