"""The picture's quality: woven fields, black bars, blur, and damage that decoders complain of."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Rule, Severity, Text, check
from qc.media.video import _bars, _clip
from qc.media.video._bars import Bars
from qc.media.video._blur import sharpness
from qc.media.video._motion import damage
from qc.media.video._probe import Stream
from qc.media.video.container import REQUIRES

INTERLACED = Rule(
    id="video-interlaced",
    severity=Severity.ERROR,
    title=Text(vi="Hình bị răng lược", en="The picture is interlaced"),
    message=Text(
        vi="{percent} % số hình được đan từ hai nửa (interlaced)",
        en="{percent} % of the pictures are woven of two fields",
    ),
    why=Text(
        vi="Trên màn hình máy tính và điện thoại, mép vật chuyển động có răng lược.",
        en="On computer screens everything that moves has comb-like edges.",
    ),
    fix=Text(
        vi="Khử đan xen (deinterlace) khi xuất; qc fix làm được việc này.",
        en="Deinterlace when exporting; qc fix does it.",
    ),
)
LETTERBOXED = Rule(
    id="video-letterboxed",
    severity=Severity.WARNING,
    title=Text(vi="Hình có dải đen cố định", en="The picture has black bars"),
    message=Text(
        vi="Dải đen chiếm {percent} % khung hình ({sides})",
        en="Black bars take {percent} % of the picture ({sides_en})",
    ),
    why=Text(
        vi="Dải đen làm hình nhỏ lại, nhất là khi trình phát thêm dải đen của nó.",
        en="Bars make the picture smaller, the more so when the player adds its own.",
    ),
    fix=Text(
        vi="Cắt bỏ dải đen, xuất đúng tỉ lệ của hình.", en="Crop the bars and export the picture."
    ),
)
BLURRED = Rule(
    id="video-blurred",
    severity=Severity.INFO,
    opt_in=True,
    title=Text(vi="Hình mờ suốt clip", en="The picture is blurred throughout"),
    message=Text(
        vi="Cả {count} hình mẫu đều mờ (độ nét {sharpness})",
        en="All {count} sampled pictures are blurred (sharpness {sharpness})",
    ),
    why=Text(
        vi="Thường do ống kính bẩn, lấy nét sai hoặc phóng to từ clip nhỏ.",
        en="Usually a dirty lens, wrong focus, or a small clip blown up.",
    ),
    fix=Text(vi="Dùng bản gốc nét hơn nếu có.", en="Use a sharper original if there is one."),
)
DAMAGED = Rule(
    id="video-damaged",
    severity=Severity.ERROR,
    title=Text(vi="Dữ liệu clip bị hỏng", en="The data of the clip is damaged"),
    message=Text(
        vi="Bộ giải mã báo {count} lỗi, ví dụ: {example}",
        en="The decoder reports {count} errors, such as: {example}",
    ),
    why=Text(
        vi="Hình vỡ, nhảy hoặc dừng tại chỗ hỏng.", en="The picture breaks, jumps or stops there."
    ),
    fix=Text(vi="Chép lại từ bản gốc, hoặc xuất lại.", en="Copy it again, or export it again."),
)


class QualityOptions(_clip.ClipOptions):
    """Limits of the picture's quality."""

    max_bar_percent: float = Field(4.0, gt=0, description="Widest black bar, percent of a side")
    min_sharpness: float = Field(
        0.19,
        ge=0,
        description="Least sharpness of the best picture: clean clips have 0.21 and more",
    )


@check(
    INTERLACED,
    LETTERBOXED,
    BLURRED,
    DAMAGED,
    subject=Video,
    options=QualityOptions,
    requires=REQUIRES,
)
def clip_quality(video: Video, options: QualityOptions) -> Iterator[Finding]:
    """Interlacing, bars, blur and damage, from the sample or from every picture."""
    if not _clip.decodable(video):
        return
    stream = _clip.probe(video).video
    heard = _clip.sound(video, thorough=options.thorough)
    wrong = damage(heard.errors) if heard else []
    if stream is not None:
        seen = _clip.motion(video, thorough=options.thorough)
        wrong = list(dict.fromkeys([*wrong, *seen.damage]))
        woven = _clip.woven_share(video, thorough=options.thorough)
        if woven > 0:
            yield INTERLACED.at(video, percent=round(100 * woven))
        yield from _bars_of(video, stream, options)
        yield from _blur_of(video, options)
    if wrong and not _clip.cut_off(video):
        yield DAMAGED.at(video, count=len(wrong), example=wrong[0])


def _bars_of(video: Video, stream: Stream, options: QualityOptions) -> Iterator[Finding]:
    pictures = _clip.pictures(video, thorough=options.thorough)
    bars = _bars.measure(pictures)
    if bars.widest * 100 <= options.max_bar_percent:
        return
    share = 1 - (1 - bars.top - bars.bottom) * (1 - bars.left - bars.right)
    sides = [name for name, width in _sides(bars) if width * 100 > options.max_bar_percent]
    yield LETTERBOXED.at(
        video,
        box=_content(bars, stream),
        confidence=Confidence.HIGH if len(pictures) > 2 else Confidence.MEDIUM,
        percent=round(100 * share),
        sides=", ".join(text.vi for text in sides),
        sides_en=", ".join(text.en for text in sides),
    )


def _sides(bars: Bars) -> tuple[tuple[Text, float], ...]:
    return (
        (Text(vi="trên", en="top"), bars.top),
        (Text(vi="dưới", en="bottom"), bars.bottom),
        (Text(vi="trái", en="left"), bars.left),
        (Text(vi="phải", en="right"), bars.right),
    )


def _content(bars: Bars, stream: Stream) -> tuple[int, int, int, int]:
    """The box inside the bars, in px of the stored picture."""
    x, y = round(bars.left * stream.width), round(bars.top * stream.height)
    width = round((1 - bars.left - bars.right) * stream.width)
    height = round((1 - bars.top - bars.bottom) * stream.height)
    return x, y, width, height


def _blur_of(video: Video, options: QualityOptions) -> Iterator[Finding]:
    from statistics import median

    found = [
        value
        for value in map(sharpness, _clip.pictures(video, thorough=options.thorough))
        if value is not None
    ]
    if len(found) >= 2 and max(found) < options.min_sharpness:
        yield BLURRED.at(
            video,
            confidence=Confidence.LOW,
            count=len(found),
            sharpness=round(median(found), 2),
        )
