"""Black and frozen pictures, and clips that are in truth slide shows.

A black span is not also a freeze. A still that begins with a cut, or with the clip, is a title
card: information only. In a slide show stills are the point, so it is named once.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video._frames import frozen
from qc.media.video._motion import Motion
from qc.media.video._spans import total
from qc.media.video._words import span_facts
from qc.media.video.container import REQUIRES

BLANK = Rule(
    id="video-blank",
    severity=Severity.ERROR,
    title=Text(vi="Clip chỉ có màn hình đen", en="The clip shows nothing but black"),
    message=Text(
        vi="Hình đen trong {percent} % thời lượng của clip",
        en="The picture is black for {percent} % of the clip",
    ),
    why=Text(
        vi="Người xem không thấy gì; thường do lỗi khi xuất hoặc khi quay.",
        en="There is nothing to see; usually a failed export or recording.",
    ),
    fix=Text(vi="Xuất lại clip từ bản gốc.", en="Export the clip again."),
)
BLACK = Rule(
    id="video-black",
    severity=Severity.WARNING,
    title=Text(vi="Clip có đoạn hình đen", en="The clip has a black span"),
    message=Text(
        vi="Hình đen từ {since} đến {until} ({length_s} giây)",
        en="Black picture from {since} to {until} ({length_s} s)",
    ),
    why=Text(
        vi="Người xem tưởng clip đã hết hoặc bị hỏng.",
        en="Viewers believe that the clip has ended or is broken.",
    ),
    fix=Text(vi="Cắt bỏ đoạn đen.", en="Cut the black span out."),
)
FROZEN = Rule(
    id="video-frozen",
    severity=Severity.WARNING,
    title=Text(vi="Hình bị đứng", en="The picture is frozen"),
    message=Text(
        vi="Hình đứng yên từ {since} đến {until} ({length_s} giây)",
        en="The picture stands still from {since} to {until} ({length_s} s)",
    ),
    why=Text(
        vi="Hình đứng trong khi tiếng vẫn chạy thường do lỗi máy quay hoặc lỗi dựng.",
        en="A picture that stands while the sound goes on is a fault of camera or editing.",
    ),
    fix=Text(
        vi="Cắt đoạn này hoặc thay bằng cảnh khác; nếu cố ý thì bỏ qua.",
        en="Cut the span or replace it; ignore this if it is meant.",
    ),
)
SLIDES = Rule(
    id="video-slide-show",
    severity=Severity.INFO,
    title=Text(vi="Clip là chuỗi ảnh tĩnh", en="The clip is a slide show"),
    message=Text(
        vi="Hơn một nửa clip là ảnh tĩnh ({count} hình)",
        en="More than half of the clip is still pictures ({count})",
    ),
    why=Text(
        vi="Ảnh tĩnh xem trong bài nhanh hơn, nhẹ hơn và có thể kèm chú thích.",
        en="Pictures in the article are lighter, quicker to see, and can carry captions.",
    ),
    fix=Text(vi="Cân nhắc đăng ảnh thay cho clip.", en="Consider a gallery instead."),
)

BLANK_SHARE = 0.95
SLACK_S = 0.021  # a span is as long as its frames say, give or take half a frame


class StandstillOptions(_clip.ClipOptions):
    """How long a picture may be black or still."""

    min_black_s: float = Field(
        2.0, gt=0, description="Shortest black span inside the clip that asks for review"
    )
    min_black_note_s: float = Field(1.0, gt=0, description="Shortest black span that is noted")
    min_frozen_s: float = Field(2.0, gt=0, description="Shortest span of a still picture")


@check(
    BLANK,
    BLACK,
    FROZEN,
    SLIDES,
    subject=Video,
    options=StandstillOptions,
    requires=REQUIRES,
)
def clip_standstill(video: Video, options: StandstillOptions) -> Iterator[Finding]:
    """Black and frozen spans, in order of time."""
    if not _clip.decodable(video):
        return
    duration_s = _clip.probe(video).end_s
    seen = _clip.motion(video, thorough=options.thorough)
    if duration_s and total(seen.black) >= BLANK_SHARE * duration_s:
        percent = round(100 * total(seen.black) / duration_s)
        yield BLANK.at(video, time_s=(0.0, round(duration_s, 2)), percent=percent)
        return
    found = [*_black(video, seen, duration_s, options), *_frozen(video, seen, options)]
    yield from sorted(found, key=lambda each: each.time_s or (0.0, 0.0))


def _black(
    video: Video, seen: Motion, duration_s: float, options: StandstillOptions
) -> Iterator[Finding]:
    for a, b in seen.black:
        edge = a < 0.1 or b > duration_s - 0.1
        if b - a >= options.min_black_note_s - SLACK_S:
            short = b - a < options.min_black_s - SLACK_S
            severity = Severity.INFO if edge or short else None
            yield BLACK.at(video, time_s=(a, b), severity=severity, **span_facts(a, b))


def _frozen(video: Video, seen: Motion, options: StandstillOptions) -> Iterator[Finding]:
    stills = frozen(list(seen.stills), list(seen.black), options.min_frozen_s - SLACK_S)
    if seen.slides:
        if stills:
            yield SLIDES.at(video, time_s=(stills[0].begin_s, stills[-1].end_s), count=len(stills))
        return
    for each in stills:
        card = each.cut or each.begin_s < 0.1
        yield FROZEN.at(
            video,
            time_s=each.span,
            severity=Severity.INFO if card else None,
            confidence=Confidence.MEDIUM if card else Confidence.HIGH,
            **span_facts(*each.span),
        )
