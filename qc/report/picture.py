"""Pictures of the HTML report: small copies of the article's photos with regions boxed."""

from __future__ import annotations

import base64
import math
from io import BytesIO

from qc.core.article import Article, Image, Video
from qc.core.location import MediaLocation
from qc.core.record import dataclass
from qc.core.report import Report
from qc.core.requirement import is_met
from qc.report.formats import Loudness, Rendering, Thumbnail

MOST_PICTURES = 40
FAINTEST_LUFS = -60.0
MOST_POINTS = 240


@dataclass(frozen=True, slots=True)
class Box:
    """A region in percent of the picture, with the number of its finding."""

    number: int
    level: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clip in percent of its length, with the number of its finding."""

    number: int
    level: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture, clip or attachment in the report. `data` is a data: URL or empty."""

    path: str
    kind: str
    data: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    spans: tuple[Span, ...]
    numbers: tuple[tuple[int, str], ...]
    alt: str
    curve: str = ""
    loudest: int = 0


def shown_media(report: Report, article: Article, rendering: Rendering) -> tuple[Shown, ...]:
    """The media of an article: pictures as small copies, clips as sheets of their moments."""
    shown = []
    files = [("image", each) for each in article.images]
    rest = [("video", each) for each in article.videos]
    attached = [("attachment", each) for each in article.attachments]
    for index, (kind, file) in enumerate([*files, *rest, *attached]):
        data, width, height, scale = "", 0, 0, 1.0
        heard: Loudness | None = None
        if isinstance(file, Image) and index < MOST_PICTURES:
            data, width, height, scale = _small(rendering.thumbnail_of(file))
        elif isinstance(file, Video) and index < MOST_PICTURES:
            data, width, height = _sheet(rendering.sheet_of(file))
            heard = rendering.loudness_of(file)
        found = [
            (number, each, each.location)
            for number, each in enumerate(report.findings, 1)
            if isinstance(each.location, MediaLocation) and each.location.path == file.path
        ]
        length = heard.duration_s if heard is not None else 0.0
        length = max((length, *(p.time_s[1] for _, _, p in found if p.time_s)))
        boxes, spans = [], []
        for number, finding, place in found:
            level = "waived" if finding.waived else finding.severity.value
            length_s = float(finding.facts.get("duration_s") or length)
            if place.box is not None and width and height:
                x, y, w, h = (value * scale for value in place.box)
                boxes.append(
                    Box(
                        number,
                        level,
                        *(_percent(*p) for p in ((x, width), (y, height), (w, width), (h, height))),
                    )
                )
            if place.time_s is not None and length_s > 0:
                a, b = place.time_s
                spans.append(
                    Span(number, level, _percent(a, length_s), max(_percent(b - a, length_s), 0.5))
                )
        numbers = tuple((n, "waived" if f.waived else f.severity.value) for n, f, _ in found)
        alt = (file.alt or "") if isinstance(file, Image) else ""
        shown.append(
            Shown(
                file.path,
                kind,
                data,
                width,
                height,
                tuple(boxes),
                tuple(spans),
                numbers,
                alt,
                *_curve(heard, length),
            )
        )
    return tuple(shown)


def _curve(heard: Loudness | None, length_s: float) -> tuple[str, int]:
    """Loudness as points in a field of 100 × 30, silence at the bottom, and the loudest in LUFS."""
    if heard is None or length_s <= 0 or len(heard.lufs) < 2:
        return "", 0
    stride = -(-len(heard.lufs) // MOST_POINTS)
    points = []
    for at in range(0, len(heard.lufs), stride):
        loud = max(heard.lufs[at : at + stride])
        share = min(max(loud / FAINTEST_LUFS, 0.0), 1.0)
        points.append(f"{_percent(at * heard.step_s, length_s):g},{30 * share:.1f}")
    return " ".join(points), round(max(heard.lufs))


def _small(copy: Thumbnail | None) -> tuple[str, int, int, float]:
    """A small copy as a data: URL, its size, and its scale; empty where there is none."""
    if copy is None:
        return "", 0, 0, 1.0
    return _data_url(copy.jpeg), copy.width, copy.height, copy.scale


def _sheet(jpeg: bytes | None) -> tuple[str, int, int]:
    """The sheet of a clip as a data: URL, and its size."""
    if jpeg is None or not is_met("module:PIL"):
        return "", 0, 0
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(jpeg)) as sheet:
        width, height = sheet.size
    return _data_url(jpeg), width, height


def _data_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


def _percent(value: float, whole: float) -> float:
    share = 100 * value / whole if whole else 0.0
    return round(min(max(share, 0.0), 100.0), 2) if math.isfinite(share) else 0.0
